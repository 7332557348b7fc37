import Synchronization

/// Passes on the newest of many values, at once where none has passed for a while and never more
/// than one an interval.
final class Pace<Value: Sendable>: Sendable {
  private struct State {
    var newest: Value?
    var isResting = false
    var isOver = false
  }

  private let interval: Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  private let emit: @Sendable (Value) -> Void
  private let state = Mutex(State())

  /// Creates a pace.
  init(
    _ interval: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    emit: @escaping @Sendable (Value) -> Void
  ) {
    self.interval = interval
    self.sleep = sleep
    self.emit = emit
  }

  /// Takes a value in, in place of one that still waits.
  func offer(_ value: Value) {
    let passes = state.withLock { state in
      if state.isOver { return false }
      if state.isResting {
        state.newest = value
        return false
      }
      state.isResting = true
      return true
    }
    guard passes else { return }
    emit(value)
    Task { await rest() }
  }

  /// Drops what waits, and whatever comes.
  func stop() {
    state.withLock { state in
      state.isOver = true
      state.newest = nil
    }
  }

  private func rest() async {
    while true {
      try? await sleep(interval)
      let value = state.withLock { state in
        defer { state.newest = nil }
        if state.newest == nil { state.isResting = false }
        return state.newest
      }
      guard let value else { return }
      emit(value)
    }
  }
}
