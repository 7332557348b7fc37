import Deploys

extension LiveVersions {
  /// One service in one environment.
  struct CellID: Sendable, Hashable {
    var service: VersionGrid.Service
    var environment: String

    init(service: VersionGrid.Service, environment: String) {
      self.service = service
      self.environment = environment
    }

    /// Where a deploy goes.
    init(of deploy: Deploy) {
      self.init(
        service: VersionGrid.Service(
          name: deploy.service, repository: deploy.run.key.repository),
        environment: deploy.environment)
    }
  }

  /// Why each cell could not be read that could not.
  var cellFailures: [CellID: ReadFailure] {
    var failures: [CellID: ReadFailure] = [:]
    for row in rows {
      let service = VersionGrid.Service(name: row.service, repository: row.repository)
      for (environment, cell) in zip(environments, row.cells) {
        failures[CellID(service: service, environment: environment)] = cell?.live.failure
      }
    }
    return failures
  }

  /// The same, with what was known before in the place of what could not be read now.
  func keeping(_ before: LiveVersions) -> LiveVersions {
    guard !failures.isEmpty, environments == before.environments else { return self }
    let old = Dictionary(before.rows.map { ($0.id, $0) }) { first, _ in first }
    var result = self
    result.rows = rows.map { row in
      var row = row
      for (column, cell) in row.cells.enumerated() where cell?.live.failure != nil {
        guard let kept = old[row.id]?.cells[column], kept.live.value != nil else { continue }
        row.cells[column] = kept
      }
      return row
    }
    // A repository that does not answer leaves out all its services.
    let known = Set(rows.map(\.id))
    result.rows += before.rows.filter { !known.contains($0.id) }
    return result
  }

  /// What was read to be live where a deploy goes.
  func version(of deploy: Deploy) -> LiveVersion? {
    guard let column = environments.firstIndex(of: deploy.environment),
      let row = rows.first(where: {
        $0.service == deploy.service && $0.repository == deploy.run.key.repository
      }), row.cells.indices.contains(column)
    else { return nil }
    return row.cells[column]?.live.value ?? nil
  }
}
