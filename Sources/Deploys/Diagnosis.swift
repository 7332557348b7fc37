package import Foundation

/// Names what is wrong with a deploy, with the evidence and what to do about it.
package struct Diagnosis: Sendable {
  /// After how long a state becomes worth a person's time.
  package struct Limits: Sendable, Hashable {
    /// A queued job without a runner.
    ///
    /// CodeBuild takes one to two minutes to bring one up.
    package var noRunner: Duration
    /// A build that is still coming up.
    package var slowRunner: Duration
    /// A build that is over while its job is not, or the reverse.
    package var afterEnd: Duration
    /// A failure that nobody has followed up with another run.
    package var failure: Duration

    /// Creates limits.
    package init(
      noRunner: Duration = .minutes(3), slowRunner: Duration = .minutes(5),
      afterEnd: Duration = .minutes(2), failure: Duration = .seconds(86_400)
    ) {
      self.noRunner = noRunner
      self.slowRunner = slowRunner
      self.afterEnd = afterEnd
      self.failure = failure
    }
  }

  private let deploy: Deploy
  private let isSuperseded: Bool
  private let limits: Limits
  private let now: Date

  /// Looks at one deploy.
  /// - Parameters:
  ///   - deploy: The deploy, joined and with its state and verdict.
  ///   - isSuperseded: Whether a newer run of the same service to the same environment exists.
  ///   - limits: After how long a state is worth a person's time.
  ///   - now: The time.
  /// - Returns: The findings, those that need a person first.
  package static func findings(
    in deploy: Deploy, isSuperseded: Bool, limits: Limits = Limits(), at now: Date
  ) -> [Finding] {
    let diagnosis = Diagnosis(
      deploy: deploy, isSuperseded: isSuperseded, limits: limits, now: now)
    let all =
      diagnosis.runFindings() + diagnosis.earlyFailures()
      + deploy.jobs.flatMap(diagnosis.jobFindings)
    return all.filter(\.needsPerson) + all.filter { !$0.needsPerson }
  }

  // MARK: - The run

  private func runFindings() -> [Finding] {
    switch deploy.state {
    case .completed(let conclusion): endFindings(conclusion)
    case .waiting: [approval()]
    case .pending: deploy.jobs.isEmpty && deploy.hasJobs ? [concurrency()] : []
    case .queued, .running:
      deploy.jobs.contains { $0.job.status == .waiting } ? [approval()] : []
    case .other: []
    }
  }

  private func endFindings(_ conclusion: Conclusion) -> [Finding] {
    let ended = deploy.endedAt ?? deploy.run.updatedAt
    let isOpen = !isSuperseded && Duration(from: ended, to: now) < limits.failure
    switch conclusion {
    case .failure, .timedOut:
      return [failure(conclusion, isOpen: isOpen)]
    case .startupFailure:
      return [
        Finding(
          kind: .startupFailure, summary: "GitHub could not start the workflow",
          evidence: ["conclusion startup_failure"],
          action: "Open the run on GitHub (o): the workflow file is invalid at this ref.",
          needsPerson: isOpen)
      ]
    case .actionRequired:
      return [
        Finding(
          kind: .actionRequired, summary: "GitHub waits for somebody to act",
          evidence: ["conclusion action_required"],
          action: "Open the run on GitHub (o) and approve it there.", needsPerson: isOpen)
      ]
    case .success, .neutral, .cancelled, .skipped, .stale, .other:
      return []
    }
  }

  private func failure(_ conclusion: Conclusion, isOpen: Bool) -> Finding {
    let failed = deploy.jobs.first { $0.job.conclusion?.isFailure == true }
    let word = conclusion == .timedOut ? "timed out" : "failed"
    var summary = word
    var evidence = ["GitHub concludes \(conclusion.rawValue)"]
    if let failed {
      if let step = failed.job.failedStep {
        summary = "\(word) at: \(step.name)"
        evidence.append("job \(failed.job.name), step \(step.number) \(step.name)")
      } else if failed.job.steps.isEmpty || failed.marker == .failed {
        // Without its steps nothing is known of them, and a marker proves that one failed.
        summary = deploy.jobs.count > 1 ? "\(word): \(failed.job.name)" : word
        evidence.append("job \(failed.job.name); GitHub names no failed step")
      } else {
        summary = "\(word), and no step did: the runner was lost"
        evidence.append("no step is marked as failed: the runner was lost or stopped")
      }
      if let build = failed.build {
        evidence.append("build \(build.key.id) \(build.status.rawValue)")
      }
      evidence.append("marker \(failed.marker.name)")
    }
    return Finding(
      kind: .failed, summary: summary, evidence: evidence,
      action: isSuperseded
        ? "A newer run of the service has followed; a retry would put this commit back."
        : "Read the failing lines (enter), then retry the failed jobs (r).",
      needsPerson: isOpen)
  }

  /// What has failed already while the run goes on with other jobs.
  private func earlyFailures() -> [Finding] {
    let failed = deploy.jobs.filter { $0.job.conclusion?.isFailure == true }
    guard !deploy.state.isOver, let first = failed.first else { return [] }
    let rest = deploy.jobs.count { $0.job.status != .completed }
    let more = failed.count > 1 ? " and \(failed.count - 1) more" : ""
    return [
      Finding(
        kind: .failed, summary: "\(first.job.name)\(more) failed already",
        evidence: failed.map { item in
          let step = item.job.failedStep.map { ", step \($0.number) \($0.name)" } ?? ""
          return "job \(item.job.name)\(step)"
        },
        action: rest > 0
          ? "Read the failing lines (enter). GitHub runs jobs again only when the run is over: "
            + "\(rest) still to end; cancel them (x) if they are not worth the wait."
          : "Read the failing lines (enter).",
        needsPerson: false)
    ]
  }

  private func approval() -> Finding {
    let waiting = deploy.jobs.first { $0.job.status == .waiting }?.job
    let since = waiting?.createdAt ?? deploy.run.startedAt
    return Finding(
      kind: .approvalNeeded,
      summary: "waits for approval, \(Duration(from: since, to: now).coarseText)",
      evidence: [
        waiting.map { "job \($0.name) is held by its environment's protection rules" }
          ?? "the run is held by its environment's protection rules"
      ],
      action: "Ask a reviewer, or approve it (P). It is given up after 30 days.",
      needsPerson: true)
  }

  private func concurrency() -> Finding {
    Finding(
      kind: .concurrency, summary: "held by a concurrency group",
      evidence: ["the run is pending and has no jobs yet"],
      action: "It starts when the run ahead of it ends; cancel that one if it hangs.",
      needsPerson: false)
  }

  // MARK: - A job

  private func jobFindings(_ item: DeployJob) -> [Finding] {
    switch item.job.status {
    case .queued: deploy.state.isOver ? [] : queuedFindings(item)
    case .inProgress: runningFindings(item)
    case .completed: endedFindings(item)
    // Whether a job in a state that is not known here waits for a runner cannot be told.
    case .requested, .pending, .waiting, .other: []
    }
  }

  private func queuedFindings(_ item: DeployJob) -> [Finding] {
    switch item.phase {
    case .unclaimed(let since):
      let waited = Duration(from: since, to: now)
      return waited >= limits.noRunner ? [noRunner(item, waited: waited)] : []
    case .inPhase(let name, let since):
      guard let since, Duration(from: since, to: now) >= limits.noRunner else { return [] }
      return [slowRunner(item, phase: name, waited: Duration(from: since, to: now))]
    case .gone(let status, let end):
      guard let end, Duration(from: end, to: now) >= .seconds(15) else { return [] }
      return [goneBeforeStart(item, status: status)]
    case .unreadable(let reason):
      let waited = Duration(from: item.job.queuedSince ?? deploy.run.startedAt, to: now)
      return [
        Finding(
          kind: .unreadable, summary: "queued; its runner cannot be seen: \(reason)",
          evidence: [reason], action: "Mend the access to AWS that the message names.",
          needsPerson: waited >= limits.noRunner)
      ]
    case .outside:
      guard let since = item.job.queuedSince else { return [] }
      let waited = Duration(from: since, to: now)
      return waited >= limits.noRunner ? [noRunner(item, waited: waited)] : []
    case .notNeeded, .ended: return []
    }
  }

  private func noRunner(_ item: DeployJob, waited: Duration) -> Finding {
    var evidence = ["job \(item.job.name) asks for \(item.job.labels.joined(separator: ", "))"]
    var action =
      switch item.kind {
      case .gitHubHosted: "GitHub's own runners are short, or the account's limit is reached."
      case .selfHosted, .unknown, .codeBuild:
        "Check that a runner with these labels is registered and idle."
      }
    if item.kind.label == nil,
      let typo = item.job.labels.first(where: { $0.hasPrefix("codebuild-") })
    {
      evidence.append("\(typo) is not codebuild-PROJECT-RUN_ID-ATTEMPT, so CodeBuild ignores it")
      action = "Correct runs-on in the workflow; then cancel and run it anew."
    }
    if let project = item.kind.label?.project, case .unclaimed = item.phase {
      evidence.append("no build of project \(project) was started for it")
      action =
        "Check project \(project): its webhook and filters, the label's spelling, the account's "
        + "build limit, GitHub's webhook deliveries. Then cancel and retry."
    }
    return Finding(
      kind: .noRunner, summary: "no runner for \(waited.coarseText)", evidence: evidence,
      action: action, needsPerson: true)
  }

  private func slowRunner(_ item: DeployJob, phase: String, waited: Duration) -> Finding {
    let isQueued = phase == "QUEUED"
    if item.build?.hasRunnerUp == true { return runnerTaken(item, waited: waited) }
    return Finding(
      kind: .slowRunner, summary: "runner in \(phase) for \(waited.coarseText)",
      evidence: item.build.map { ["build \($0.key.id)"] } ?? [],
      action: isQueued
        ? "The account's concurrent build limit may be reached; see Service Quotas."
        : waited > .seconds(3600)
          ? "The runner's token is good for an hour: cancel, then retry."
          : "Look at the build's log; a slow image or network holds the runner up.",
      needsPerson: waited >= limits.slowRunner)
  }

  private func runnerTaken(_ item: DeployJob, waited: Duration) -> Finding {
    let taker = deploy.jobs.first {
      $0.id != item.id && $0.correlation.ranOn?.build == item.build?.key
    }
    return Finding(
      kind: .runnerTaken,
      summary: taker.map { "its runner took \($0.job.name) instead" }
        ?? "its runner is up, and the job still waits",
      evidence: (item.build.map { ["build \($0.key.id) is in BUILD for \(waited.coarseText)"] }
        ?? [])
        + ["GitHub hands a runner to any job whose labels are a subset of the runner's"],
      action: "Give each job a label of its own. If no other runner comes, cancel, then retry.",
      needsPerson: waited >= limits.slowRunner)
  }

  private func goneBeforeStart(_ item: DeployJob, status: BuildStatus) -> Finding {
    let evidence = buildEvidence(item)
    let isCertain = item.correlation.best?.tier != .ambiguous
    if status == .succeeded {
      return Finding(
        kind: .runnerGone, summary: "its runner came and went; the job still waits",
        evidence: evidence + ["the build SUCCEEDED without running the job"],
        action: "The runner met a session conflict or another job took it. Cancel, then retry.",
        needsPerson: isCertain)
    }
    let phase = item.build?.failedPhase?.name
    return Finding(
      kind: .runnerFailed,
      summary:
        "its runner \(status.rawValue)\(phase.map { " in \($0)" } ?? ""); the job still waits",
      evidence: evidence,
      action: "GitHub would wait for 24 hours. Cancel by hand, mend the build, then retry.",
      needsPerson: isCertain)
  }

  private func runningFindings(_ item: DeployJob) -> [Finding] {
    guard case .gone(let status, let end) = item.phase, let end,
      Duration(from: end, to: now) >= limits.afterEnd
    else { return [] }
    return [
      Finding(
        kind: .runnerGone,
        summary: "its runner is gone (\(status.rawValue)); GitHub still says running",
        evidence: buildEvidence(item),
        action: "GitHub notices within 10 to 30 minutes. Cancel, then retry, if it is urgent.",
        needsPerson: item.correlation.best?.tier != .ambiguous)
    ]
  }

  private func endedFindings(_ item: DeployJob) -> [Finding] {
    var findings: [Finding] = []
    if let build = item.idleBuild, let end = item.job.completedAt,
      Duration(from: end, to: now) >= limits.afterEnd
    {
      findings.append(
        Finding(
          kind: .idleBuild, summary: "the job is over; its build goes on",
          evidence: ["build \(build.key.id) in \(build.currentPhase ?? "progress")"],
          action: "CodeBuild does not hear of cancelled jobs; stop the build (x).",
          needsPerson: false))
    }
    if case .disagree(let disagreement) = Verdict(item) {
      findings.append(
        Finding(
          kind: .disagreement, summary: disagreement.summary,
          evidence: buildEvidence(item) + ["marker \(item.marker.name)"],
          action: disagreement.explanation, needsPerson: false))
    }
    return findings
  }

  private func buildEvidence(_ item: DeployJob) -> [String] {
    guard let build = item.build else { return [] }
    let phase = build.failedPhase
    return ["build \(build.key.id) \(build.status.rawValue)"]
      + (phase.map { ["phase \($0.name) \($0.status?.rawValue ?? "")"] } ?? [])
      + (phase?.messages ?? [])
  }
}

extension Build {
  /// Whether the runner is running, so that a waiting job waits for another reason.
  fileprivate var hasRunnerUp: Bool { currentPhase == "BUILD" }
}

extension Disagreement {
  /// One short line for the board.
  package var summary: String {
    switch self {
    case .failureUnmarked: "CodeBuild says SUCCEEDED, no failure marker"
    case .markerIgnored: "CodeBuild says SUCCEEDED despite the marker"
    case .markerContradicts: "the marker says failed"
    case .buildFailedAfterwards: "CodeBuild says failed"
    }
  }
}
