/// A retry of a run, as an operator has confirmed it.
package struct RetryRequest: Sendable, Hashable {
  /// What is to run again.
  package enum Scope: Sendable, Hashable {
    /// The failed jobs and the ones that depend on them.
    case failedJobs
    /// Every job.
    case allJobs
    /// One job and the ones that depend on it.
    case job(id: Int64, name: String)
  }

  /// The run.
  package var run: RunKey
  /// The attempt that the operator saw; a newer one means that somebody else was faster.
  package var attempt: Int
  /// What is to run again.
  package var scope: Scope
  /// Whether the runner writes its debug logs.
  package var isDebug: Bool
  /// The environment that it deploys to, as configured.
  package var environment: String

  /// Creates a request.
  package init(
    run: RunKey, attempt: Int, scope: Scope, isDebug: Bool = false, environment: String
  ) {
    self.run = run
    self.attempt = attempt
    self.scope = scope
    self.isDebug = isDebug
    self.environment = environment
  }
}
