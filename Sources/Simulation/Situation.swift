/// Something that is going on when the team's world begins.
package enum Situation: String, Sendable, Hashable, Codable, CaseIterable {
  /// A failed deploy whose marker was written.
  case markedFailure = "marked_failure"
  /// A failed deploy whose marker could not be uploaded.
  case unmarkedFailure = "unmarked_failure"
  /// A cancelled deploy, which writes no marker.
  case cancelled
  /// A job that has been queued for 14 minutes, without any build.
  case runnerNeverComes = "runner_never_comes"
  /// A production deploy that waits for a review.
  case waitingForReview = "waiting_for_review"
  /// A production deploy that waits for a review which the client's user may not give.
  case waitingForOthers = "waiting_for_others"
  /// A build that idles for an hour, because the job that it was started for was cancelled.
  case abandonedBuild = "abandoned_build"
  /// Builds in SUBMITTED, QUEUED, PROVISIONING and INSTALL.
  case buildPhases = "build_phases"
  /// A queued job whose build failed in INSTALL.
  case installFailed = "install_failed"
  /// A queued job whose build succeeded without having run anything.
  case idleRunner = "idle_runner"
  /// A run whose first job is done and whose second waits for its runner.
  case secondJobQueued = "second_job_queued"
  /// Two matrix legs that run on each other's build.
  case swappedLegs = "swapped_legs"
  /// A deploy that failed twice and went well when its failed jobs were run a third time.
  case rerun
  /// A deploy whose build step runs for an hour or more, so that one always runs.
  case longBuild = "long_build"
}
