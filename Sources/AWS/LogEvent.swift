package import Foundation

/// One message of a log in CloudWatch.
package struct LogEvent: Sendable, Hashable {
  /// When it was written.
  package var time: Date
  /// The words, as they were written, with any line break at their end.
  package var message: String

  /// Creates an event.
  package init(time: Date, message: String) {
    self.time = time
    self.message = message
  }
}

/// A page of a log in CloudWatch.
package struct LogEventPage: Sendable, Hashable {
  /// The events, oldest first; a page may be empty and yet not be the last.
  package var events: [LogEvent]
  /// What to ask with for what comes after this page; good for a day.
  package var nextToken: String
  /// Whether the server gave the token back that was sent: nothing more is there yet.
  package var isEnd: Bool

  /// Creates a page.
  package init(events: [LogEvent], nextToken: String, isEnd: Bool) {
    self.events = events
    self.nextToken = nextToken
    self.isEnd = isEnd
  }
}
