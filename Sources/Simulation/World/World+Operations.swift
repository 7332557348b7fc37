import Deploys

/// Why the world refuses an operation.
enum OperationRefusal: Error, Sendable, Hashable {
  case notFound
  case alreadyRunning
  case tooOld
  case nothingFailed
  case alreadyCompleted
  case nothingToReview
}

extension World {
  /// What is to be run again.
  enum RerunScope: Sendable, Hashable {
    case all
    case failed
    case job(Int64)
  }

  /// Starts another attempt.
  mutating func rerun(
    _ runID: Int64, scope: RerunScope, isDebug: Bool = false, actor: SimulatedPerson,
    at now: Instant
  ) throws(OperationRefusal) {
    guard let run = runs[runID], let last = run.attempts.last else { throw .notFound }
    guard run.state(at: now).status == .completed else { throw .alreadyRunning }
    guard now - run.createdAt <= .seconds(30 * 86_400) else { throw .tooOld }
    var chance = Randomness(seed: seed, "rerun", String(runID), String(last.number))
    let fate = RunFate(
      ending: chance.chance(scenario.failureRate) ? .failure : .success, review: nil)
    try addAttempt(to: run, scope: scope, isDebug: isDebug, actor: actor, fate: fate, at: now)
    switch scope {
    case .all: record(.rerun, String(runID), at: now)
    case .failed: record(.rerunFailedJobs, String(runID), at: now)
    case .job(let id): record(.rerunJob, String(id), at: now)
    }
  }

  /// Plans another attempt.
  mutating func addAttempt(
    to run: RunPlan, scope: RerunScope, isDebug: Bool = false, actor: SimulatedPerson,
    fate: RunFate, at now: Instant
  ) throws(OperationRefusal) {
    guard let last = run.attempts.last else { throw .notFound }
    let keys = keysToRun(scope, in: last, workflow: workflow(of: run))
    guard !keys.isEmpty else { throw .nothingFailed }
    var run = run
    var attempt = AttemptPlan(
      number: last.number + 1, startedAt: now, actor: actor, fate: fate, isDebug: isDebug)
    for job in last.jobs where !isToRun(job, scope: scope, keys: keys) {
      attempt.jobs.append(JobPlan(carrying: job, id: takeJobID(of: run.id)))
    }
    run.attempts.append(attempt)
    update(run)
    planReadyJobs(of: run.id)
  }

  /// The jobs that a retry is about, and all that need them.
  private func keysToRun(
    _ scope: RerunScope, in attempt: AttemptPlan, workflow: SimulatedWorkflow
  ) -> Set<String> {
    var keys: Set<String>
    switch scope {
    case .all: keys = Set(workflow.jobs.map(\.key))
    case .failed: keys = Set(attempt.jobs.filter(\.hasFailed).map(\.key))
    case .job(let id): keys = Set(attempt.jobs.filter { $0.id == id }.map(\.key))
    }
    for template in workflow.jobs where !keys.isDisjoint(with: template.needs) {
      keys.insert(template.key)
    }
    return keys
  }

  private func isToRun(_ job: JobPlan, scope: RerunScope, keys: Set<String>) -> Bool {
    guard keys.contains(job.key) else { return false }
    return switch scope {
    case .all: true
    case .failed: job.hasFailed || job.conclusion == .skipped
    case .job(let id): job.id == id || isDownstream(job)
    }
  }

  private func isDownstream(_ job: JobPlan) -> Bool {
    guard let runID = runOfJob[job.id], let run = runs[runID] else { return false }
    return workflow(of: run).jobs.contains { $0.key == job.key && !$0.needs.isEmpty }
  }

  /// How long a job may run, which is when one ends that no cancel can end.
  private static let jobLimit = Duration.seconds(5 * 86_400)

  /// Cancels the newest attempt; by force, whatever still runs ends at once.
  mutating func cancel(_ runID: Int64, force: Bool, at now: Instant) throws(OperationRefusal) {
    guard var run = runs[runID], var attempt = run.attempts.last else { throw .notFound }
    guard run.state(at: now).status != .completed else { throw .alreadyCompleted }
    forgetFuture(of: &attempt, after: now)
    attempt.cancelledAt = now
    let hangs = scenario.cancelHangs.contains(workflow(of: run).displayName)
    let hang: Duration = force ? .seconds(1) : hangs ? Self.jobLimit : .seconds(3)
    for index in attempt.jobs.indices {
      var job = attempt.jobs[index]
      switch job.status(at: now) {
      case .completed: continue
      case .inProgress:
        let isEnding = job.completedAt.map { $0 <= now + hang + .seconds(2) } ?? false
        if job.conclusion == .cancelled, isEnding, !force { continue }
        job.interrupt(at: now, settling: hang)
        finishBuild(of: job, isMarked: false)
      case .waiting, .queued, .requested, .pending, .other:
        abandonBuild(of: job, at: now)
        let requested = job.requestedBuild
        job.queuedAt = min(job.queuedAt ?? now, now)
        job.strand()
        job.requestedBuild = requested
        job.completedAt = now + .milliseconds(1500)
        job.conclusion = .cancelled
      }
      attempt.jobs[index] = job
    }
    run.attempts[run.attempts.count - 1] = attempt
    update(run)
    planReadyJobs(of: runID)
    record(force ? .forceCancel : .cancel, String(runID), at: now)
  }

  /// Approves or rejects what waits for the environments; gives the names of those that did.
  mutating func review(
    _ runID: Int64, environments: [String], approves: Bool, at now: Instant
  ) throws(OperationRefusal) -> [String] {
    guard var run = runs[runID], var attempt = run.attempts.last else { throw .notFound }
    let workflow = workflow(of: run)
    let waiting = attempt.jobs.filter { job in
      job.createdAt <= now && job.status(at: now) == .waiting
        && job.approvedAt == nil && job.environment.map(environments.contains) == true
    }
    guard !waiting.isEmpty else { throw .nothingToReview }
    forgetFuture(of: &attempt, after: now)
    for template in workflow.jobs {
      let places = attempt.jobs.indices.filter { index in
        waiting.contains { $0.id == attempt.jobs[index].id }
          && attempt.jobs[index].key == template.key
      }
      guard !places.isEmpty else { continue }
      var jobs = places.map { attempt.jobs[$0] }
      for index in jobs.indices {
        abandonBuild(of: jobs[index], at: now)
        jobs[index].approvedAt = approves ? now : nil
        jobs[index].queuedAt =
          approves
          ? max(
            now,
            endOfTimer(of: template.environment, run: run, from: jobs[index].createdAt)) : now
        jobs[index].requestedBuild = nil
        jobs[index].strand()
        guard !approves else { continue }
        jobs[index].completedAt = now
        jobs[index].conclusion = .failure
      }
      if approves {
        assignRunners(
          &jobs, run: run, workflow: workflow, template: template, fate: attempt.fate)
      }
      for (place, job) in zip(places, jobs) { attempt.jobs[place] = job }
    }
    run.attempts[run.attempts.count - 1] = attempt
    update(run)
    planReadyJobs(of: runID)
    record(approves ? .approve : .reject, String(runID), at: now)
    return waiting.compactMap(\.environment)
  }

  /// Stops a build; the job on it loses its runner, the job that asked for it stays queued.
  mutating func stopBuild(_ id: String, at now: Instant) throws(OperationRefusal) -> BuildPlan {
    guard var build = builds[id], build.startedAt <= now else { throw .notFound }
    guard build.status(at: now) == .inProgress, build.status != .stopped else { return build }
    build.stop(at: now)
    builds[id] = build
    if var run = runs[build.runID], var attempt = run.attempts.last,
      let index = attempt.jobs.firstIndex(where: { $0.ranOn == id && !$0.isCarried })
    {
      switch attempt.jobs[index].status(at: now) {
      case .inProgress: attempt.jobs[index].lose(at: now)
      case .queued: attempt.jobs[index].strand()
      case .completed, .waiting, .requested, .pending, .other: break
      }
      forgetFuture(of: &attempt, after: now)
      run.attempts[run.attempts.count - 1] = attempt
      update(run)
      planReadyJobs(of: run.id)
    }
    record(.stopBuild, id, at: now)
    return build
  }

  /// Drops jobs that have not come to be yet, with their builds: their beginning may move.
  private mutating func forgetFuture(of attempt: inout AttemptPlan, after now: Instant) {
    for job in attempt.jobs where job.createdAt > now { abandonBuild(of: job, at: now) }
    attempt.jobs.removeAll { $0.createdAt > now }
  }

  /// The build of a job that will not come: forgotten when it has not started, else left waiting.
  private mutating func abandonBuild(of job: JobPlan, at now: Instant) {
    for id in Set([job.requestedBuild, job.ranOn].compactMap { $0 }) {
      guard var build = builds[id] else { continue }
      if build.startedAt > now {
        remove(build: id)
      } else if build.ran != nil {
        var chance = Randomness(seed: seed, "end of build", id)
        build.ran = nil
        build.markerAt = nil
        build.wait(chance: &chance)
        builds[id] = build
      }
    }
  }
}

extension JobPlan {
  fileprivate var hasFailed: Bool {
    conclusion?.isFailure == true || conclusion == .cancelled
  }

  /// The same job in a later attempt, which does not run it again.
  fileprivate init(carrying job: JobPlan, id: Int64) {
    self.init(
      id: id, key: job.key, name: job.name, labels: job.labels, labelAttempt: job.labelAttempt,
      environment: job.environment, createdAt: job.createdAt, queuedAt: job.queuedAt,
      pickedUpAt: job.pickedUpAt, completedAt: job.completedAt, conclusion: job.conclusion,
      steps: job.steps, runner: job.runner, requestedBuild: job.requestedBuild, ranOn: job.ranOn,
      lostAt: job.lostAt, isDebug: job.isDebug, cause: job.cause, carriedFrom: job.workID)
  }
}
