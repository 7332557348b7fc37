import Foundation

/// A moment of the simulated world, measured from its start; what came before is negative.
struct Instant: Sendable, Hashable, Comparable {
  /// The world's start.
  static let start = Instant(sinceStart: .zero)

  /// How long after the start, at the speed of the world.
  var sinceStart: Duration

  static func < (left: Self, right: Self) -> Bool { left.sinceStart < right.sinceStart }
  static func + (left: Self, right: Duration) -> Self {
    Instant(sinceStart: left.sinceStart + right)
  }
  static func - (left: Self, right: Self) -> Duration { left.sinceStart - right.sinceStart }
}

/// Turns moments of the world into the times that clients read, and back.
///
/// Speed shortens what happens and leaves clocks alone: a client compares the world's times with its
/// own clock, so these are real times. At speed 6 a bootstrap of 90 s takes 15 s of them. What
/// happened before the start keeps its natural length.
struct WorldClock: Sendable {
  let startedAt: Date
  let speed: Double
  let now: @Sendable () -> Date

  init(startedAt: Date, speed: Double, now: @escaping @Sendable () -> Date) {
    self.startedAt = Date(
      timeIntervalSince1970: (startedAt.timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    self.speed = max(speed, 0.001)
    self.now = now
  }

  func instant(of date: Date) -> Instant {
    let elapsed = date.timeIntervalSince(startedAt)
    return Instant(
      sinceStart: .milliseconds(Int64(((elapsed > 0 ? elapsed * speed : elapsed) * 1000).rounded()))
    )
  }

  func date(of instant: Instant) -> Date {
    let parts = instant.sinceStart.components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    let exact = startedAt.addingTimeInterval(seconds > 0 ? seconds / speed : seconds)
    return Date(timeIntervalSince1970: (exact.timeIntervalSince1970 * 1000).rounded(.down) / 1000)
  }
}
