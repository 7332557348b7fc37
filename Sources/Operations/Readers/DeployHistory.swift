import Deploys
import Foundation
import GitHub

/// What a workflow has deployed last and what it goes on to deploy, as far as its newest runs tell.
struct DeployHistory: Sendable, Hashable {
  /// How many runs of a workflow are read at once, which is as many as GitHub gives.
  static let count = 100
  /// How long after its creation GitHub runs a run again.
  private static let retryLimit: TimeInterval = 30 * 86_400

  /// The newest runs of every status but those of pull requests, the newest first.
  var runs: [WorkflowRun]
  /// What is live; `loaded(nil)` where no deploy has succeeded that GitHub still knows.
  var live: Loadable<LiveVersion?> = .loaded(nil)
  /// Why what is live may be something else, in sentences without a full stop.
  var doubts: [String] = []

  /// What is live, where that is known.
  var version: LiveVersion? { live.value ?? nil }

  /// Whether a page holds every run that can have ended after a deploy did: an older one could
  /// not have been run again since.
  static func reaches(_ page: RunPage, back live: LiveVersion?) -> Bool {
    if !page.hasNext { return true }
    guard let live, let oldest = page.runs.map(\.createdAt).min() else { return false }
    return oldest <= live.deployedAt - retryLimit
  }

  /// Says what the pages leave open that were read; `successes` is `nil` where none was needed.
  mutating func doubt(newest: RunPage, successes: RunPage?) {
    let beginning = "only its workflow's newest \(Self.count)"
    if let successes, !Self.reaches(successes, back: version) {
      doubts.append(
        "\(beginning) successful runs were read: an older one that was run again since is missed")
    } else if !Self.reaches(newest, back: version) {
      doubts.append(
        "\(beginning) runs were read: an older one that was run again since, and has not "
          + "succeeded in its last attempt, is missed")
    }
    let unreadable = newest.skipped + (successes?.skipped ?? 0)
    if unreadable > 0 {
      doubts.append("\(unreadable) of its workflow's newest runs could not be understood")
    }
  }
}

extension LiveVersion {
  /// What that of the runs has deployed whose success came last.
  init?(newestSuccessOf runs: [WorkflowRun]) {
    let successes = runs.filter { $0.conclusion == .success }
    guard
      let run = successes.max(by: { ($0.updatedAt, $0.key.id) < ($1.updatedAt, $1.key.id) })
    else { return nil }
    self.init(run)
  }
}
