import ArgumentParser
import Deploys
import Foundation
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

  @Argument(help: "A run's id or URL, or SERVICE@ENV for the newest run.")
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
  }

  func run() async throws {
    let session = try await Session.open(options)
    try await session.closing { try await print(from: session) }
  }

  private func print(from session: Session) async throws {
    let found = try await session.inspected(run, attempt: attempt)
    let jobs = try chosenJobs(of: found.deploy)
    var isPartial = false
    for item in jobs {
      if jobs.count > 1 { Console.complain("log of \(item.job.name) (\(item.id))") }
      do {
        try await print(item, of: found.deploy, from: session)
      } catch let error as ExitCode {
        // The other jobs' logs are wanted all the same.
        guard jobs.count > 1, error == Exit.failed else { throw error }
        isPartial = true
      }
    }
    if isPartial { throw Exit.failed }
  }

  private func print(_ item: DeployJob, of deploy: Deploy, from session: Session) async throws {
    let output = LogOutput(session: session.inspector, hidesTimestamps: noTimestamps)
    if build {
      guard let build = item.build else {
        throw Console.failure(
          "no build is known to have run \(item.job.name)",
          remedy: "`cdtop run \(deploy.run.key.id)` shows what is known of its runner.")
      }
      try await output.write(.build(build.key), follows: follow)
      return
    }
    let finished = try await finishedJob(item.job, of: deploy, from: session)
    let source = LogSource.job(deploy.run.key, job: finished.id)
    let wanted: [Int]?
    if let step {
      guard finished.steps.contains(where: { $0.number == step }) else {
        let numbers = finished.steps.map { "\($0.number) \($0.name)" }.joined(separator: ", ")
        throw Console.failure(
          "\(finished.name) has no step \(step)", remedy: "Its steps: \(numbers).")
      }
      wanted = [step]
    } else {
      let steps = finished.steps.filter { $0.conclusion?.isFailure == true }
      wanted = failed ? steps.map(\.number) : nil
    }
    guard let wanted, !wanted.isEmpty else {
      try await output.write(source)
      return
    }
    try await output.write(source, steps: wanted, of: finished)
  }

  private func chosenJobs(of deploy: Deploy) throws -> [DeployJob] {
    let all = deploy.jobs
    let names = all.map { "\($0.job.name) (\($0.id))" }.joined(separator: ", ")
    var jobs = all
    if let job {
      jobs = all.filter { $0.job.name == job || "\($0.id)" == job }
      guard !jobs.isEmpty else {
        throw Console.failure(
          "attempt \(deploy.run.attempt) has no job \(job)",
          remedy: all.isEmpty ? "It has no jobs at all." : "It has: \(names).")
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
      throw Console.failure("--step needs one job", remedy: "Add --job; there are: \(names).")
    }
    guard !jobs.isEmpty else {
      throw Console.failure(
        "attempt \(deploy.run.attempt) has no jobs yet", remedy: "Try again when it has begun.")
    }
    return job == nil && !failed && !build ? jobs.filter { $0.job.conclusion != .skipped } : jobs
  }

  /// Waits for the end of a job where that is wanted: there is no log before.
  private func finishedJob(
    _ job: Job, of deploy: Deploy, from session: Session
  ) async throws -> Job {
    guard follow, job.status != .completed else { return job }
    Console.complain(
      "\(job.name) is \(job.status.rawValue): waiting for its end, when GitHub gives its log",
      remedy: "--build --follow prints the runner's own log meanwhile.")
    let engine = Task { await session.poller.run() }
    defer { engine.cancel() }
    await session.poller.show(deploy.id)
    for await snapshot in session.poller.snapshots {
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
