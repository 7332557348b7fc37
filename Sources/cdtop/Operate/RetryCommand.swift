import ArgumentParser
import Deploys
import GitHub

/// `cdtop retry`: runs the jobs of a finished run again.
struct RetryCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Retry a run: its failed jobs, or with --all every job, or with --job one.",
    discussion: """
      The newest attempt is retried; GitHub retries no run that still goes on or is older than 30 \
      days. \(MutationOptions.exitCodes) With --watch: 1 also where the new attempt does not \
      succeed, 2 where a source is failing.
      """)

  @OptionGroup var options: MutationOptions

  @Argument(help: "A run's id or URL, or SERVICE@ENV for the newest run.")
  var run: String

  @Flag(name: .long, help: "Every job; else the failed ones and those that depend on them.")
  var all = false

  @Flag(name: .long, help: "The failed jobs; what happens without --all too.")
  var failed = false

  @Option(name: .long, help: "This job and those that depend on it, by name or id.")
  var job: String?

  @Flag(name: .long, help: "Let the runner write its debug logs.")
  var debug = false

  @Flag(name: .long, help: "Print what the new attempt does until it is over, then the run.")
  var watch = false

  func validate() throws {
    if [all, failed, job != nil].count(where: \.self) > 1 {
      throw ValidationError("--all, --failed and --job exclude each other")
    }
  }

  func run() async throws {
    var attempt = 1
    try await options.carryOut(by: Self.self) { session, subject in
      let found = try await session.finder.run(run)
      subject.take(found)
      attempt = found.run.attempt + 1
      return try await propose(found, session)
    } then: { session, run in
      guard watch else { return }
      try await session.watch(run, fromAttempt: attempt, json: options.json)
    }
  }

  private func propose(
    _ found: DeployFinder.FoundRun, _ session: Session
  ) async throws -> Proposal {
    let scope = try await scope(in: found.run, session)
    let request = RetryRequest(
      run: found.run.key, attempt: found.run.attempt, scope: scope, isDebug: debug,
      environment: found.environment.name)
    let logs = debug ? " with debug logs" : ""
    return Proposal(
      mutation: .retry(request), environment: found.environment,
      question: ["Retry \(scope.words) of \(found.words)\(logs)."], url: found.run.url)
  }

  private func scope(
    in run: WorkflowRun, _ session: Session
  ) async throws -> RetryRequest.Scope {
    guard let job else { return all ? .allJobs : .failedJobs }
    let jobs = try await session.github.jobs(of: run.key, inAttempt: run.attempt)
    let fitting = jobs.filter { "\($0.id)" == job || $0.name == job }
    let names = (fitting.isEmpty ? jobs : fitting).map { "\($0.name) (\($0.id))" }
      .joined(separator: ", ")
    guard let found = fitting.first else {
      throw Console.failure(
        "attempt \(run.attempt) of run \(run.key.id) has no job \(job)",
        remedy: names.isEmpty ? "It has no jobs." : "It has: \(names).")
    }
    guard fitting.count == 1 else {
      throw Console.failure("\(job) names several jobs", remedy: "Give the id: \(names).")
    }
    return .job(id: found.id, name: found.name)
  }
}

extension DeployFinder.FoundRun {
  /// The run, for a person who is asked about it.
  var words: String {
    "#\(run.number) \(run.workflowName) at \(run.ref ?? run.headSHA), attempt \(run.attempt), "
      + "in \(environment.name)"
  }
}
