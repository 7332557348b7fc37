package import Deploys
import Foundation
import GitHub

extension Operator {
  /// What is live of every service in every environment, and what goes on or has failed there.
  ///
  /// What cannot be read is told in its cell, and hides none of the others.
  package func versions() async -> LiveVersions {
    let answers = await workflowAnswers()
    let listing = listing(answers)
    let readAt = serverTime
    let cells = await listing.items.concurrently(atMost: Self.readsAtOnce) { item in
      await cell(of: item.target)
    }
    var rows: [String: LiveVersions.Row] = [:]
    for cell in cells {
      guard let column = environments.firstIndex(where: { $0.name == cell.target.environment })
      else { continue }
      var row = LiveVersions.Row(
        service: cell.target.service, repository: cell.target.repository,
        cells: environments.map { _ in nil })
      row = rows[row.id] ?? row
      row.cells[column] = row.cells[column]?.merged(with: cell) ?? cell
      rows[row.id] = row
    }
    return LiveVersions(
      environments: environments.map(\.name),
      rows: rows.values.sorted { ($0.service, $0.repository) < ($1.service, $1.repository) },
      failures: (listing.failures + cells.compactMap(\.live.failure)).uniqued,
      unlisted: Dictionary(
        zip(repositories, answers).compactMap { name, answer in answer.failure.map { (name, $0) } }
      ) { first, _ in first },
      readAt: readAt)
  }

  /// What is live by a workflow, and what goes on or has failed.
  private func cell(of target: WorkflowTarget) async -> LiveVersions.Cell {
    do {
      return LiveVersions.Cell(target: target, try await history(of: target))
    } catch {
      return LiveVersions.Cell(target: target, live: .failed(ReadFailure(reading: error)))
    }
  }
}

extension LiveVersions.Cell {
  /// Looks through a workflow's newest runs for what goes on and what has failed.
  fileprivate init(target: WorkflowTarget, _ history: DeployHistory) {
    let runs = history.runs
    self.init(
      target: target, live: history.live, inFlight: runs.newestStart(where: \.isActive),
      doubts: history.doubts)
    // Where what is live could not be read, what has succeeded here is the best that is known.
    let since =
      (history.live.value ?? LiveVersion(newestSuccessOf: runs))?.deployedAt ?? .distantPast
    failed = runs.newestStart { $0.conclusion?.isFailure == true && $0.updatedAt > since }
  }

  /// Two workflows that deploy one service to one environment, as one.
  fileprivate func merged(with other: Self) -> Self {
    var cell = newer(other)
    cell.doubts = doubts + other.doubts.filter { !doubts.contains($0) }
    cell.inFlight = [inFlight, other.inFlight].compactMap(\.self).newestStart { _ in true }
    let since = (cell.live.value ?? nil)?.deployedAt ?? .distantPast
    cell.failed = [failed, other.failed].compactMap(\.self).newestStart { $0.updatedAt > since }
    return cell
  }

  /// Of two workflows that deploy one service to one environment, that of the later deploy; one
  /// that could not be read counts most, for it may be the later one.
  private func newer(_ other: Self) -> Self {
    if live.failure != nil { return self }
    guard other.live.failure == nil, let mine = live.value ?? nil else { return other }
    guard let theirs = other.live.value ?? nil else { return self }
    return mine.deployedAt >= theirs.deployedAt ? self : other
  }
}

extension [WorkflowRun] {
  /// The run that was started last: a roll-back may be a retry of an old run, so the newest start
  /// counts, not the newest run.
  fileprivate func newestStart(where test: (WorkflowRun) -> Bool) -> WorkflowRun? {
    filter(test).max { ($0.startedAt, $0.key.id) < ($1.startedAt, $1.key.id) }
  }
}
