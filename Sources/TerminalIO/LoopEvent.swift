package import Canvas

/// What the loop of a terminal tells the program.
package enum LoopEvent<Message: Sendable>: Sendable {
  /// Keys in the order in which they were pressed; never empty.
  case keys([Key])
  /// Text that was pasted, as it came; only terminals that mark pastes send it.
  case pasted(String)
  /// Messages in the order in which they were posted; never empty.
  case messages([Message])
  /// The terminal's size, once at the start and whenever it changes.
  case resized(Size)
  /// The time that the program asked for has passed.
  case tick
  /// The process was stopped and runs again, or another program has used the terminal.
  case resumed
}

/// What the program wants after an event.
package enum LoopStep: Sendable {
  /// Go on, and draw.
  case proceed
  /// Go on; there is nothing new to draw.
  case unchanged
  /// End the loop.
  case quit
  /// Stop the process as ctrl-z does.
  case suspend
  /// Give the terminal back while some work runs, such as a pager; `resumed` follows.
  case lend(@Sendable () -> Void)
}
