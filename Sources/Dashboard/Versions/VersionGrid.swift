import Deploys
import Foundation

/// Services down, environments across: what is live where, and what goes on there.
struct VersionGrid: Sendable, Equatable {
  /// What tells a service from others: two repositories may have one of the same name.
  struct Service: Sendable, Hashable, Comparable {
    var name: String
    var repository: RepositoryName

    static func < (left: Self, right: Self) -> Bool {
      (left.name, left.repository) < (right.name, right.repository)
    }
  }

  /// One service.
  struct Row: Sendable, Equatable, Identifiable {
    var id: Service
    /// What it is called; with its repository where another one has the same name.
    var label: String
    /// One for each environment; `nil` where nothing is known of it.
    var cells: [VersionCell?]
  }

  /// The environments' names, in configured order.
  private(set) var environments: [String] = []
  /// The services, by name.
  private(set) var rows: [Row] = []
  /// How many cells differ from the one to their left.
  private(set) var differing = 0

  /// Joins what was read with what the board knows.
  /// - Parameters:
  ///   - snapshot: What the board knows.
  ///   - read: What was read; `nil` before the first answer.
  ///   - failures: Why cells could not be read that could not, or not anew.
  ///   - awaited: What was sent from here and is not on the board yet.
  init(
    _ snapshot: Snapshot, _ read: LiveVersions?,
    _ failures: [LiveVersions.CellID: ReadFailure],
    awaited: [LiveVersions.CellID: AwaitedDeploy] = [:]
  ) {
    environments = snapshot.sections.map(\.environment.name)
    var known: [Service: [[Deploy]]] = [:]
    let empty: [[Deploy]] = environments.map { _ in [] }
    for (column, section) in snapshot.sections.enumerated() {
      for deploy in section.deploys {
        let service = Service(name: deploy.service, repository: deploy.run.key.repository)
        known[service, default: empty][column].append(deploy)
      }
    }
    var cells: [Service: LiveVersions.Row] = [:]
    for row in read?.rows ?? [] {
      let service = Service(name: row.service, repository: row.repository)
      cells[service] = row
      known[service, default: empty] += []
    }
    let places = environments.map { read?.environments.firstIndex(of: $0) }
    let counts = Dictionary(grouping: known.keys, by: \.name).mapValues(\.count)
    rows = known.keys.sorted().map { service in
      let row = cells[service]
      let deploys = known[service] ?? empty
      return Row(
        id: service,
        label: counts[service.name, default: 1] > 1
          ? "\(service.name) \(service.repository.name)" : service.name,
        cells: Self.compared(
          snapshot.sections.indices.map { column in
            let place = places[column].flatMap {
              row?.cells.indices.contains($0) == true ? $0 : nil
            }
            let id = LiveVersions.CellID(service: service, environment: environments[column])
            var cell = VersionCell(
              read: place.flatMap { row?.cells[$0] },
              failure: failures[id] ?? read?.unlisted[service.repository],
              hasRead: read != nil, deploys: deploys[column],
              in: snapshot.sections[column].environment)
            cell?.awaited = awaited[id]
            return cell
          }))
    }
    differing = rows.reduce(0) { count, row in
      count + row.cells.count { $0?.comparison.differs == true }
    }
  }

  /// Compares each cell with the nearest one to its left that a workflow deploys to.
  private static func compared(_ cells: [VersionCell?]) -> [VersionCell?] {
    var cells = cells
    let comparisons = LiveVersionComparison.comparisons(along: cells.map { $0?.live })
    for (column, comparison) in comparisons.enumerated() { cells[column]?.comparison = comparison }
    return cells
  }
}
