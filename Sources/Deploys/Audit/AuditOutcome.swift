/// How an action in the audit log ended.
package enum AuditOutcome: Sendable, Hashable {
  /// It was done: what was done, and the run that came of it where that is known.
  case done(message: String, run: RunKey?)
  /// It was sent and not done: why.
  case refused(message: String)
  /// It was sent, and nobody can tell whether it was done: why not.
  case unknown(message: String)
  /// It was surely not sent: why.
  case notSent(message: String)

  /// What was done, or why it was not.
  package var message: String {
    switch self {
    case .done(let message, _), .refused(let message), .unknown(let message),
      .notSent(let message):
      message
    }
  }
}
