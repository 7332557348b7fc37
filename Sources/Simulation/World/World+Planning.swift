import Deploys
import Foundation

extension World {
  /// GitHub gives up on a job that no runner has taken for a day.
  static let queueLimit = Duration.seconds(86_400)

  /// Plans every job of the newest attempt whose beginning is known.
  mutating func planReadyJobs(of runID: Int64) {
    guard let run = runs[runID] else { return }
    let workflow = workflow(of: run)
    var hasProgressed = true
    while hasProgressed {
      hasProgressed = false
      for template in workflow.jobs {
        guard let run = runs[runID], let attempt = run.attempts.last,
          !isSkippedWithCaller(template, of: workflow, in: attempt)
        else { continue }
        let missing = template.names.filter { name in
          !attempt.jobs.contains { $0.key == template.key && ($0.name == name || $0.isSkipped) }
        }
        guard !missing.isEmpty, let beginning = beginning(of: template, in: attempt) else {
          continue
        }
        hasProgressed = true
        plan(missing, of: template, beginning: beginning, runID: runID)
      }
    }
  }

  /// Whether the whole call that a job belongs to was skipped: GitHub shows the call alone then.
  private func isSkippedWithCaller(
    _ template: SimulatedWorkflow.JobTemplate, of workflow: SimulatedWorkflow,
    in attempt: AttemptPlan
  ) -> Bool {
    guard let caller = template.caller else { return false }
    return attempt.jobs.contains { $0.isSkipped && $0.name == caller }
  }

  private enum Beginning {
    case ready(Instant)
    case skipped(Instant)
  }

  /// When a job comes to be; `nil` while a job that it needs has no end.
  private func beginning(
    of template: SimulatedWorkflow.JobTemplate, in attempt: AttemptPlan
  ) -> Beginning? {
    guard !template.needs.isEmpty else { return .ready(attempt.startedAt + .milliseconds(1200)) }
    var end = attempt.startedAt
    var hasSucceeded = true
    for key in template.needs {
      let needed = attempt.jobs.filter { $0.key == key }
      guard !needed.isEmpty else { return nil }
      for job in needed {
        guard let completedAt = job.completedAt else { return nil }
        end = max(end, completedAt)
        hasSucceeded = hasSucceeded && job.conclusion == .success
      }
    }
    return hasSucceeded ? .ready(end) : .skipped(end)
  }

  private mutating func plan(
    _ names: [String], of template: SimulatedWorkflow.JobTemplate, beginning: Beginning,
    runID: Int64
  ) {
    guard var run = runs[runID], var attempt = run.attempts.last else { return }
    let workflow = workflow(of: run)
    switch beginning {
    case .skipped(let time):
      var job = newJob(
        workflow.nameIfSkipped(template), of: template, run: run, attempt: attempt, at: time)
      job.queuedAt = time
      job.completedAt = time
      job.conclusion = .skipped
      attempt.jobs.append(job)
    case .ready(let time):
      var jobs = names.map { newJob($0, of: template, run: run, attempt: attempt, at: time) }
      let isHeldBack = isReviewed(template.environment, in: run.repository)
      for index in jobs.indices where attempt.cancelledAt != nil {
        jobs[index].queuedAt = time
        jobs[index].completedAt = time + .milliseconds(500)
        jobs[index].conclusion = .cancelled
      }
      guard attempt.cancelledAt == nil else {
        attempt.jobs += jobs
        break
      }
      for index in jobs.indices {
        jobs[index].queuedAt =
          isHeldBack
          ? attempt.fate.review.map { review in
            max(time + review, endOfTimer(of: template.environment, run: run, from: time))
          } : time
      }
      let firstKey = workflow.jobs.first?.key
      let fate =
        (attempt.fate.job ?? firstKey) == template.key ? attempt.fate : attempt.fate.ordinary
      assignRunners(&jobs, run: run, workflow: workflow, template: template, fate: fate)
      attempt.jobs += jobs
    }
    run.attempts[run.attempts.count - 1] = attempt
    update(run)
  }

  /// Whether an environment's rules ask for a review.
  func isReviewed(_ environment: String?, in repository: Int) -> Bool {
    catalogue.repositories[repository].environments.contains {
      $0.name == environment && $0.isProtected
    }
  }

  /// When the wait timer of an environment lets a job go that came to be at a moment; the timer
  /// counts real minutes, whatever the world's speed.
  func endOfTimer(of environment: String?, run: RunPlan, from time: Instant) -> Instant {
    let minutes =
      catalogue.repositories[run.repository].environments
      .first { $0.name == environment }?.waitTimer ?? 0
    guard minutes > 0 else { return time }
    return clock.instant(of: clock.date(of: time).addingTimeInterval(Double(minutes * 60)))
  }

  private mutating func newJob(
    _ name: String, of template: SimulatedWorkflow.JobTemplate, run: RunPlan,
    attempt: AttemptPlan, at time: Instant
  ) -> JobPlan {
    let workflow = workflow(of: run)
    let upstream = attempt.jobs.first { template.needs.contains($0.key) }
    let labelAttempt =
      template.inheritsLabel ? upstream?.labelAttempt ?? attempt.number : attempt.number
    let project = catalogue.account(for: workflow.environment)?.project ?? ""
    return JobPlan(
      id: takeJobID(of: run.id), key: template.key, name: name,
      labels: workflow.labels(project: project, runID: run.id, attempt: labelAttempt),
      labelAttempt: labelAttempt, environment: template.environment, createdAt: time,
      isDebug: attempt.isDebug)
  }

  /// Gives jobs that ask for a runner their runners, their steps and their ends.
  mutating func assignRunners(
    _ jobs: inout [JobPlan], run: RunPlan, workflow: SimulatedWorkflow,
    template: SimulatedWorkflow.JobTemplate, fate: RunFate
  ) {
    var ready: [(job: Int, build: String?)] = []
    for index in jobs.indices {
      guard let queuedAt = jobs[index].queuedAt else { continue }
      guard workflow.runner != .hosted else {
        ready.append((index, nil))
        continue
      }
      jobs[index].completedAt = queuedAt + Self.queueLimit
      jobs[index].conclusion = .cancelled
      guard fate.runner != .neverComes,
        let build = newBuild(
          for: jobs[index], run: run, workflow: workflow, queuedAt: queuedAt, fate: fate.runner)
      else { continue }
      add(build)
      jobs[index].requestedBuild = build.id
      if case .abandoned(let after) = fate.runner {
        jobs[index].completedAt = queuedAt + after
      } else if build.listeningAt != nil, fate.runner != .idles {
        ready.append((index, build.id))
      }
    }
    let isSwapped = fate.runner == .swapped && ready.count == 2
    for (place, entry) in ready.enumerated() {
      let build = isSwapped ? ready[1 - place].build : entry.build
      perform(&jobs[entry.job], on: build, steps: template.steps, fate: fate)
    }
  }

  private mutating func perform(
    _ job: inout JobPlan, on buildID: String?, steps: SimulatedWorkflow.StepSet, fate: RunFate
  ) {
    guard let queuedAt = job.queuedAt else { return }
    var chance = Randomness(seed: seed, "job", String(job.id))
    var pickup = queuedAt + chance.seconds(4...14)
    if let buildID, let listeningAt = builds[buildID]?.listeningAt {
      pickup = max(listeningAt, queuedAt) + .seconds(1)
      job.runner = RunnerPlan(
        id: 400 + job.id % 9000, name: "runner-\(chance.hex(12))", groupID: 1, group: "Default")
    } else {
      let number = chance.number(in: 2...900)
      job.runner = RunnerPlan(
        id: number, name: "GitHub Actions \(number)", groupID: 2, group: "GitHub Actions")
    }
    job.pickedUpAt = pickup
    job.ranOn = buildID
    job.fill(steps, from: pickup, fate: fate, chance: &chance)
    if case .cancelled(let after) = fate.ending {
      job.interrupt(at: pickup + after, settling: .seconds(3))
    }
    finishBuild(of: job, isMarked: fate.ending == .failure)
  }
}

extension JobPlan {
  fileprivate var isSkipped: Bool { conclusion == .skipped }
}

extension RunFate {
  /// The same attempt's other jobs: they go as jobs do.
  fileprivate var ordinary: RunFate { RunFate(review: review, stretch: stretch) }
}
