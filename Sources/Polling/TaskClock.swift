import Foundation

/// When one task ran, and how it went.
struct TaskClock: Sendable, Hashable {
  /// When it was last started.
  var lastStart: Date?
  /// Whether it is under way.
  var isInFlight = false
  /// Whether it was asked for again while under way, so that its answer may already be old.
  var isAskedAgain = false
  /// The number of failures since the last success.
  var failures = 0
  /// Whether the last of them was a server's wish for patience.
  var isThrottled = false
  /// Not before this time, because the server or a test of patience said so.
  var notBefore: Date?
  /// A factor near 1 that keeps tasks from marching in step.
  var jitter = 1.0

  /// When it should run next.
  func dueAt(interval: Duration, stretch: Double, schedule: Schedule) -> Date {
    guard let lastStart else { return notBefore ?? .distantPast }
    let wait =
      failures > 0
      ? schedule.backoff(failures: failures, interval: interval) : interval * stretch
    let due = lastStart.addingTimeInterval(wait.seconds * jitter)
    return max(due, notBefore ?? .distantPast)
  }
}

extension Duration {
  /// The duration as a number of seconds, for arithmetic with `Date`.
  var seconds: TimeInterval {
    TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18
  }
}
