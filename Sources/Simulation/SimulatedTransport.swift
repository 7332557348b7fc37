import Foundation
package import Transport

/// The simulator as an HTTP client sees it, within the process.
package struct SimulatedTransport: HTTPTransport {
  /// What happens to one request.
  package enum Interference: Sendable {
    /// Nothing.
    case pass
    /// It fails before the simulator sees it.
    case fail(TransportError)
    /// It is answered without the simulator's seeing it.
    case respond(HTTPResponse)
    /// The simulator carries it out, and its answer is lost.
    case failAfter(TransportError)
  }

  private let simulator: Simulator
  private let interfere: @Sendable (HTTPRequest) -> Interference

  /// Mounts a simulator.
  /// - Parameters:
  ///   - simulator: The simulator.
  ///   - interfere: Is asked about every request.
  package init(
    _ simulator: Simulator,
    interfere: @escaping @Sendable (HTTPRequest) -> Interference = { _ in .pass }
  ) {
    self.simulator = simulator
    self.interfere = interfere
  }

  /// Sends a request to the simulator.
  ///
  /// A stalled answer fails at once as timed out, so that no test has to wait for it.
  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try Task.checkCancellation()
    switch interfere(request) {
    case .pass: break
    case .fail(let error): throw error
    case .respond(let response): return response
    case .failAfter(let error):
      _ = simulator.exchange(request)
      throw error
    }
    switch simulator.exchange(request) {
    case .response(let response): return response
    case .truncated, .reset:
      throw TransportError.connectionLost(host: request.host, reason: "reset by the simulator")
    case .stall:
      throw TransportError.timedOut(
        host: request.host, after: request.timeout ?? .seconds(30))
    }
  }
}
