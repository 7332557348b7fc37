/// Why a terminal's loop ended.
package enum LoopEnd: Sendable, Hashable {
  /// The program's own logic ended it.
  case quit
  /// A signal did: SIGINT, SIGTERM, SIGHUP or SIGQUIT, by its number.
  case signal(Int32)
  /// The terminal is gone.
  case hangup
  /// The mailbox was finished, or the task was cancelled.
  case finished
}
