import Canvas

/// What an event loop needs of a terminal; tests put a scripted one in its place.
protocol TerminalDevice: ~Copyable {
  /// The time by the clock that waits are measured with.
  var now: ContinuousClock.Instant { get }

  /// Waits for keys, a wake-up or a signal; `nil` waits for ever.
  mutating func wait(atMost timeout: Duration?) -> Wakeup
  /// The signals that came since the last call.
  mutating func takeSignals() -> [TerminalSignal]
  /// What was typed since the last call.
  mutating func readInput() -> [InputToken]
  /// Reads the terminal's size and adapts to it.
  mutating func measure() -> Size
  /// Shows a frame.
  mutating func present(_ frame: Frame)
  /// Forgets what is on the screen, so that the next frame is painted whole.
  mutating func invalidate()
  /// Gives the terminal back, stops the process, and takes the terminal again when it continues.
  mutating func suspendProcess()
  /// Takes the terminal again after somebody else used it.
  mutating func reclaim()
  /// Gives the terminal back while some work runs.
  mutating func lend(to work: () -> Void)
}

/// Why a wait ended.
struct Wakeup: Hashable {
  /// Whether there is something to read.
  var hasInput = false
  /// Whether the terminal is gone.
  var isHungUp = false
}
