package import Deploys
import GitHub

extension Operator {
  /// What is live of every service in every environment.
  ///
  /// What cannot be read is told in its cell, and hides none of the others.
  package func versions() async -> LiveVersions {
    let listing = await workflows()
    let readAt = now()
    let lives = await listing.items.concurrently(atMost: Self.readsAtOnce) { item in
      LiveVersions.Cell(
        target: item.target, live: await Loadable { try await live(of: item.target) })
    }
    var rows: [String: LiveVersions.Row] = [:]
    for cell in lives {
      guard let column = environments.firstIndex(where: { $0.name == cell.target.environment })
      else { continue }
      var row = LiveVersions.Row(
        service: cell.target.service, repository: cell.target.repository,
        cells: environments.map { _ in nil })
      row = rows[row.id] ?? row
      row.cells[column] = row.cells[column]?.newer(cell) ?? cell
      rows[row.id] = row
    }
    return LiveVersions(
      environments: environments.map(\.name),
      rows: rows.values.sorted { ($0.service, $0.repository) < ($1.service, $1.repository) },
      failures: (listing.failures + lives.compactMap(\.live.failure)).uniqued, readAt: readAt)
  }

  /// What a workflow's last successful deploy put into its environment; `nil` for none that GitHub
  /// still knows.
  func live(of target: WorkflowTarget) async throws -> LiveVersion? {
    // A roll-back may be a retry of an old run, so the newest start counts, not the newest run.
    let run = try await newestRuns(of: target, status: "success")
      .filter { $0.conclusion == .success }
      .max { ($0.startedAt, $0.key.id) < ($1.startedAt, $1.key.id) }
    return run.map {
      LiveVersion(
        run: $0.key, attempt: $0.attempt, number: $0.number, ref: $0.ref, commit: $0.headSHA,
        actor: $0.actor, deployedAt: $0.updatedAt, url: $0.url)
    }
  }
}

extension LiveVersions.Cell {
  /// Of two workflows that deploy one service to one environment, that of the later deploy; one
  /// that could not be read counts most, for it may be the later one.
  fileprivate func newer(_ other: Self) -> Self {
    if live.failure != nil { return self }
    guard other.live.failure == nil, let mine = live.value ?? nil else { return other }
    guard let theirs = other.live.value ?? nil else { return self }
    return mine.deployedAt >= theirs.deployedAt ? self : other
  }
}
