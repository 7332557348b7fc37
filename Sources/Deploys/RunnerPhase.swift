package import Foundation

/// What a job's runner is doing.
package enum RunnerPhase: Sendable, Hashable {
  /// The job does not ask for a runner yet.
  case notNeeded
  /// The job asks for a runner and no build is known to answer, since the given time.
  case unclaimed(since: Date)
  /// The build is in a phase, named in AWS's words.
  case inPhase(String, since: Date?)
  /// The build is over, and so is the job.
  case ended(BuildStatus, at: Date?)
  /// The build is over, and the job still waits or runs.
  case gone(BuildStatus, at: Date?)
  /// The builds cannot be read, and why.
  case unreadable(String)
  /// Not a CodeBuild runner, or one of an environment without AWS.
  case outside

  /// Joins a job with the build that is its runner.
  /// - Parameters:
  ///   - job: The job.
  ///   - build: The build that the correlation names; `nil` for none.
  ///   - failure: Why the builds could not be read; `nil` where they were.
  package init(job: Job, build: Build?, failure: String?) {
    if let build {
      if build.isActive {
        self = .inPhase(
          build.currentPhase ?? build.phase?.name ?? build.status.rawValue,
          since: build.phase?.startedAt ?? build.startedAt)
      } else if job.status == .completed {
        self = .ended(build.status, at: build.endedAt)
      } else {
        self = .gone(build.status, at: build.endedAt)
      }
      return
    }
    switch job.status {
    case .requested, .pending, .waiting:
      self = .notNeeded
    case .queued, .inProgress, .completed, .other:
      if let failure {
        self = .unreadable(failure)
      } else if job.status == .queued, let since = job.queuedSince {
        self = .unclaimed(since: since)
      } else {
        self = .outside
      }
    }
  }

  /// The word for it in `--json`; AWS's own word where there is one.
  package var name: String {
    switch self {
    case .notNeeded: "not_needed"
    case .unclaimed: "unclaimed"
    case .inPhase(let name, _): name
    case .ended: "COMPLETED"
    case .gone: "gone"
    case .unreadable: "unreadable"
    case .outside: "unknown"
    }
  }

  /// Since when it has been so; `nil` where nobody knows.
  package var since: Date? {
    switch self {
    case .unclaimed(let since): since
    case .inPhase(_, let since): since
    case .ended(_, let at), .gone(_, let at): at
    case .notNeeded, .unreadable, .outside: nil
    }
  }
}
