import Deploys
import Foundation
import GitHub
import Operations
import Polling
import Settings
import Transport

/// A run that a command looks into, joined with as many of its runners and markers as it needs.
struct InspectedRun: Sendable {
  /// The attempt that was asked for.
  var deploy: Deploy
  /// The environment that it deploys to.
  var environment: Environment
  /// The run as it is in its newest attempt.
  var newest: WorkflowRun
  /// The run's earlier attempts, the first first; without the one that was asked for.
  var otherAttempts: [WorkflowRun]
  /// What was known of every source when the run was joined; `nil` where it was not.
  var snapshot: Snapshot?

  /// The newest attempt's number.
  var newestAttempt: Int { max(newest.attempt, deploy.run.attempt) }

  /// How much of a run is read.
  enum Depth {
    /// The run and its jobs.
    case jobs
    /// The run, and the builds of its failed jobs where those leave files.
    case failureFiles
    /// The run with its runners, markers and other attempts.
    case everything
  }

  /// Where the run's failed builds leave files; none where nothing is configured.
  var failureFiles: [(job: DeployJob, container: FileContainer)] {
    guard let template = environment.failureArtifacts else { return [] }
    return deploy.jobs.compactMap { item in
      guard let build = item.build, item.job.conclusion?.isFailure == true else { return nil }
      return (item, .failureFiles(build.key, template.location(for: build.key)))
    }
  }

  /// Says why builds could not be read.
  /// - Returns: Whether there was anything to say.
  func complainOfBuilds() -> Bool {
    let sources = snapshot?.sections.flatMap(\.sources) ?? []
    var said: Set<String> = []
    for source in sources {
      guard case .project = source.source, let failure = source.failure,
        said.insert(failure.message).inserted
      else { continue }
      Console.complain("\(source.source.name): \(failure.message)", remedy: failure.remedy)
    }
    return !said.isEmpty
  }
}

extension Session {
  /// Does some work, and then gives back what it has fetched and connected, however it ended.
  /// - Throws: What the work throws.
  func closing(after work: () async throws -> Void) async throws {
    let duty = Leaving.add { [inspector] in inspector.removeFetched() }
    defer { Leaving.drop(duty) }
    let result: Result<Void, any Error>
    do {
      result = .success(try await work())
    } catch {
      result = .failure(error)
    }
    await inspector.close()
    await transport.shutdown()
    try result.get()
  }

  /// Does as ``closing(after:)`` for work that changes nothing: also where ctrl-c ends it, nothing
  /// that was fetched stays.
  /// - Throws: What the work throws.
  func looking(_ work: () async throws -> Void) async throws {
    let signals = Leaving.mindSignals()
    defer { signals.end() }
    try await closing(after: work)
  }

  /// Finds a run and reads what is wanted of it.
  /// - Parameters:
  ///   - text: A run's id or URL, or `SERVICE@ENV`.
  ///   - attempt: The attempt; `nil` for the newest.
  ///   - depth: How much is read.
  ///   - patience: How many seconds to wait for slow servers.
  /// - Returns: The attempt.
  /// - Throws: An exit code, after having said what is wrong.
  func inspected(
    _ text: String, attempt: Int? = nil, depth: InspectedRun.Depth, patience: Int = 60
  ) async throws -> InspectedRun {
    do {
      let found = try await finder.run(text)
      let run = try await read(found, attempt: attempt, depth: depth)
      switch depth {
      case .jobs: return run
      case .failureFiles:
        guard run.environment.failureArtifacts != nil else { return run }
        let failed = run.deploy.jobs.filter { $0.job.conclusion?.isFailure == true }
        guard !failed.isEmpty else { return run }
        return await joined(run, reach: .builds(of: Set(failed.map(\.id))), patience: patience)
      case .everything: return await joined(run, reach: .everything, patience: patience)
      }
    } catch let error as GitHubError {
      throw Console.failure(error.message, remedy: error.remedy)
    }
  }

  private func read(
    _ found: DeployFinder.FoundRun, attempt: Int?, depth: InspectedRun.Depth
  ) async throws -> InspectedRun {
    let key = found.run.key
    let newest = found.run.attempt
    let wanted = attempt ?? newest
    guard (1...max(1, newest)).contains(wanted) else {
      throw Console.failure(
        "run \(key.id) has no attempt \(wanted): it has \(newest)",
        remedy: "Leave --attempt out for the newest.")
    }
    var run = wanted == newest ? found.run : try await github.run(key, attempt: wanted)
    run.workflowName = found.run.workflowName
    let needsJobs = depth != .failureFiles || found.environment.failureArtifacts != nil
    let jobs = needsJobs ? try await github.jobs(of: key, inAttempt: wanted) : []
    var others: [WorkflowRun] = []
    if depth == .everything {
      // More than these nobody reads, and each one is a request.
      for number in 1...max(1, newest) where number != wanted && number > newest - 10 {
        others.append(number == newest ? found.run : try await github.run(key, attempt: number))
      }
    }
    let deploy = Deploy(
      run: run, environment: found.environment.name, service: found.service,
      jobs: jobs.map { DeployJob(job: $0, kind: RunnerKind(of: $0)) }, hasJobs: needsJobs,
      state: DeployState(run: run, jobs: jobs))
    return InspectedRun(
      deploy: deploy, environment: found.environment, newest: found.run, otherAttempts: others,
      snapshot: nil)
  }

  /// An engine that looks at one attempt and asks nothing that does not concern it.
  /// - Parameters:
  ///   - run: The attempt.
  ///   - reach: How much is asked.
  ///   - pace: How long to leave between two looks at what goes on; `nil` for as configured.
  /// - Returns: The engine, which has not started.
  func engine(
    for run: InspectedRun, reach: PollState.Focus.Reach, pace: Duration? = nil
  ) -> Poller {
    var attempt = run.deploy.run
    // An attempt tells its own beginning as its creation; the run's decides what is newer.
    attempt.createdAt = run.newest.createdAt
    let state = PollState(
      lookingAt: PollState.Focus(
        run: attempt, jobs: run.deploy.jobs.map(\.job), newestAttempt: run.newestAttempt,
        reach: reach),
      in: run.environment,
      schedule: Schedule(active: pace ?? configuration.refresh, quiet: configuration.idle),
      limits: configuration.limits,
      seed: .random(in: .min ... .max), at: Date())
    return Poller(state: state, github: watching, aws: aws)
  }

  /// Joins an attempt with its runners and markers.
  func joined(
    _ run: InspectedRun, reach: PollState.Focus.Reach, patience: Int = 60
  ) async -> InspectedRun {
    let engine = engine(for: run, reach: reach, pace: .seconds(1))
    let snapshot = await engine.settle(
      until: Date().addingTimeInterval(TimeInterval(max(1, patience))))
    var run = run
    run.snapshot = snapshot
    if run.deploy.run.attempt == run.newestAttempt, let deploy = snapshot.deploy(run.deploy.id) {
      run.deploy = deploy
    } else if let deploy = await engine.joined(run.deploy.run, jobs: run.deploy.jobs.map(\.job)) {
      run.deploy = deploy
    }
    return run
  }
}
