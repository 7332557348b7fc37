import AsyncHTTPClient
package import Foundation
import NIOCore

extension LiveTransport {
  /// Sends a request and hands its body over in pieces, as the server stores it.
  ///
  /// Only one piece is held at a time: while it is being taken, the server has to wait.
  /// - Throws: ``TransportError``; `CancellationError` where the task was cancelled; and what the
  ///   closures throw, as it is.
  package func receive(
    _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
    body: @Sendable (Data) async throws -> Void
  ) async throws -> HTTPResponse {
    let limit = request.timeout ?? limits.exchange
    let answer = try await translating(request, limit) {
      let message = HTTPClientRequest(request.unencoded)
      let client = try client(for: request, inPieces: true)
      return try await withDeadline(limit) {
        try await client.execute(message, deadline: .distantFuture)
      }
    }
    var response = HTTPResponse(headOf: answer)
    let reader = BodyReader(answer.body)
    guard try deciding(response) else {
      response.body = try await translating(request, limit) { [limits] in
        try await withDeadline(limit) { try await reader.rest(upTo: limits.bodyBytes) }
      }
      return response
    }
    while let piece = try await next(from: reader, of: request) {
      try await body(piece)
    }
    return response
  }

  private func next(from reader: BodyReader, of request: HTTPRequest) async throws -> Data? {
    try await translating(request, limits.idle) {
      try await withDeadline(limits.idle) { try await reader.next() }
    }
  }

  private func translating<Value>(
    _ request: HTTPRequest, _ limit: Duration, _ work: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await work()
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw TransportError(error, of: request, exchangeLimit: limit, limits: limits)
    }
  }
}

/// Takes a body from the library piece by piece, each in whichever task asks for it.
///
/// When nobody holds it any more, the library ends the request.
private actor BodyReader {
  private var pieces: HTTPClientResponse.Body.AsyncIterator

  init(_ body: HTTPClientResponse.Body) { pieces = body.makeAsyncIterator() }

  /// The next piece; `nil` at the end of the body.
  func next() async throws -> Data? {
    var pieces = pieces
    let piece = try await pieces.next(isolation: self)
    self.pieces = pieces
    return piece.map { Data($0.readableBytesView) }
  }

  /// All that is left.
  /// - Throws: `NIOTooManyBytesError` where it is more than a number of bytes.
  func rest(upTo limit: Int) async throws -> Data {
    var rest = Data()
    while let piece = try await next() {
      guard rest.count + piece.count <= limit else { throw NIOTooManyBytesError(maxBytes: limit) }
      rest += piece
    }
    return rest
  }
}
