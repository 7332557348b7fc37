import AWS
import Deploys
import GitHub

extension Operator {
  /// Looks whether the build still runs, and whether any job could need it.
  func errand(
    stopping request: StopBuildRequest, in environment: Environment
  ) async throws -> Errand {
    let key = request.build
    guard environment.aws == key.scope else {
      throw Refusal(
        message: "the build \(key.id) is not in the account of \(environment.name)",
        remedy: "Look at it again, and confirm it for its own environment.")
    }
    let client = try aws.client(for: key.scope)
    guard let build = try await client.builds(ids: [key.id]).first else {
      throw Refusal(
        message: "AWS knows no build \(key.id)", remedy: "Look at it again: it may be long over.")
    }
    guard build.isActive else {
      throw Refusal(
        message: "the build \(key.id) has ended already (\(build.status.rawValue))",
        remedy: "Nothing is left to stop.")
    }
    let service = try await checkIdle(build, request, in: environment, client)
    return Errand(summary: "stop the build \(key.id)", service: service) { _ in
      Deed(message: "stopped the build \(key.id)", run: request.run)
    } look: {
      guard let newer = try await client.builds(ids: [key.id]).first else {
        return .open("AWS does not know the build any more")
      }
      guard newer.status == .stopped else { return .open("it is \(newer.status.rawValue)") }
      return .settled(
        .done(
          message: "the build \(key.id) is stopped: the answer was lost, so it may also have been "
            + "somebody else", run: request.run))
    }
  }

  /// Refuses where a job runs on the build or may still get it.
  ///
  /// The build does not tell its job, so all that go on and ask its project for runners are held
  /// against the project's builds, as the board does it.
  /// - Returns: The service of the run that the build was started for, where that is known.
  private func checkIdle(
    _ build: Build, _ request: StopBuildRequest, in environment: Environment, _ client: AWSClient
  ) async throws -> String? {
    var owner: WorkflowRun?
    var service: String?
    if let key = request.run {
      let run = try await github.currentRun(key)
      service = try self.service(of: run.workflowName, deployingTo: environment)
      owner = run
    }
    let runs = try await activeRuns(besides: owner) + [owner].compactMap { $0 }
    var jobs: [(run: WorkflowRun, job: Job)] = []
    for run in runs {
      for job in try await github.jobs(of: run.key, inAttempt: run.attempt)
      where RunnerLabel(labels: job.labels, runID: run.key.id)?.project == build.key.project {
        jobs.append((run, job))
      }
    }
    let ids = try await client.listBuilds(project: build.key.project)
    var builds = try await client.builds(ids: ids)
    if !builds.contains(where: { $0.key == build.key }) { builds.append(build) }
    let links = Correlator.correlate(jobs: jobs.map(\.job), builds: builds)
    for (run, job) in jobs where job.status != .completed {
      let link = links[job.id]?.best
      if link?.build == build.key {
        throw Refusal(
          message: "the job \(job.name) of \(run.shortName) "
            + (job.status == .inProgress ? "runs on the build" : "waits for the build")
            + " \(build.key.id)",
          remedy: "Cancel the run instead.")
      }
      // A runner serves the jobs of its own run alone, but any of those that fit.
      let couldBe = owner == nil || owner?.key == run.key
      if job.status == .inProgress, couldBe, link?.isSure != true {
        throw Refusal(
          message: "the job \(job.name) of \(run.shortName) may run on the build "
            + "\(build.key.id): which one it runs on cannot be told",
          remedy: "Wait until the job ends, or cancel its run.")
      }
    }
    return service
  }

  /// The runs of every watched repository that go on.
  private func activeRuns(besides owner: WorkflowRun?) async throws -> [WorkflowRun] {
    var names = repositories
    if let own = owner?.key.repository, !names.contains(own) { names.append(own) }
    var runs: [WorkflowRun] = []
    for name in names {
      runs += try await github.currentRuns(in: name).filter {
        $0.isActive && $0.key != owner?.key
      }
    }
    return runs
  }
}

extension BuildLink {
  /// Whether the link leaves no other build to be it.
  fileprivate var isSure: Bool {
    switch tier {
    case .exact, .strong: true
    case .heuristic, .ambiguous: false
    }
  }
}
