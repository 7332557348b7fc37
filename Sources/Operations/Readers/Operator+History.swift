import Deploys
import Foundation
import GitHub

extension Operator {
  /// How many earlier attempts of a workflow's runs are looked at.
  private static let mostAttempts = 10

  /// What a workflow has deployed last, and what goes on.
  ///
  /// One request where the newest runs tell everything, else two, and one for each earlier attempt
  /// that has to be looked at: a run whose retry has failed counts no longer among the successful
  /// ones, though what it had deployed may be live.
  /// - Throws: What the clients throw, where not even the newest runs can be read; what is live may
  ///   be unreadable by itself.
  func history(of target: WorkflowTarget) async throws -> DeployHistory {
    let newest = try await page(of: target, status: nil)
    var history = DeployHistory(runs: newest.runs.filter(\.mayDeploy))
    history.live = .loaded(LiveVersion(newestSuccessOf: history.runs))
    var successes: RunPage?
    if !DeployHistory.reaches(newest, back: history.version) {
      do {
        let page = try await page(of: target, status: "success")
        history.live = .loaded(
          LiveVersion(newestSuccessOf: history.runs + page.runs.filter(\.mayDeploy)))
        successes = page
      } catch {
        history.live = .failed(ReadFailure(reading: error))
        return history
      }
    }
    await lookThroughRetries(&history)
    history.doubt(newest: newest, successes: successes)
    return history
  }

  private func page(of target: WorkflowTarget, status: String?) async throws -> RunPage {
    try await github.newestRunPage(
      of: target.workflowID, in: target.repository, status: status, count: DeployHistory.count)
  }

  /// Looks for successes in the earlier attempts of runs that were run again.
  private func lookThroughRetries(_ history: inout DeployHistory) async {
    var left = Self.mostAttempts
    let retried = history.runs.filter { $0.attempt > 1 && $0.conclusion != .success }
      .sorted { ($0.startedAt, $0.key.id) > ($1.startedAt, $1.key.id) }
    for run in retried {
      do {
        let found = try await earlierSuccess(
          of: run, after: history.version?.deployedAt ?? .distantPast, left: &left)
        if let found { history.live = .loaded(found) }
      } catch {
        history.doubts.append(
          "what #\(run.number) had deployed before its attempt \(run.attempt) could not be read: "
            + ReadFailure(reading: error).message)
      }
    }
  }

  /// What a run had deployed before its newest attempt, if that was after a time; `left` is how many
  /// attempts may be looked at still.
  private func earlierSuccess(
    of run: WorkflowRun, after date: Date, left: inout Int
  ) async throws -> LiveVersion? {
    var later = run
    // Whatever an attempt has deployed, it had done before the next one began.
    while later.attempt > 1, later.startedAt > date {
      guard left > 0 else {
        throw ReadFailure(
          message: "more than \(Self.mostAttempts) attempts would have to be looked at",
          remedy: "Look at the run's attempts on GitHub.")
      }
      left -= 1
      var earlier = try await github.run(run.key, attempt: later.attempt - 1)
      earlier.attempt = later.attempt - 1
      // GitHub may touch an attempt when the next one begins.
      earlier.updatedAt = min(earlier.updatedAt, later.startedAt)
      if earlier.conclusion == .success {
        guard earlier.updatedAt > date else { return nil }
        var version = LiveVersion(earlier)
        version.retry = LiveVersion.Retry(attempt: run.attempt, conclusion: run.conclusion)
        return version
      }
      later = earlier
    }
    return nil
  }
}
