import ArgumentParser

/// `cdtop run`: one run, and why it failed.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Show a run: its jobs, steps and runners, and why it failed.",
    discussion: """
      Exit codes: 0 all right, 1 no such run, or with --exit-status a run that did not succeed, \
      2 a source is failing and something may be missing, 64 usage, 78 configuration. \
      docs/json.md describes --json.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A run's id or URL, or SERVICE@ENV for the newest run.")
  var run: String

  @Option(name: .long, help: "This attempt; else the newest.")
  var attempt: Int?

  @Flag(name: .long, help: "Print JSON; with --watch one line a change.")
  var json = false

  @Flag(name: .long, help: "Print what changes until the run is over, then the run.")
  var watch = false

  @Flag(name: .long, help: "Leave with 1 unless the run succeeded; says nothing of running ones.")
  var exitStatus = false

  @Option(name: .long, help: "Seconds to wait for slow servers before printing what there is.")
  var timeout: Int = 60

  func validate() throws {
    if watch, attempt != nil {
      throw ValidationError("--watch follows the newest attempt: leave --attempt out")
    }
  }

  func run() async throws {
    let session = try await Session.open(options)
    try await session.looking {
      try await RunDisplay(
        session: session, json: json, isFollowing: watch, demandsSuccess: exitStatus
      ).show(run, attempt: attempt, patience: timeout)
    }
  }
}
