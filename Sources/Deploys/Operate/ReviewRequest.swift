/// The answer to a run that waits for its environments' reviewers, as an operator has confirmed it.
package struct ReviewRequest: Sendable, Hashable {
  /// One of the run's environments on GitHub.
  package struct Target: Sendable, Hashable {
    /// GitHub's id of the environment.
    package var id: Int64
    /// Its name on GitHub.
    package var name: String

    /// Creates a target.
    package init(id: Int64, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// The run.
  package var run: RunKey
  /// The attempt that the operator saw.
  package var attempt: Int
  /// The environments on GitHub that are answered for; never empty.
  package var targets: [Target]
  /// Whether the jobs may go on.
  package var isApproval: Bool
  /// What is said about it; may be empty.
  package var comment: String
  /// The environment that it deploys to, as configured.
  package var environment: String
  /// The other environments, as configured, whose names were typed or given to confirm it: what
  /// is guarded and reached without its name is refused.
  package var confirmed: [String]

  /// Creates a request.
  package init(
    run: RunKey, attempt: Int, targets: [Target], isApproval: Bool, comment: String,
    environment: String, confirmed: [String] = []
  ) {
    self.run = run
    self.attempt = attempt
    self.targets = targets
    self.isApproval = isApproval
    self.comment = comment
    self.environment = environment
    self.confirmed = confirmed
  }
}
