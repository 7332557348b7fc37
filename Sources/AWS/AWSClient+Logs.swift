import Deploys
import Foundation
import Synchronization

extension AWSClient {
  private struct Question: Encodable {
    var logGroupName: String
    var logStreamName: String
    var nextToken: String?
    var startFromHead = true
    var limit = 10_000
  }

  private struct Answer: Decodable {
    struct Event: Decodable {
      var timestamp: Milliseconds?
      var message: String?
    }

    var events: [Event]?
    var nextForwardToken: String
  }

  /// The events of a log from its beginning, or after a page of it.
  ///
  /// A page holds up to 10,000 events or a mebibyte, and may be empty in the middle of a log.
  /// - Parameters:
  ///   - group: The log group.
  ///   - stream: The stream in it.
  ///   - token: The token of the page before; `nil` for the beginning.
  /// - Returns: The page, which may be empty.
  /// - Throws: ``AWSError``, with `notFound` where there is no such stream, or not yet.
  package func logEvents(
    group: String, stream: String, after token: String? = nil
  ) async throws -> LogEventPage {
    let answer: Answer
    do {
      answer = try await ask(
        .logs, "Logs_20140328.GetLogEvents",
        Question(logGroupName: group, logStreamName: stream, nextToken: token),
        action: "logs:GetLogEvents", on: policyResource(of: group))
    } catch AWSError.notFound(let call, _) {
      throw AWSError.notFound(call, what: "log stream \(stream) of \(group)")
    }
    let events = (answer.events ?? []).compactMap { event in
      event.message.map { LogEvent(time: event.timestamp?.date ?? .distantPast, message: $0) }
    }
    return LogEventPage(
      events: events, nextToken: answer.nextForwardToken, isEnd: answer.nextForwardToken == token)
  }

  /// The name of a group's streams as a policy wants it; the account stays open where it is unknown.
  private func policyResource(of group: String) -> String {
    let account = seen.withLock(\.accountID) ?? "*"
    return "arn:\(Endpoint.partition(of: region)):logs:\(region):\(account):log-group:\(group):*"
  }
}

/// A time as CloudWatch gives it: milliseconds since 1970 as a number or as digits, or ISO 8601.
private struct Milliseconds: Decodable {
  let date: Date?

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Double.self) {
      date = Date(timeIntervalSince1970: count / 1_000)
    } else if let text = try? container.decode(String.self) {
      date =
        Double(text).map { Date(timeIntervalSince1970: $0 / 1_000) }
        ?? Timestamp.date(iso8601: text)
    } else {
      date = nil
    }
  }
}
