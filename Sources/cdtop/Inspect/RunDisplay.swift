import Deploys
import Foundation
import GitHub
import Operations
import Polling

/// Prints a run: at once, or what changes until it is over and then the run.
struct RunDisplay {
  let session: Session
  /// Whether JSON is printed; while a run is followed, one line a change.
  var json = false
  /// Whether a run that goes on is followed to its end.
  var isFollowing = false
  /// Whether a run that did not succeed is a failure of the command.
  var demandsSuccess = false

  /// Prints a run.
  /// - Parameters:
  ///   - text: A run's id or URL, or `SERVICE@ENV`.
  ///   - attempt: The attempt; `nil` for the newest.
  ///   - patience: How many seconds to wait for slow servers.
  /// - Throws: An exit code, after having said what is wrong.
  func show(_ text: String, attempt: Int? = nil, patience: Int = 60) async throws {
    var found = try await session.inspected(
      text, attempt: attempt, depth: .everything, patience: patience)
    if isFollowing, !found.deploy.state.isOver {
      await follow(found)
      found = try await session.inspected(
        found.newest.url, depth: .everything, patience: patience)
    }
    let facts = await RunFacts.read(found, by: session.inspector)
    Console.print(
      json
        ? try found.json(facts).text(isPretty: !isFollowing)
        : RunReport(found, facts, at: session.github.time).text)
    for failure in facts.failures {
      Console.complain(failure.message, remedy: failure.remedy)
    }
    try leave(found)
  }

  private func leave(_ found: InspectedRun) throws {
    if demandsSuccess, let conclusion = found.deploy.state.conclusion, conclusion != .success {
      throw Exit.failed
    }
    try found.snapshot?.complainOfFailures()
  }

  /// Prints what changes until the run is over.
  private func follow(_ run: InspectedRun) async {
    let key = run.deploy.id
    let poller = session.engine(for: run, reach: .everything)
    let engine = Task { await poller.run() }
    var reporter = StepReporter()
    for await snapshot in poller.snapshots {
      // What trickles in at the start is no change.
      guard snapshot.isComplete, let deploy = snapshot.deploy(key) else { continue }
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
