/// Sends one HTTP request and returns the whole answer.
///
/// A transport follows no redirect and retries nothing: its callers decide both, because only they
/// know what may be sent where, and what may be sent twice.
package protocol HTTPTransport: Sendable {
  /// Sends a request.
  /// - Throws: ``TransportError``.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
