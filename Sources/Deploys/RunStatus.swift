/// How far a workflow run, job or step has come, in GitHub's words.
///
/// GitHub adds words over time; one that is not known here is kept as it came.
/// Source: the `status` of a run and of a job in GitHub's REST description, version 2022-11-28.
package enum RunStatus: Sendable, Hashable, RawRepresentable {
  /// Asked for, and not yet queued.
  case requested
  /// Held back by a concurrency group.
  case pending
  /// Held back by an environment's protection rules.
  case waiting
  /// Ready to run, and without a runner.
  case queued
  /// Running.
  case inProgress
  /// Over; the conclusion says how.
  case completed
  /// A word that this version does not know.
  case other(String)

  /// Reads GitHub's word.
  package init(rawValue: String) {
    self =
      switch rawValue {
      case "requested": .requested
      case "pending": .pending
      case "waiting": .waiting
      case "queued": .queued
      case "in_progress": .inProgress
      case "completed": .completed
      default: .other(rawValue)
      }
  }

  /// GitHub's word.
  package var rawValue: String {
    switch self {
    case .requested: "requested"
    case .pending: "pending"
    case .waiting: "waiting"
    case .queued: "queued"
    case .inProgress: "in_progress"
    case .completed: "completed"
    case .other(let word): word
    }
  }
}
