/// Something about a deploy that is wrong or worth knowing, with what to do about it.
package struct Finding: Sendable, Hashable {
  /// What was found.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A job failed.
    case failed
    /// GitHub could not start the workflow.
    case startupFailure = "startup_failure"
    /// GitHub waits for somebody to act.
    case actionRequired = "action_required"
    /// An environment's reviewers are asked.
    case approvalNeeded = "approval_needed"
    /// A job waits and no build answers.
    case noRunner = "no_runner"
    /// The build failed before its runner could take the job.
    case runnerFailed = "runner_failed"
    /// The build succeeded and the job still waits.
    case runnerGone = "runner_gone"
    /// The build's runner is up and does not take the job.
    case runnerTaken = "runner_taken"
    /// The build is slow to come up.
    case slowRunner = "slow_runner"
    /// A concurrency group holds the run back.
    case concurrency
    /// The run is over and its build goes on.
    case idleBuild = "idle_build"
    /// GitHub, CodeBuild and the marker disagree.
    case disagreement
    /// The runner's account cannot be read.
    case unreadable
  }

  /// What was found.
  package var kind: Kind
  /// One short line for the board.
  package var summary: String
  /// The facts behind it, one a line.
  package var evidence: [String]
  /// What a person can do about it.
  package var action: String
  /// Whether nothing goes on until a person acts or looks.
  package var needsPerson: Bool

  /// Creates a finding.
  package init(
    kind: Kind, summary: String, evidence: [String] = [], action: String, needsPerson: Bool
  ) {
    self.kind = kind
    self.summary = summary
    self.evidence = evidence
    self.action = action
    self.needsPerson = needsPerson
  }
}
