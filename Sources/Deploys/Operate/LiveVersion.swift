package import Foundation

/// What a service's last successful deploy put into an environment.
package struct LiveVersion: Sendable, Hashable {
  /// What became of running the run again, after the attempt that put it there.
  package struct Retry: Sendable, Hashable {
    /// The newest attempt.
    package var attempt: Int
    /// How that ended; `nil` while it goes on.
    package var conclusion: Conclusion?

    /// Creates a retry.
    package init(attempt: Int, conclusion: Conclusion?) {
      self.attempt = attempt
      self.conclusion = conclusion
    }

    /// What became of it, in a few words for a person.
    package var words: String {
      let ending =
        switch conclusion {
        case nil: "goes on"
        case .failure, .startupFailure: "failed"
        case .timedOut: "timed out"
        case .cancelled: "was cancelled"
        case .success: "succeeded"
        case .neutral, .skipped, .actionRequired, .stale, .other:
          "ended as \(conclusion?.rawValue.replacing("_", with: " ") ?? "")"
        }
      return "its retry \(ending) (attempt \(attempt))"
    }
  }

  /// The run that put it there.
  package var run: RunKey
  /// The attempt that put it there.
  package var attempt: Int
  /// The run's number for people.
  package var number: Int
  /// The tag or branch; `nil` where GitHub gives none.
  package var ref: String?
  /// The commit, in full.
  package var commit: String
  /// Who started it.
  package var actor: String
  /// When the run was created, from which GitHub counts for how long it can run again.
  package var createdAt: Date
  /// When the deploy ended.
  package var deployedAt: Date
  /// The run's page for people.
  package var url: String
  /// What became of running it again; `nil` where the attempt is the run's newest.
  package var retry: Retry?

  /// Creates a version.
  package init(
    run: RunKey, attempt: Int = 1, number: Int, ref: String?, commit: String, actor: String,
    createdAt: Date, deployedAt: Date, url: String, retry: Retry? = nil
  ) {
    self.run = run
    self.attempt = attempt
    self.number = number
    self.ref = ref
    self.commit = commit
    self.actor = actor
    self.createdAt = createdAt
    self.deployedAt = deployedAt
    self.url = url
    self.retry = retry
  }

  /// What a run has deployed that succeeded.
  package init(_ run: WorkflowRun) {
    self.init(
      run: run.key, attempt: run.attempt, number: run.number, ref: run.ref, commit: run.headSHA,
      actor: run.actor, createdAt: run.createdAt, deployedAt: run.updatedAt, url: run.url)
  }
}
