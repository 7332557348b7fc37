import ArgumentParser
import Deploys
import Foundation
import Polling
import Settings
import Transport

/// `cdtop runs`: the board as text or JSON.
struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the runs of every environment with their runners and markers.",
    discussion: """
      Exit codes: 0 all sources answered, 2 a source is failing and something may be missing, \
      64 usage, 78 configuration. docs/json.md describes --json.
      """)

  @OptionGroup var options: ConfigurationOptions
  @OptionGroup var filter: SnapshotFilter

  @Flag(name: .long, help: "Print JSON; with --watch one line a change.")
  var json = false

  @Flag(name: .long, help: "Go on and print what changes, until interrupted.")
  var watch = false

  @Option(name: .long, help: "Seconds to wait for slow servers before printing what there is.")
  var timeout: Int = 60

  func run() async throws {
    let session = try await Session.open(options)
    try filter.check(against: session.configuration.environments)
    if watch {
      await follow(session)
    } else {
      let snapshot = filter.apply(
        to: await session.poller.settle(
          until: Date().addingTimeInterval(TimeInterval(max(1, timeout)))))
      await session.transport.shutdown()
      Console.print(try text(of: snapshot, isPretty: true))
      try snapshot.complainOfFailures()
    }
  }

  private func text(of snapshot: Snapshot, isPretty: Bool) throws -> String {
    json
      ? try snapshot.json.text(isPretty: isPretty)
      : TextTable(snapshot, at: snapshot.takenAt).text
  }

  private func follow(_ session: Session) async {
    let engine = Task { await session.poller.run() }
    var reporter = ChangeReporter()
    let patience = Date().addingTimeInterval(TimeInterval(max(1, timeout)))
    var hasToldClock = false
    for await snapshot in session.poller.snapshots {
      if !hasToldClock { hasToldClock = snapshot.complainOfClock() }
      // What trickles in at the start is no change.
      guard snapshot.isComplete || Date() > patience else { continue }
      let wanted = filter.apply(to: snapshot)
      if json {
        if reporter.isNews(wanted), let line = try? wanted.json.text(isPretty: false) {
          Console.print(line)
        }
      } else {
        for line in reporter.lines(for: wanted) { Console.print(line) }
      }
    }
    await engine.value
  }
}

extension Snapshot {
  /// Says on standard error that this machine's clock is wrong.
  /// - Returns: Whether it is.
  @discardableResult
  func complainOfClock() -> Bool {
    guard let clock else { return false }
    Console.complain(clock.message, remedy: ClockError.remedy)
    return true
  }

  /// Says on standard error which sources are failing.
  /// - Throws: ``Exit/partial`` if one is.
  func complainOfFailures() throws {
    complainOfClock()
    var seen: Set<SourceHealth.Source> = []
    var names: [SourceHealth.Failure: [String]] = [:]
    var silent: [String] = []
    for source in sections.flatMap(\.sources) where seen.insert(source.source).inserted {
      if var failure = source.failure {
        failure.since = .distantPast
        names[failure, default: []].append(source.source.name)
      } else if source.lastSuccess == nil {
        silent.append(source.source.name)
      }
    }
    for (failure, names) in names.sorted(by: { $0.value[0] < $1.value[0] }) {
      Console.complain(
        "\(names.joined(separator: ", ")): \(failure.message)", remedy: failure.remedy)
    }
    if !silent.isEmpty, pausedUntil == nil {
      Console.complain(
        "no answer yet from \(silent.joined(separator: ", "))",
        remedy: "Try a longer --timeout.")
    }
    if !names.isEmpty || !silent.isEmpty || !isComplete { throw Exit.partial }
  }
}
