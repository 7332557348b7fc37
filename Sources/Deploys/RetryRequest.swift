/// A retry of a run, as an operator has confirmed it.
package struct RetryRequest: Sendable, Hashable {
  /// What is to run again.
  package enum Scope: String, Sendable, Hashable, CaseIterable {
    /// The failed jobs and the ones that depend on them.
    case failedJobs = "failed_jobs"
    /// Every job.
    case allJobs = "all_jobs"
  }

  /// The run.
  package var run: RunKey
  /// The attempt that the operator saw; a newer one means that somebody else was faster.
  package var attempt: Int
  /// What is to run again.
  package var scope: Scope
  /// The environment that it deploys to, as configured.
  package var environment: String

  /// Creates a request.
  package init(run: RunKey, attempt: Int, scope: Scope, environment: String) {
    self.run = run
    self.attempt = attempt
    self.scope = scope
    self.environment = environment
  }
}
