import Deploys

/// What GitHub says of an attempt at one moment.
struct RunState: Sendable, Hashable {
  var status: RunStatus
  var conclusion: Conclusion?
  var updatedAt: Instant

  /// A run's status follows its least advanced job that is not over.
  init(run: RunPlan, attempt: AttemptPlan, at now: Instant) {
    let jobs = attempt.jobs.filter { $0.createdAt <= now }
    updatedAt = jobs.map { $0.changedAt(by: now) }.reduce(attempt.startedAt, max)
    let open = jobs.map { $0.status(at: now) }.filter { $0 != .completed }
    if jobs.isEmpty || open.contains(.queued) {
      status = open.contains(.waiting) ? .waiting : .queued
    } else if open.contains(.waiting) {
      status = .waiting
    } else if open.contains(.inProgress) || jobs.count < attempt.jobs.count {
      status = .inProgress
    } else {
      status = .completed
      let ends = jobs.compactMap(\.conclusion)
      conclusion =
        ends.contains { $0.isFailure }
        ? .failure
        : ends.contains(.cancelled)
          ? .cancelled
          : ends.allSatisfy { $0 == .skipped }
            ? .skipped : .success
    }
  }
}

extension RunPlan {
  /// The newest attempt that has begun.
  func attempt(at now: Instant) -> AttemptPlan {
    attempts.last { $0.startedAt <= now } ?? attempts[0]
  }

  /// What GitHub says of the newest attempt.
  func state(at now: Instant) -> RunState {
    RunState(run: self, attempt: attempt(at: now), at: now)
  }
}
