import Deploys

extension World {
  /// The build that CodeBuild starts for a queued job, up to its listening runner.
  func newBuild(
    for job: JobPlan, run: RunPlan, workflow: SimulatedWorkflow, queuedAt: Instant,
    fate: RunFate.Runner
  ) -> BuildPlan? {
    guard
      let account = catalogue.accounts.firstIndex(where: {
        $0.environment == workflow.environment
      }), let label = job.labels.first
    else { return nil }
    var chance = Randomness(seed: seed, "build", String(job.id))
    let startedAt = queuedAt + chance.seconds(1...4)
    var build = BuildPlan(
      id: "\(catalogue.accounts[account].project):\(chance.uuid())", account: account,
      requestedBy: job.id, runID: run.id,
      repository: catalogue.repositories[run.repository].name,
      workflowName: workflow.displayName, label: label,
      runsBuildspec: workflow.runner != .hosted, initiator: hookshot, startedAt: startedAt,
      phases: [], endedAt: startedAt, status: .succeeded)
    let lengths: [(String, ClosedRange<Double>)] = [
      ("SUBMITTED", 0.05...0.3), ("QUEUED", 0.3...1.5), ("PROVISIONING", 30...58),
      ("DOWNLOAD_SOURCE", 3...9), ("INSTALL", 10...24), ("PRE_BUILD", 2...5),
    ]
    var time = startedAt
    for (type, range) in lengths {
      var length = chance.seconds(range)
      if case .held(type, let hold) = fate { length = hold }
      build.phases.append(
        BuildPlan.Phase(
          type: type, startedAt: time, endedAt: time + length, status: .succeeded))
      time = time + length
      if type == "INSTALL", fate == .failsInInstall {
        fail(&build, at: time)
        return build
      }
    }
    let listening = time + chance.seconds(5...12)
    build.listeningAt = listening
    build.phases.append(
      BuildPlan.Phase(type: "BUILD", startedAt: time, endedAt: nil, status: .succeeded))
    if fate == .idles {
      build.close(buildEndsAt: listening + .seconds(240), status: .succeeded, chance: &chance)
    } else {
      build.wait(chance: &chance)
    }
    return build
  }

  /// Ends the build that a job runs on, some moments after the job.
  mutating func finishBuild(of job: JobPlan, isMarked: Bool) {
    guard let id = job.ranOn, var build = builds[id], let from = job.pickedUpAt,
      let to = job.completedAt, let result = job.conclusion
    else { return }
    var chance = Randomness(seed: seed, "end of build", id)
    build.ran = BuildPlan.RunJob(name: job.name, from: from, to: to, result: result)
    let marker = job.steps.first { $0.name == StepTemplate.markerName }
    build.markerAt = isMarked && marker?.conclusion == .success ? marker?.completedAt : nil
    build.close(
      buildEndsAt: to + chance.seconds(1...2.5),
      status: build.markerAt != nil && build.runsBuildspec ? .failed : .succeeded,
      chance: &chance)
    builds[id] = build
  }

  /// The same for every delivery of one world.
  private var hookshot: String {
    var chance = Randomness(seed: seed, "hookshot")
    return "GitHub-Hookshot/\(chance.hex(7))"
  }

  private func fail(_ build: inout BuildPlan, at time: Instant) {
    let last = build.phases.count - 1
    build.phases[last].status = .failed
    build.phases[last].code = "COMMAND_EXECUTION_ERROR"
    build.phases[last].message =
      "Error while executing command: aws s3 cp s3://acme-tools/ssm ssm. Reason: exit status 1"
    build.finalize(at: time, status: .failed, length: .seconds(3))
  }
}

extension BuildPlan {
  /// A runner without a job waits until the build's own limit, which is an hour here.
  mutating func wait(chance: inout Randomness) {
    close(buildEndsAt: startedAt + .seconds(3600), status: .timedOut, chance: &chance)
  }

  /// Ends the BUILD phase and plans what follows it.
  mutating func close(buildEndsAt end: Instant, status: BuildStatus, chance: inout Randomness) {
    guard let index = phases.firstIndex(where: { $0.type == "BUILD" }) else { return }
    phases.removeSubrange((index + 1)...)
    phases[index].endedAt = end
    phases[index].status = status == .timedOut ? .timedOut : .succeeded
    phases[index].code = ""
    phases[index].message = ""
    var time = end
    if status == .timedOut {
      phases[index].code = "BUILD_TIMED_OUT"
      phases[index].message = "Build has timed out."
    } else {
      let post = time + chance.seconds(1.5...4)
      var phase = Phase(type: "POST_BUILD", startedAt: time, endedAt: post, status: .succeeded)
      if status == .failed {
        phase.status = .failed
        phase.code = "COMMAND_EXECUTION_ERROR"
        phase.message =
          "Error while executing command: if [ \"${CODEBUILD_BUILD_SUCCEEDING}\" -eq 0 ]; "
          + "then exit 1; fi. Reason: exit status 1"
      }
      phases.append(phase)
      let upload = post + chance.seconds(0.05...0.3)
      phases.append(
        Phase(type: "UPLOAD_ARTIFACTS", startedAt: post, endedAt: upload, status: .succeeded))
      time = upload
    }
    finalize(at: time, status: status, length: chance.seconds(1...3))
  }

  /// Adds the last two phases.
  mutating func finalize(at time: Instant, status: BuildStatus, length: Duration) {
    phases.append(
      Phase(type: "FINALIZING", startedAt: time, endedAt: time + length, status: .succeeded))
    phases.append(
      Phase(type: "COMPLETED", startedAt: time + length, endedAt: nil, status: .succeeded))
    endedAt = time + length
    self.status = status
  }

  /// Stops the build in whatever phase it is.
  mutating func stop(at now: Instant) {
    phases.removeAll { $0.startedAt > now }
    guard !phases.isEmpty else { return }
    let last = phases.count - 1
    phases[last].endedAt = now
    phases[last].status = .stopped
    if listeningAt.map({ $0 > now }) == true { listeningAt = nil }
    if var job = ran {
      job.to = min(job.to, now)
      ran = job.from > now ? nil : job
    }
    finalize(at: now, status: .stopped, length: .seconds(2))
  }
}
