/// Decides when a frame is drawn: as soon as something changed, but not too often.
struct FramePacer {
  /// The least time between two frames: thirty a second are enough for the eye.
  static let interval = Duration.milliseconds(33)

  private var isDirty = true
  private var lastFrame: ContinuousClock.Instant?

  /// Notes that the screen is out of date.
  mutating func invalidate() { isDirty = true }

  /// How long to wait before the next frame; `nil` when nothing changed.
  func delay(at now: ContinuousClock.Instant) -> Duration? {
    guard isDirty else { return nil }
    guard let lastFrame else { return .zero }
    return max(.zero, now.duration(to: lastFrame + Self.interval))
  }

  /// Whether a frame shall be drawn now; says yes once for each time.
  mutating func takeTurn(at now: ContinuousClock.Instant) -> Bool {
    guard delay(at: now) == .zero else { return false }
    isDirty = false
    lastFrame = now
    return true
  }
}
