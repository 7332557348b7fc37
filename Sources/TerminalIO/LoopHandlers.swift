package import Canvas

/// The program's part of a terminal's loop, all of it run on the loop's own thread.
package struct LoopHandlers<State: Sendable, Message: Sendable>: Sendable {
  /// Answers an event; it must not block.
  package var handle: @Sendable (inout State, LoopEvent<Message>) -> LoopStep
  /// Draws the state for a screen of the given size.
  package var view: @Sendable (State, Size) -> Frame
  /// How long after one tick the next is due, or `nil` for no ticks; asked after every event.
  package var tickInterval: @Sendable (State) -> Duration?

  /// Makes handlers; without an interval there is a tick every second.
  package init(
    handle: @escaping @Sendable (inout State, LoopEvent<Message>) -> LoopStep,
    view: @escaping @Sendable (State, Size) -> Frame,
    tickInterval: @escaping @Sendable (State) -> Duration? = { _ in .seconds(1) }
  ) {
    self.handle = handle
    self.view = view
    self.tickInterval = tickInterval
  }
}
