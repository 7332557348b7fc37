package import Deploys

/// A change of something on GitHub.
package enum GitHubChange: Sendable, Hashable {
  /// Start a workflow at a branch or tag, with text for every input whatever its type; where there
  /// are no inputs, GitHub takes the defaults.
  case dispatch(
    workflow: Int64, repository: RepositoryName, ref: String, inputs: [String: String])
  /// Run every job of a run again, as a new attempt.
  case rerun(RunKey, isDebug: Bool)
  /// Run the failed jobs of a run and those that depend on them again, as a new attempt.
  case rerunFailedJobs(RunKey, isDebug: Bool)
  /// Run one job and those that depend on it again, as a new attempt.
  case rerunJob(RepositoryName, id: Int64, isDebug: Bool)
  /// End a run; jobs that are told to go on in spite of it (`always()`) do.
  case cancel(RunKey)
  /// End a run with every job of it.
  case forceCancel(RunKey)
  /// Answer for some of the environments on GitHub that hold a run back.
  case review(RunKey, environmentIDs: [Int64], isApproval: Bool, comment: String)
  /// Put a tag, named without `refs/tags/`, on a commit.
  case createTag(RepositoryName, name: String, commit: String)
}
