import Deploys
import Foundation

/// What the engine knows of one CodeBuild project.
struct ProjectRecord: Sendable {
  /// How many builds are kept.
  static let capacity = 300

  /// Its builds, by id.
  var builds: [String: Build] = [:]
  /// Ids that a listing named and that were not described yet, newest first.
  var undescribed: [String] = []
  /// Whether its ids were listed at least once.
  var isListed = false
  /// Whether the account knows it; `nil` while nobody asked.
  var exists: Bool?
  /// The project's resource name, which holds the account's number.
  var arn: String?

  /// The ids of the builds that can still change.
  private(set) var open: Set<String> = []

  /// Takes in a listing.
  /// - Returns: Whether it says anything new.
  mutating func list(_ ids: [String]) -> Bool {
    let before = (isListed, undescribed)
    defer { isListed = true }
    // A server that does not page must not fill the memory.
    undescribed = ids.prefix(100).filter { builds[$0] == nil }
    return before != (true, undescribed)
  }

  /// Drops a build that the account does not describe.
  mutating func forget(_ id: String) {
    builds[id] = nil
    open.remove(id)
  }

  /// Takes in a description.
  /// - Returns: Whether it says anything new.
  mutating func describe(_ build: Build) -> Bool {
    let id = build.key.id
    if builds[id] == build, undescribed.isEmpty { return false }
    builds[id] = build
    undescribed.removeAll { $0 == id }
    if build.isActive { open.insert(id) } else { open.remove(id) }
    evict()
    return true
  }

  private mutating func evict() {
    guard builds.count > Self.capacity else { return }
    let oldest = builds.values.filter { !$0.isActive }
      .min { ($0.startedAt ?? .distantPast) < ($1.startedAt ?? .distantPast) }
    if let oldest { builds[oldest.key.id] = nil }
  }
}

/// What the engine knows of one build's marker.
struct MarkerRecord: Sendable, Hashable {
  /// What it says.
  var marker: Marker
  /// Whether it was looked for after the build had ended, so that it will not change.
  var isFinal: Bool
}
