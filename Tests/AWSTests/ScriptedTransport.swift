import Foundation
import Synchronization
import Transport

/// Answers by a function and keeps every request.
final class ScriptedTransport: HTTPTransport {
  private let requests = Mutex<[HTTPRequest]>([])
  private let answer: @Sendable (_ request: HTTPRequest, _ number: Int) async throws -> HTTPResponse

  /// The function is given the request and how many came before it.
  init(
    _ answer:
      @escaping @Sendable (_ request: HTTPRequest, _ number: Int) async throws ->
      HTTPResponse
  ) {
    self.answer = answer
  }

  /// Gives answers in their order, and the last one again and again.
  convenience init(_ answers: HTTPResponse...) {
    self.init { _, number in answers[min(number, answers.count - 1)] }
  }

  var sent: [HTTPRequest] { requests.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let number = requests.withLock { requests in
      requests.append(request)
      return requests.count - 1
    }
    return try await answer(request, number)
  }
}

extension HTTPResponse {
  static func text(_ body: String, status: Int = 200, headers: HTTPHeaders = [:]) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: Data(body.utf8))
  }
}

extension HTTPRequest {
  var bodyText: String { String(decoding: body, as: UTF8.self) }
}
