package import Foundation

/// Learns from answers how far a server's clock is ahead of this machine's.
package struct ServerClock: Sendable, Hashable {
  /// By how many seconds the server's clock is ahead; negative where it is behind, and `nil` before
  /// the first answer that tells a time.
  ///
  /// It stays as it is until an answer contradicts it, so that it does not tremble, and is never
  /// farther from zero than an answer proves.
  package private(set) var offset: TimeInterval?

  /// By how many seconds an answer has to contradict what is known.
  private static let slack: TimeInterval = 2

  /// Creates a clock of which nothing is known.
  package init() {}

  /// Takes in what the `Date` field of an answer says.
  ///
  /// An answer that a cache has kept tells an old time, and is passed over.
  /// - Parameters:
  ///   - response: The answer.
  ///   - sentAt: When the request was sent, by this machine's clock.
  ///   - receivedAt: When the whole answer was there, by this machine's clock.
  package mutating func note(
    _ response: HTTPResponse, sentAt: Date, receivedAt: Date
  ) {
    guard let date = response.headers["Date"].flatMap(HTTPDate.parse),
      response.headers["Age"].flatMap({ Int($0) }) ?? 0 == 0
    else { return }
    // The field was written in between, and leaves out the part of a second.
    let least = date.timeIntervalSince(max(sentAt, receivedAt))
    let most = date.timeIntervalSince(min(sentAt, receivedAt)) + 1
    if let offset, (least - Self.slack...most + Self.slack).contains(offset) { return }
    offset = min(max(0, least), most)
  }
}
