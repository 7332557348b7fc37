import CTerminal
import Synchronization

/// Where other threads leave messages for the thread that owns the terminal.
package final class Mailbox<Message: Sendable>: Sendable {
  private struct Contents {
    var messages: [Message] = []
    var isFinished = false
  }

  private let contents = Mutex(Contents())
  private let wake: @Sendable () -> Void

  /// Makes a mailbox that wakes the terminal's loop.
  package convenience init() {
    self.init(wake: { ct_wake() })
  }

  /// Makes a mailbox that calls `wake` when its first message arrives and when it is finished.
  init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  /// Leaves a message, unless the mailbox is finished.
  package func post(_ message: Message) {
    let isFirst = contents.withLock { contents in
      guard !contents.isFinished else { return false }
      contents.messages.append(message)
      return contents.messages.count == 1
    }
    if isFirst { wake() }
  }

  /// Ends the loop that reads this mailbox.
  package func finish() {
    contents.withLock { $0.isFinished = true }
    wake()
  }

  /// Whether the loop shall end.
  package var isFinished: Bool { contents.withLock { $0.isFinished } }

  /// Whether there is nothing to take and nothing to end.
  var isQuiet: Bool { contents.withLock { $0.messages.isEmpty && !$0.isFinished } }

  /// Takes out all messages, oldest first.
  package func take() -> [Message] {
    contents.withLock { contents in
      let messages = contents.messages
      contents.messages = []
      return messages
    }
  }
}
