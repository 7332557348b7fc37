package import Foundation
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
    switch try exchange(request) {
    case .response(let response): return response
    case .streamed(var response, let body):
      try Self.check(body, of: request)
      response.body = body.content.whole
      return response
    case .reset: throw Self.broken(request)
    case .stall: throw Self.silent(request)
    }
  }

  /// Sends a request to the simulator and hands a streamed body over in pieces.
  ///
  /// A body that breaks off is handed over as far as it comes. Nothing is slowed down.
  package func receive(
    _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
    body: @Sendable (Data) async throws -> Void
  ) async throws -> HTTPResponse {
    switch try exchange(request) {
    case .response(var response):
      let content = response.body
      response.body.removeAll()
      if try deciding(response) {
        if !content.isEmpty { try await body(content) }
      } else {
        response.body = content
      }
      return response
    case .streamed(var response, let stream):
      guard try deciding(response) else {
        try Self.check(stream, of: request)
        response.body = stream.content.whole
        return response
      }
      for range in stream.pieces(of: 64 << 10) {
        try Task.checkCancellation()
        try await body(stream.content.bytes(in: range))
      }
      try Self.check(stream, of: request)
      return response
    case .reset: throw Self.broken(request)
    case .stall: throw Self.silent(request)
    }
  }

  /// Asks the interference, then the simulator.
  private func exchange(_ request: HTTPRequest) throws -> Exchange {
    try Task.checkCancellation()
    switch interfere(request) {
    case .pass: return simulator.exchange(request)
    case .fail(let error): throw error
    case .respond(let response): return .response(response)
    case .failAfter(let error):
      _ = simulator.exchange(request)
      throw error
    }
  }

  /// Fails where a body does not come to its end.
  private static func check(_ body: StreamedBody, of request: HTTPRequest) throws {
    switch body.end {
    case .whole: return
    case .cut: throw broken(request)
    case .silence: throw silent(request)
    }
  }

  private static func broken(_ request: HTTPRequest) -> TransportError {
    .connectionLost(host: request.host, reason: "reset by the simulator")
  }

  private static func silent(_ request: HTTPRequest) -> TransportError {
    .timedOut(host: request.host, after: request.timeout ?? .seconds(30))
  }
}
