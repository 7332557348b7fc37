import Foundation
import Synchronization
import Transport

/// A transport that hands bodies over in pieces of four bytes, and can break off.
final class StorageTransport: HTTPTransport {
  /// An answer, and how it ends.
  struct Reply {
    var response: HTTPResponse
    var ending: TransportError?
  }

  private let answer: @Sendable (HTTPRequest, Int) throws -> Reply
  private let log = Mutex<[HTTPRequest]>([])

  /// Answers by a function of the request and its number, counted from 1.
  init(_ answer: @escaping @Sendable (HTTPRequest, Int) throws -> Reply) {
    self.answer = answer
  }

  /// Every request so far.
  var requests: [HTTPRequest] { log.withLock { $0 } }

  /// The part of every request's URL that tells it apart, in order.
  var places: [String] {
    requests.map { $0.host == "api.github.com" ? "api" : $0.host }
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try next(request).response
  }

  func receive(
    _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
    body: @Sendable (Data) async throws -> Void
  ) async throws -> HTTPResponse {
    let reply = try next(request)
    let head = HTTPResponse(status: reply.response.status, headers: reply.response.headers)
    guard try deciding(head) else { return reply.response }
    var rest = reply.response.body
    while !rest.isEmpty {
      try await body(Data(rest.prefix(4)))
      rest = rest.dropFirst(4)
    }
    if let ending = reply.ending { throw ending }
    return head
  }

  private func next(_ request: HTTPRequest) throws -> Reply {
    let number = log.withLock { log in
      log.append(request)
      return log.count
    }
    return try answer(request, number)
  }
}

extension StorageTransport.Reply {
  /// Sends on to a link.
  static func link(_ url: String, status: Int = 302) -> Self {
    Self(response: HTTPResponse(status: status, headers: ["Location": url]))
  }

  /// A status with a text.
  static func text(_ text: String, status: Int = 200, headers: HTTPHeaders = [:]) -> Self {
    Self(response: .text(text, status: status, headers: headers))
  }

  /// What a blob store says.
  static func fault(_ status: Int, _ code: String) -> Self {
    text(
      "\u{FEFF}<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>Signature "
        + "sig=SECRETSIG not valid</Message></Error>",
      status: status, headers: ["Content-Type": "application/xml"])
  }

  /// A file as a store serves it, from where the request wants it, and whole where it wants all.
  static func file(
    _ text: String, to request: HTTPRequest, etag: String? = #""v1""#, cutAfter cut: Int? = nil
  ) -> Self {
    let all = Data(text.utf8)
    var headers = HTTPHeaders()
    headers["ETag"] = etag
    var start = 0
    var status = 200
    if let range = request.headers["Range"], let first = Int(range.dropFirst(6).dropLast()) {
      guard first < all.count else {
        return Self(
          response: HTTPResponse(
            status: 416, headers: ["Content-Range": "bytes */\(all.count)"]))
      }
      start = first
      status = 206
      headers["Content-Range"] = "bytes \(start)-\(all.count - 1)/\(all.count)"
    }
    let body = Data(all[start...])
    headers["Content-Length"] = "\(body.count)"
    return Self(
      response: HTTPResponse(
        status: status, headers: headers, body: cut.map { Data(body.prefix($0)) } ?? body),
      ending: cut.map { _ in .connectionLost(host: request.host, reason: "cut") })
  }
}

/// A file as its taker would write it.
final class TakenFile: Sendable {
  private let state: Mutex<(text: String, heads: [DownloadHead])>

  init(_ text: String = "") { state = Mutex((text, [])) }

  var text: String { state.withLock(\.text) }
  var heads: [DownloadHead] { state.withLock(\.heads) }

  func begin(_ head: DownloadHead) {
    state.withLock { state in
      state.heads.append(head)
      state.text = String(state.text.prefix(head.offset))
    }
  }

  func take(_ piece: Data) {
    state.withLock { $0.text += String(decoding: piece, as: UTF8.self) }
  }
}
