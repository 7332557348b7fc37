extension DeployJob {
  /// The build that goes on although its job is over and needs it no more; `nil` where there is
  /// none.
  ///
  /// CodeBuild does not hear of a job that was cancelled. What a build does after `BUILD` is its
  /// own part of a job that has run, so it is left alone.
  package var idleBuild: Build? {
    guard job.status == .completed, let build, build.isActive,
      job.conclusion == .cancelled || build.isBeforePostBuild
    else { return nil }
    return build
  }
}

extension Build {
  /// Whether what goes on still is the runner's part.
  fileprivate var isBeforePostBuild: Bool {
    ["SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD"]
      .contains(currentPhase ?? "")
  }
}
