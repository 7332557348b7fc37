/// How a workflow run, job or step ended, in GitHub's words.
///
/// Source: the `conclusion` of a run and of a job in GitHub's REST description, version 2022-11-28.
package enum Conclusion: Sendable, Hashable, RawRepresentable {
  /// Every step that had to succeed did.
  case success
  /// A step failed.
  case failure
  /// Ended without a judgement.
  case neutral
  /// Stopped by a person, a concurrency group or a limit.
  case cancelled
  /// Not run, by its own condition.
  case skipped
  /// Ran longer than allowed.
  case timedOut
  /// Waits for somebody to act on GitHub, such as approving a first-time contributor.
  case actionRequired
  /// The workflow could not be started at all, usually for an error in its file.
  case startupFailure
  /// Given up by GitHub after a long time without news.
  case stale
  /// A word that this version does not know.
  case other(String)

  /// Reads GitHub's word.
  package init(rawValue: String) {
    self =
      switch rawValue {
      case "success": .success
      case "failure": .failure
      case "neutral": .neutral
      case "cancelled": .cancelled
      case "skipped": .skipped
      case "timed_out": .timedOut
      case "action_required": .actionRequired
      case "startup_failure": .startupFailure
      case "stale": .stale
      default: .other(rawValue)
      }
  }

  /// GitHub's word.
  package var rawValue: String {
    switch self {
    case .success: "success"
    case .failure: "failure"
    case .neutral: "neutral"
    case .cancelled: "cancelled"
    case .skipped: "skipped"
    case .timedOut: "timed_out"
    case .actionRequired: "action_required"
    case .startupFailure: "startup_failure"
    case .stale: "stale"
    case .other(let word): word
    }
  }

  /// Whether something went wrong that a person will want to look at.
  package var isFailure: Bool {
    switch self {
    case .failure, .timedOut, .startupFailure: true
    case .success, .neutral, .cancelled, .skipped, .actionRequired, .stale, .other: false
    }
  }
}
