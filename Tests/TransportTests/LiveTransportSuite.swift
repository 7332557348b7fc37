import Testing
import Transport

/// What the suites about the live transport share.
protocol LiveTransportSuite {}

extension LiveTransportSuite {
  /// Runs a body with a transport, and shuts the transport down.
  func withTransport(
    _ limits: TransportLimits = TransportLimits(), environment: [String: String] = [:],
    _ body: (LiveTransport) async throws -> Void
  ) async throws {
    let transport = LiveTransport(environment: environment, limits: limits)
    do {
      try await body(transport)
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
  }

  /// The error of a request that must fail.
  func failure(
    of request: HTTPRequest, through transport: LiveTransport
  ) async throws -> TransportError {
    try await #require(throws: TransportError.self) { try await transport.send(request) }
  }
}
