import Deploys
import Foundation
import Transport

/// Posts a message about an event to a Slack-compatible webhook.
///
/// It is sent again only where it was surely not taken: where no connection was made, or where the
/// server asks to come back later. An answer that is lost, or a server's failure, ends it.
struct WebhookNotice: NoticeChannel {
  /// How long an exchange may take.
  static let limit: Duration = .seconds(15)
  /// How often a message is sent at most, until it is taken.
  static let attempts = 5
  /// The longest wait that a server may ask for, in seconds.
  static let longestWait: TimeInterval = 300

  private let address: WebhookAddress
  private let variable: String
  private let userAgent: String
  private let transport: any HTTPTransport
  private let now: @Sendable () -> Date
  private let sleep: @Sendable (Duration) async throws -> Void

  /// Prepares a webhook.
  /// - Parameters:
  ///   - address: Where it is.
  ///   - variable: The variable that holds the address, which names the webhook.
  ///   - userAgent: What this program calls itself.
  ///   - transport: Sends.
  ///   - now: The clock.
  ///   - sleep: Waits before another attempt.
  init(
    _ address: WebhookAddress, variable: String, userAgent: String,
    transport: any HTTPTransport, now: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.address = address
    self.variable = variable
    self.userAgent = userAgent
    self.transport = transport
    self.now = now
    self.sleep = sleep
  }

  var name: String { "webhook \(variable)" }
  var mayRepeat: Bool { false }

  func takes(_ kind: DeployEvent.Kind) -> Bool { true }

  func deliver(_ event: DeployEvent) async throws -> NoticeNews? {
    var request = HTTPRequest(
      method: "POST", url: address.url,
      headers: ["Content-Type": "application/json; charset=utf-8", "User-Agent": userAgent],
      body: try WebhookMessage(event).encoded(), timeout: Self.limit)
    request.needsFreshConnection = true
    let patience = RetryPolicy(maxAttempts: Self.attempts, maxDelay: .seconds(60))
    var attempt = 1
    while true {
      let wait: Duration
      do {
        let response = try await transport.send(request)
        if response.isSuccess { return nil }
        guard response.status == 429 else { throw refusal(response) }
        wait = try pause(response, patience.bound(afterAttempt: attempt), attempt: attempt)
      } catch let error as TransportError {
        guard attempt < Self.attempts, error.isSurelyUnsent, error.mayPass else {
          throw trouble(error)
        }
        wait = patience.bound(afterAttempt: attempt)
      }
      attempt += 1
      try await sleep(wait)
    }
  }

  /// How long to wait before a message that was not taken may be sent again.
  private func pause(
    _ response: HTTPResponse, _ usual: Duration, attempt: Int
  ) throws(NoticeTrouble) -> Duration {
    let asked = response.headers.retryAfter(at: now())
    guard attempt < Self.attempts, asked ?? 0 <= Self.longestWait else {
      throw trouble(
        "takes no more messages for now (429)",
        "It was not sent. Give notice of fewer deploys, or use a webhook of its own.")
    }
    // A whole second at least, however soon the server would have it.
    return asked.map { .seconds(max($0, 1)) } ?? usual
  }

  private func refusal(_ response: HTTPResponse) -> NoticeTrouble {
    let status = response.status
    let word = errorWord(response).map { ", \($0)" } ?? ""
    return switch status {
    case 500...:
      trouble(
        "failed (\(status)\(word)) after it was sent a message",
        "Look there: the message may have arrived, so it is not sent again.")
    case 300..<400:
      trouble("has moved (\(status))", "Put its new address into \(variable).")
    case 401, 403, 404, 410:
      trouble(
        "refused a message (\(status)\(word))",
        "The webhook was removed, or its channel closed: put a new one's address into \(variable).")
    default:
      trouble(
        "refused a message (\(status)\(word))",
        "Check that it takes messages in Slack's format.")
    }
  }

  /// The word by which Slack says what is wrong, such as `no_service`.
  ///
  /// Whatever else is in the answer could repeat the address.
  private func errorWord(_ response: HTTPResponse) -> String? {
    let text = String(decoding: response.body.prefix(64), as: UTF8.self)
    guard text.wholeMatch(of: /[a-z]+(_[a-z]+){1,5}/) != nil, !address.url.contains(text) else {
      return nil
    }
    return text
  }

  /// What a failure of the transport means, without the transport's words where those could hold
  /// the address.
  private func trouble(_ error: TransportError) -> NoticeTrouble {
    let look = "Look there: the message may have arrived, so it is not sent again."
    return switch error {
    case .notSent(_, let reason):
      trouble("cannot be reached: \(reason)", "Check the network, any proxy, and \(variable).")
    case .invalidURL:
      trouble("cannot be reached: its address is none", "Correct the address in \(variable).")
    case .timedOut:
      trouble("did not answer within \(Self.limit.components.seconds) s", look)
    case .connectionLost(_, let reason):
      trouble("did not answer: \(reason)", look)
    case .tooLarge:
      trouble("sent a very large answer", look)
    }
  }

  private func trouble(_ what: String, _ remedy: String) -> NoticeTrouble {
    NoticeTrouble(message: "the webhook of \(variable) \(what)", remedy: remedy)
  }
}
