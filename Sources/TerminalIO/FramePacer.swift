/// Decides when a frame is drawn: as soon as something changed, but not too often.
///
/// A few frames may follow one another at once, so that a key and the answer to it are both seen
/// without delay; only a stream of changes is held back to the pace that is enough for the eye.
struct FramePacer {
  /// The time between two frames of a stream of changes: thirty a second.
  static let interval = Duration.milliseconds(33)
  /// How many frames may follow one another at once after a rest.
  static let burst = 4

  private var isDirty = true
  /// When the frames drawn so far would have ended at the pace of a stream; `nil` before the first.
  private var schedule: ContinuousClock.Instant?

  /// Notes that the screen is out of date.
  mutating func invalidate() { isDirty = true }

  /// How long to wait before the next frame; `nil` when nothing changed.
  func delay(at now: ContinuousClock.Instant) -> Duration? {
    guard isDirty else { return nil }
    guard let schedule else { return .zero }
    return max(.zero, now.duration(to: schedule - Self.interval * (Self.burst - 1)))
  }

  /// Whether a frame shall be drawn now; says yes once for each time.
  mutating func takeTurn(at now: ContinuousClock.Instant) -> Bool {
    guard delay(at: now) == .zero else { return false }
    isDirty = false
    schedule = max(now, schedule ?? now) + Self.interval
    return true
  }
}
