import Foundation

/// Runs a full-screen program on a thread of its own.
///
/// ncurses knows one thread only, and on Linux the main actor is not bound to one, so the loop is
/// a plain thread that async code waits for.
package enum TerminalLoop {
  /// Takes the terminal over and runs until the program, a signal or the terminal ends it.
  ///
  /// The terminal is as it was before when this returns or throws. Cancelling the task ends the
  /// loop.
  /// - Parameters:
  ///   - state: What the program starts with.
  ///   - options: How the terminal is used.
  ///   - mailbox: Where messages for the program arrive.
  ///   - handlers: The program.
  /// - Returns: Why it ended.
  /// - Throws: `TerminalError` when there is no terminal or it cannot be used.
  package static func run<State: Sendable, Message: Sendable>(
    state: State, options: TerminalOptions, mailbox: Mailbox<Message>,
    handlers: LoopHandlers<State, Message>
  ) async throws -> LoopEnd {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
          continuation.resume(
            with: Result {
              try runHere(state: state, options: options, mailbox: mailbox, handlers: handlers)
            })
        }
        thread.name = "terminal"
        thread.stackSize = 8 << 20
        thread.start()
      }
    } onCancel: {
      mailbox.finish()
    }
  }

  /// The same on the calling thread.
  private static func runHere<State: Sendable, Message: Sendable>(
    state: State, options: TerminalOptions, mailbox: Mailbox<Message>,
    handlers: LoopHandlers<State, Message>
  ) throws(TerminalError) -> LoopEnd {
    var loop = EventLoop(
      device: try Terminal(options: options), state: state, mailbox: mailbox, handlers: handlers)
    return loop.run()
  }
}
