import Deploys

/// What bringing a version to the next environment would ask for.
enum VersionPromotion: Sendable, Equatable {
  /// It cannot be done, and why.
  case impossible(String)
  /// It can: what to ask, and whether the same commit is live there already.
  case possible(TagQuery, isSame: Bool)
}

extension VersionsScreen {
  /// What bringing the version of a cell to the right would ask for.
  func promotion(from place: Place) -> VersionPromotion {
    guard let version = place.cell?.version else { return .impossible(place.absence(self)) }
    let row = grid.rows[place.row]
    guard place.column + 1 < row.cells.count else {
      return .impossible("\(place.environment) is the last environment: nothing comes after it")
    }
    let next = row.cells.indices.first { $0 > place.column && row.cells[$0] != nil }
    guard let next else {
      return .impossible(
        read == nil
          ? "what deploys \(place.service.name) elsewhere is still being read"
          : "no workflow deploys \(place.service.name) beyond \(place.environment)")
    }
    let query = TagQuery(
      repository: place.service.repository, service: place.service.name,
      environment: grid.environments[next], source: .environment(place.environment))
    return .possible(query, isSame: row.cells[next]?.version?.commit == version.commit)
  }
}

extension VersionsScreen.Place {
  /// Why nothing is known to be live here, in words for a person.
  func absence(_ versions: VersionsScreen) -> String {
    guard let cell else {
      if let failure = versions.read?.unlisted[service.repository] {
        return "it could not be read: \(failure.message)"
      }
      return versions.read == nil
        ? "what deploys \(service.name) to \(environment) is still being read"
        : "no workflow deploys \(service.name) to \(environment)"
    }
    if let failure = cell.failure { return "it could not be read: \(failure.message)" }
    return switch cell.live {
    case .unasked:
      "what is live of \(service.name) in \(environment) is not known: its workflow is not listed"
    case .loading: "what is live of \(service.name) in \(environment) is being read"
    case .failed(let failure): "it could not be read: \(failure.message)"
    case .loaded:
      "no deploy of \(service.name) to \(environment) has succeeded that GitHub still knows"
    }
  }
}
