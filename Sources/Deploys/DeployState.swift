/// Where a deploy stands, derived from its jobs.
///
/// GitHub's own status of a run follows its least advanced job, so a run whose first job is done and
/// whose second waits for a runner reads `queued` there.
package enum DeployState: Sendable, Hashable {
  /// Held back by a concurrency group, or not yet queued.
  case pending
  /// Held back by an environment's protection rules.
  case waiting
  /// No job has a runner, and none has had one.
  case queued
  /// A job runs, or some are done and others are not.
  case running
  /// Over.
  case completed(Conclusion)
  /// A word of GitHub's that this version does not know.
  case other(String)

  /// Derives the state of a run from its jobs; from the run alone while no jobs are known.
  package init(run: WorkflowRun, jobs: [Job]) {
    if run.status == .completed {
      self = .completed(run.conclusion ?? .other("unknown"))
      return
    }
    let open = jobs.filter { $0.status != .completed }
    if open.isEmpty, !jobs.isEmpty {
      // All jobs are over and GitHub has not closed the run yet.
      self = .running
    } else if open.contains(where: { $0.status == .inProgress }) {
      self = .running
    } else if open.contains(where: { $0.status == .waiting }),
      !open.contains(where: { $0.status == .queued })
    {
      self = .waiting
    } else if jobs.contains(where: { $0.status == .completed && $0.conclusion != .skipped }) {
      self = .running
    } else if open.contains(where: { $0.status == .queued }) {
      self = .queued
    } else {
      self =
        switch run.status {
        case .requested, .pending: .pending
        case .waiting: .waiting
        case .queued: .queued
        case .inProgress: .running
        case .completed: .completed(run.conclusion ?? .other("unknown"))
        case .other(let word): .other(word)
        }
    }
  }

  /// Whether nothing more will happen by itself.
  package var isOver: Bool {
    switch self {
    case .completed: true
    case .pending, .waiting, .queued, .running, .other: false
    }
  }

  /// The conclusion, once it is over.
  package var conclusion: Conclusion? {
    switch self {
    case .completed(let conclusion): conclusion
    case .pending, .waiting, .queued, .running, .other: nil
    }
  }

  /// The word for it in `--json`: GitHub's status words.
  package var name: String {
    switch self {
    case .pending: "pending"
    case .waiting: "waiting"
    case .queued: "queued"
    case .running: "in_progress"
    case .completed: "completed"
    case .other(let word): word
    }
  }
}
