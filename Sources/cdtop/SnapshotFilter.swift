import ArgumentParser
import Deploys

/// Which part of a snapshot is wanted.
struct SnapshotFilter: ParsableArguments {
  @Option(
    name: .customLong("env"), help: "Only this environment; may be given several times.")
  var environments: [String] = []

  @Flag(name: .long, help: "Only runs that are not over.")
  var active = false

  /// The part of a snapshot that is wanted.
  func apply(to snapshot: Snapshot) -> Snapshot {
    var snapshot = snapshot
    if !environments.isEmpty {
      snapshot.sections.removeAll { !environments.contains($0.environment.name) }
    }
    if active {
      for index in snapshot.sections.indices {
        snapshot.sections[index].deploys.removeAll(where: \.state.isOver)
      }
    }
    return snapshot
  }

  /// Refuses names that the configuration does not have.
  /// - Throws: A validation error that lists the names.
  func check(against known: [Environment]) throws {
    for name in environments where !known.contains(where: { $0.name == name }) {
      throw ValidationError(
        "no environment \(name); there are: \(known.map(\.name).joined(separator: ", "))")
    }
  }
}
