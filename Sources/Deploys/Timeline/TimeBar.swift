package import Foundation

/// A stretch of time in which one thing went on.
package struct TimeBar: Sendable, Hashable {
  /// When it began.
  package var start: Date
  /// When it ended, never before its start; `nil` while it goes on.
  package var end: Date?

  /// Creates a bar; an end before the start counts as the start, for clocks differ.
  package init(start: Date, end: Date?) {
    self.start = start
    self.end = end.map { max(start, $0) }
  }

  /// Whether it goes on.
  package var isOpen: Bool { end == nil }

  /// Where it ends for somebody who looks now.
  package func end(at now: Date) -> Date { end ?? max(start, now) }

  /// How long it took, or has taken so far.
  package func duration(at now: Date) -> Duration { Duration(from: start, to: end(at: now)) }
}
