package import Foundation

/// Sends one HTTP request and returns the answer, whole or in pieces.
///
/// A transport follows no redirect and retries nothing: its callers decide both, because only they
/// know what may be sent where, and what may be sent twice.
package protocol HTTPTransport: Sendable {
  /// Sends a request.
  /// - Throws: ``TransportError``.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse

  /// Sends a request and hands its body over in pieces, as the server stores it.
  ///
  /// The request's own time limit counts until the head of the answer is there. After that only a
  /// server that says nothing for too long ends it, however long it takes in all.
  /// - Parameters:
  ///   - request: The request; it asks for no compression, so that byte ranges mean what they say.
  ///   - deciding: Judges the head, which comes as an answer without a body: `true` for pieces,
  ///     `false` to have the body collected, within the transport's limits, into the answer.
  ///   - body: Takes each piece; the next one is not read before it returns.
  /// - Returns: The answer; without a body where that was handed over.
  /// - Throws: ``TransportError``, also where the body ends before its declared length;
  ///   `CancellationError`; and what the closures throw, as it is.
  func receive(
    _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
    body: @Sendable (Data) async throws -> Void
  ) async throws -> HTTPResponse
}

extension HTTPTransport {
  /// Sends a request and hands its whole body over as one piece.
  /// - Throws: What ``send(_:)`` and the closures throw.
  package func receive(
    _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
    body: @Sendable (Data) async throws -> Void
  ) async throws -> HTTPResponse {
    let response = try await send(request.unencoded)
    let head = HTTPResponse(status: response.status, headers: response.headers)
    guard try deciding(head) else { return response }
    if !response.body.isEmpty { try await body(response.body) }
    return head
  }
}

extension HTTPRequest {
  /// The request for the bytes as they are stored.
  var unencoded: HTTPRequest {
    var request = self
    request.headers["Accept-Encoding"] = "identity"
    return request
  }
}
