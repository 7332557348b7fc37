/// How an operation on GitHub ended.
package enum OperationOutcome: Sendable, Hashable {
  /// It was done: what was done, and the run that came of it where that is known.
  case done(message: String, run: RunKey?)
  /// It was not done: why, and what to do about it.
  case refused(message: String, remedy: String)
  /// Nobody can tell whether it was done, and why not.
  case unknown(message: String)
}
