import ArgumentParser
import Deploys
import Foundation
import Operations
import Polling
import Transport

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
    let inspector = session.inspector
    var found = try await session.inspected(
      run, attempt: attempt, patience: timeout)
    if watch, !found.deploy.state.isOver {
      await follow(found.deploy.id, session)
      found = try await session.inspected("\(found.deploy.run.url)")
    }
    let facts = await RunFacts.read(found, by: inspector)
    await inspector.close()
    await session.transport.shutdown()
    Console.print(
      json
        ? try found.json(facts).text(isPretty: !watch)
        : RunReport(found, facts, at: Date()).text)
    for failure in facts.failures {
      Console.complain(failure.message, remedy: failure.remedy)
    }
    try leave(found)
  }

  private func leave(_ found: InspectedRun) throws {
    if exitStatus, let conclusion = found.deploy.state.conclusion, conclusion != .success {
      throw Exit.failed
    }
    var snapshot = found.snapshot
    snapshot.sections.removeAll { $0.environment.name != found.environment.name }
    try snapshot.complainOfFailures()
  }

  /// Prints what changes until the run is over.
  private func follow(_ key: RunKey, _ session: Session) async {
    let engine = Task { await session.poller.run() }
    await session.poller.show(key)
    var reporter = StepReporter()
    for await snapshot in session.poller.snapshots {
      guard let deploy = snapshot.deploy(key) else { continue }
      if json {
        if reporter.isNews(deploy), let line = try? deploy.detailedJSON().text(isPretty: false) {
          Console.print(line)
        }
      } else {
        for line in reporter.lines(for: deploy, at: snapshot.takenAt) { Console.print(line) }
      }
      if deploy.state.isOver { break }
    }
    engine.cancel()
    await engine.value
  }
}
