import ArgumentParser
import Deploys
import Foundation
import GitHub
import LogText
import Operations
import Polling

/// `cdtop logs`: the bytes that GitHub or CloudWatch has of a run.
struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Print a run's logs: the bytes that the server gives, less what a flag leaves out.",
    discussion: """
      Several jobs' logs come one after the other; which one comes next is said on standard \
      error. On a terminal what could act on it is made harmless; in a pipe every byte is as \
      served. GitHub gives a job's log when the job is over: --follow waits for that, and \
      --build --follow prints the runner's own log while it grows. \
      Exit codes: 0 all right, 1 no such log, 64 usage, 78 configuration.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A run's id or URL, a job's URL, or SERVICE@ENV for the newest run.")
  var run: String

  @Option(name: .long, help: "Only this job, by name or id.")
  var job: String?

  @Option(name: .long, help: "This attempt; else the newest.")
  var attempt: Int?

  @Flag(name: .long, help: "Only the failed steps of failed jobs.")
  var failed = false

  @Option(name: .long, help: "Only this step of the job, by number.")
  var step: Int?

  @Flag(name: .long, help: "The runner's own log in CloudWatch instead of GitHub's.")
  var build = false

  @Flag(name: .long, help: "Go on until the log ends; wait for one that is not there yet.")
  var follow = false

  @Flag(name: .long, help: "Leave out the time at the start of each line.")
  var noTimestamps = false

  func validate() throws {
    if build, failed || step != nil {
      throw ValidationError("--build has no steps: leave --failed and --step out")
    }
    if failed, step != nil { throw ValidationError("--failed and --step exclude each other") }
    if job != nil, RunPage(run).job != nil {
      throw ValidationError("\(run) names a job already: leave --job out")
    }
  }

  func run() async throws {
    let session = try await Session.open(options)
    try await session.looking { try await print(from: session) }
  }

  private func print(from session: Session) async throws {
    var found = try await run(from: session)
    var jobs = try chosenJobs(of: found.deploy)
    if build {
      found = await session.joined(found, reach: .builds(of: Set(jobs.map(\.id))))
      jobs = jobs.map { job in found.deploy.jobs.first { $0.id == job.id } ?? job }
    }
    var isPartial = false
    for item in jobs {
      if jobs.count > 1 { Console.complain("log of \(item.job.name) (\(item.id))") }
      do {
        try await print(item, of: found, from: session)
      } catch let failure as CommandFailure {
        // The other jobs' logs are wanted all the same.
        guard jobs.count > 1, failure.code == Exit.failed else { throw failure }
        isPartial = true
      }
    }
    if isPartial { throw Exit.failed }
  }

  /// The attempt that is meant: a job's page means the one in which the job ran.
  private func run(from session: Session) async throws -> InspectedRun {
    let page = RunPage(run)
    let wanted = attempt ?? page.attempt
    let found = try await session.inspected(run, attempt: wanted, depth: .jobs)
    guard wanted == nil, let job = page.job, !found.deploy.jobs.contains(where: { $0.id == job })
    else { return found }
    do {
      let earlier = try await session.github.job(job, of: found.deploy.id).attempt
      guard earlier != found.deploy.run.attempt else { return found }
      return try await session.inspected(run, attempt: earlier, depth: .jobs)
    } catch let error as GitHubError {
      throw Console.failure(error.message, remedy: error.remedy)
    }
  }

  private func print(
    _ item: DeployJob, of found: InspectedRun, from session: Session
  ) async throws {
    let deploy = found.deploy
    let output = LogOutput(session: session.inspector, hidesTimestamps: noTimestamps)
    if build {
      guard let build = item.build else {
        _ = found.complainOfBuilds()
        throw Console.failure(
          "no build is known to have run \(item.job.name)",
          remedy: "`cdtop run \(deploy.run.key.id)` shows what is known of its runner.")
      }
      if build.isActive, !follow {
        try await output.writeSoFar(build, by: session.aws)
      } else {
        try await output.write(.build(build.key), follows: follow)
      }
      return
    }
    let finished = try await finishedJob(item.job, of: found, from: session)
    let source = LogSource.job(deploy.run.key, job: finished.id)
    let wanted: [Int]?
    if let step {
      guard finished.steps.contains(where: { $0.number == step }) else {
        let numbers = finished.steps.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
        let word = finished.conclusion?.rawValue ?? finished.status.rawValue
        throw Console.failure(
          "\(finished.name) has no step \(step)",
          remedy: numbers.isEmpty
            ? "It has no steps at all: the job is \(word)." : "Its steps: \(numbers).")
      }
      wanted = [step]
    } else {
      let steps = finished.steps.filter { $0.conclusion?.isFailure == true }
      wanted = failed ? steps.map(\.number) : nil
    }
    guard let wanted, !wanted.isEmpty else {
      try await output.write(source, named: finished.name, follows: follow)
      return
    }
    try await output.write(source, steps: wanted, of: finished, follows: follow)
  }

  private func chosenJobs(of deploy: Deploy) throws -> [DeployJob] {
    let all = deploy.jobs
    guard !all.isEmpty else { throw noJobs(in: deploy) }
    let names = all.map { "\($0.job.name) (\($0.id))" }.joined(separator: ", ")
    var jobs = all
    if let job = job ?? RunPage(run).job.map({ "\($0)" }) {
      jobs = all.filter { $0.job.name == job || "\($0.id)" == job }
      guard !jobs.isEmpty else {
        throw Console.failure(
          "attempt \(deploy.run.attempt) has no job \(job)",
          remedy: "It has: \(names).")
      }
    }
    if failed {
      jobs = jobs.filter { $0.job.conclusion?.isFailure == true }
      guard !jobs.isEmpty else {
        throw Console.failure(
          "no job of attempt \(deploy.run.attempt) has failed",
          remedy: "Leave --failed out to see every log.")
      }
    }
    if step != nil, jobs.count != 1 {
      throw ValidationError("--step needs one job: add --job; there are: \(names)")
    }
    return jobs.count > 1 && !failed && !build
      ? jobs.filter { $0.job.conclusion != .skipped } : jobs
  }

  /// Says that an attempt has no jobs, and why where it is over.
  private func noJobs(in deploy: Deploy) -> CommandFailure {
    let attempt = "attempt \(deploy.run.attempt)"
    guard let conclusion = deploy.state.conclusion else {
      return Console.failure(
        "\(attempt) has no jobs yet", remedy: "Try again when it has begun.")
    }
    let finding = Diagnosis.findings(in: deploy, isSuperseded: false, at: Date()).first
    let reason = [finding?.summary, conclusion.rawValue].compactMap(\.self)
    return Console.failure(
      "\(attempt) is over and had no jobs, so there is no log: \(reason.joined(separator: ", "))",
      remedy: finding?.plainAction ?? "`cdtop run \(deploy.run.key.id)` shows what is known of it.")
  }

  /// Waits for the end of a job where that is wanted: there is no log before.
  private func finishedJob(
    _ job: Job, of run: InspectedRun, from session: Session
  ) async throws -> Job {
    let deploy = run.deploy
    guard follow, job.status != .completed else { return job }
    Console.complain(
      "\(job.name) is \(job.status.rawValue): waiting for its end, when GitHub gives its log",
      remedy: "--build --follow prints the runner's own log meanwhile.")
    let poller = session.engine(for: run, reach: .jobs)
    let engine = Task { await poller.run() }
    defer { engine.cancel() }
    for await snapshot in poller.snapshots {
      let jobs = snapshot.deploy(deploy.id)?.jobs ?? []
      if let now = jobs.first(where: { $0.id == job.id })?.job {
        if now.status == .completed { return now }
      } else if snapshot.isComplete, !jobs.isEmpty {
        throw Console.failure(
          "\(job.name) was started anew in another attempt", remedy: "Run the command again.")
      }
    }
    return job
  }
}
