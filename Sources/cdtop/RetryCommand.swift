import ArgumentParser
import Canvas
import Deploys
import GitHub
import Operations
import Transport

/// `cdtop retry`: runs the jobs of a finished run again.
struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Retry a run: its failed jobs, or with --all every job.",
    discussion: """
      Exit codes: 0 done, 1 refused, 3 sent and nobody can tell whether it was taken, 64 usage, \
      78 configuration.
      """)

  @OptionGroup var options: ConfigurationOptions
  @OptionGroup var consent: ConsentOptions

  @Argument(help: "A run's id or URL, or SERVICE@ENV for the newest run.")
  var run: String

  @Flag(name: .long, help: "Every job; else the failed ones and those that depend on them.")
  var all = false

  @Flag(name: .long, help: "The failed jobs; what happens without --all too.")
  var failed = false

  func validate() throws {
    if all, failed { throw ValidationError("--all and --failed exclude each other") }
  }

  func run() async throws {
    let session = try await Session.open(options)
    let outcome: OperationOutcome
    let found: DeployFinder.FoundRun
    do {
      found = try await DeployFinder(
        configuration: session.configuration, github: session.github
      ).run(run)
      let request = RetryRequest(
        run: found.run.key, attempt: found.run.attempt, scope: all ? .allJobs : .failedJobs,
        environment: found.environment.name)
      let scope = all ? "all jobs" : "the failed jobs"
      try consent.obtain(
        for: PlainText.sanitized(
          "Retry \(scope) of #\(found.run.number) \(found.run.workflowName) at "
            + "\(found.run.ref ?? found.run.headSHA), attempt \(found.run.attempt), "
            + "in \(found.environment.name)."),
        in: found.environment)
      outcome = await session.operations.retry(request)
    } catch let error as GitHubError {
      throw Console.failure(error.message, remedy: error.remedy)
    }
    await session.transport.shutdown()
    try outcome.report(url: found.run.url)
  }
}
