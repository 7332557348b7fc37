import Foundation
import Synchronization
import Transport

/// Every server of a test in one, answered by the first rule that fits.
final class StubServers: HTTPTransport {
  /// What a server does with a request.
  enum Answer: Sendable {
    /// It answers.
    case response(HTTPResponse)
    /// It serves a file, with ranges, and breaks off after so many bytes of it in this answer.
    case file(Data, tag: String? = nil, cutAfter: Int? = nil)
    /// It serves a file from the beginning, whatever part is asked for.
    case wholeFile(Data)
    /// It says nothing until the request is given up.
    case silence
    /// The connection cannot be made.
    case failure(TransportError)

    static func json(_ text: String, status: Int = 200) -> Answer {
      .response(
        HTTPResponse(
          status: status, headers: ["Content-Type": "application/json"], body: Data(text.utf8)))
    }

    static func status(_ status: Int) -> Answer { json(#"{"message":"stub"}"#, status: status) }

    static func redirect(to url: String) -> Answer {
      .response(HTTPResponse(status: 302, headers: ["Location": url]))
    }
  }

  private struct Rule {
    var fits: @Sendable (HTTPRequest) -> Bool
    var answer: @Sendable (HTTPRequest, _ hit: Int) -> Answer
    var hits = 0
  }

  private struct State {
    var rules: [Rule] = []
    var requests: [HTTPRequest] = []
  }

  private let state = Mutex(State())
  private let pieceSize: Int

  init(pieceSize: Int = 4096) { self.pieceSize = pieceSize }

  /// Answers requests whose URL or operation holds a text; hits are counted from 1.
  func on(_ text: String, _ answer: @escaping @Sendable (HTTPRequest, _ hit: Int) -> Answer) {
    state.withLock {
      $0.rules.append(
        Rule(
          fits: { request in
            request.url.contains(text) || request.headers["X-Amz-Target"]?.contains(text) == true
          }, answer: answer))
    }
  }

  /// Answers requests always alike.
  func on(_ text: String, _ answer: Answer) {
    on(text) { _, _ in answer }
  }

  /// The requests so far that hold a text.
  func requests(_ text: String) -> [HTTPRequest] {
    state.withLock {
      $0.requests.filter {
        $0.url.contains(text) || $0.headers["X-Amz-Target"]?.contains(text) == true
      }
    }
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let body = Mutex(Data())
    var response = try await receive(request) { _ in
      true
    } body: { piece in
      body.withLock { $0 += piece }
    }
    response.body = body.withLock { $0 }
    return response
  }

  func receive(
    _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
    body: @Sendable (Data) async throws -> Void
  ) async throws -> HTTPResponse {
    try Task.checkCancellation()
    let (head, content, cut) = try await reply(to: request)
    var response = head
    response.body = Data()
    let lost = TransportError.connectionLost(host: request.host, reason: "cut by the test")
    guard try deciding(response) else {
      if cut != nil { throw lost }
      response.body = content
      return response
    }
    var place = 0
    while place < min(content.count, cut ?? .max) {
      try Task.checkCancellation()
      let end = min(place + pieceSize, content.count, cut ?? .max)
      try await body(Data(content[place..<end]))
      place = end
    }
    if cut != nil { throw lost }
    return response
  }

  private func reply(
    to request: HTTPRequest
  ) async throws -> (head: HTTPResponse, content: Data, cut: Int?) {
    let answer = state.withLock { state -> Answer in
      state.requests.append(request)
      guard let index = state.rules.firstIndex(where: { $0.fits(request) }) else {
        return .status(404)
      }
      state.rules[index].hits += 1
      return state.rules[index].answer(request, state.rules[index].hits)
    }
    switch answer {
    case .response(let response): return (response, response.body, nil)
    case .wholeFile(let data):
      return (
        HTTPResponse(
          status: 200,
          headers: ["Content-Length": "\(data.count)", "Content-Type": "text/plain"]), data, nil
      )
    case .file(let data, let tag, let cut):
      var headers: HTTPHeaders = ["Content-Type": "text/plain", "Accept-Ranges": "bytes"]
      headers["ETag"] = tag
      guard let range = request.headers["Range"]?.dropFirst("bytes=".count).dropLast(),
        let start = Int(range), request.headers["If-Range"].map({ $0 == tag }) ?? true
      else {
        headers["Content-Length"] = "\(data.count)"
        return (HTTPResponse(status: 200, headers: headers), data, cut)
      }
      guard start < data.count else {
        headers["Content-Range"] = "bytes */\(data.count)"
        return (HTTPResponse(status: 416, headers: headers), Data(), nil)
      }
      headers["Content-Range"] = "bytes \(start)-\(data.count - 1)/\(data.count)"
      headers["Content-Length"] = "\(data.count - start)"
      return (
        HTTPResponse(status: 206, headers: headers), Data(data.dropFirst(start)), cut
      )
    case .silence:
      while true { try await Task.sleep(for: .seconds(3600)) }
    case .failure(let error): throw error
    }
  }
}
