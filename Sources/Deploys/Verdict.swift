/// GitHub's conclusion, CodeBuild's status and the marker held against each other.
package enum Verdict: Sendable, Hashable {
  /// The run is not over, or nothing is known to compare it with.
  case undecided
  /// What is known agrees.
  case agree
  /// They disagree, and how; one sentence for a person.
  case disagree(Disagreement)
}

/// A way in which the three sources disagree.
package enum Disagreement: String, Sendable, Hashable, CaseIterable {
  /// GitHub says failure, CodeBuild SUCCEEDED, and no marker says so.
  case failureUnmarked = "failure_unmarked"
  /// GitHub says failure and so does the marker, and CodeBuild SUCCEEDED.
  case markerIgnored = "marker_ignored"
  /// GitHub says success and the marker says failure.
  case markerContradicts = "marker_contradicts"
  /// GitHub says success and the build did not.
  case buildFailedAfterwards = "build_failed_afterwards"

  /// Why the three can say so at once.
  package var explanation: String {
    switch self {
    case .failureUnmarked:
      "GitHub says failure, CodeBuild SUCCEEDED, no marker of a failure: GitHub is right. The "
        + "runner exits 0 whatever the job's result, and no step wrote BUILD_FAILED=true."
    case .markerIgnored:
      "GitHub and the marker say failure, CodeBuild SUCCEEDED: GitHub is right. The build's "
        + "post_build did not read the marker; is buildspec-override:true among the labels?"
    case .markerContradicts:
      "GitHub says success, the marker says failure: a failed step was forgiven "
        + "(continue-on-error), or the marker was written by another job on this build."
    case .buildFailedAfterwards:
      "GitHub says success, CodeBuild does not: the job is done, and the build failed around it, "
        + "usually in post_build."
    }
  }
}

extension Verdict {
  /// Judges a joined job; one whose build is not certain is undecided.
  package init(_ item: DeployJob) {
    self =
      item.correlation.best?.tier == .ambiguous
      ? .undecided : Verdict(job: item.job, build: item.build, marker: item.marker)
  }

  /// Judges one job with its build and its marker.
  /// - Parameters:
  ///   - job: A job; one that is not over is undecided.
  ///   - build: The build that it ran on.
  ///   - marker: What the build's marker says.
  package init(job: Job, build: Build?, marker: Marker) {
    guard job.status == .completed, let conclusion = job.conclusion, let build, !build.isActive
    else {
      self = .undecided
      return
    }
    let isMarkedFailed = marker == .failed
    switch (conclusion, build.status) {
    case (.success, _) where isMarkedFailed:
      self = .disagree(.markerContradicts)
    case (.success, .failed), (.success, .fault), (.success, .timedOut), (.success, .stopped):
      self = .disagree(.buildFailedAfterwards)
    case (.failure, .succeeded), (.timedOut, .succeeded):
      switch marker {
      case .failed: self = .disagree(.markerIgnored)
      case .absent, .other: self = .disagree(.failureUnmarked)
      case .notLooked, .unreadable: self = .undecided
      }
    default:
      self = .agree
    }
  }
}
