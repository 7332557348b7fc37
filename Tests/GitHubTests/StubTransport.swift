import Foundation
import Synchronization
import Transport

/// A transport that answers from a function, and remembers what it was asked.
final class StubTransport: HTTPTransport {
  private let answer: @Sendable (HTTPRequest, Int) throws -> HTTPResponse
  private let log = Mutex<[HTTPRequest]>([])

  /// Answers by a function of the request and its number, counted from 1.
  init(_ answer: @escaping @Sendable (HTTPRequest, Int) throws -> HTTPResponse) {
    self.answer = answer
  }

  /// Answers by a list; the last answer stays.
  convenience init(_ answers: [Result<HTTPResponse, TransportError>]) {
    self.init { _, number in
      guard let answer = answers.dropFirst(number - 1).first ?? answers.last else {
        return HTTPResponse(status: 500)
      }
      return try answer.get()
    }
  }

  /// Every request so far.
  var requests: [HTTPRequest] { log.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let number = log.withLock { log in
      log.append(request)
      return log.count
    }
    return try answer(request, number)
  }
}

extension HTTPResponse {
  /// An answer with a body of text.
  static func text(
    _ body: String, status: Int = 200, headers: HTTPHeaders = [:]
  ) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: Data(body.utf8))
  }
}

/// A clock that is set by hand, and a sleep that only moves it.
final class ManualClock: Sendable {
  private struct State {
    var now: Date
    var sleeps: [Duration] = []
  }

  private let state: Mutex<State>

  init(_ now: Date = Date(timeIntervalSince1970: 1_800_000_000)) {
    state = Mutex(State(now: now))
  }

  var now: Date { state.withLock(\.now) }

  /// Every wait so far.
  var sleeps: [Duration] { state.withLock(\.sleeps) }

  func advance(_ seconds: TimeInterval) { state.withLock { $0.now += seconds } }

  func sleep(_ duration: Duration) {
    state.withLock { state in
      state.sleeps.append(duration)
      state.now += Double(duration.components.seconds)
    }
  }
}
