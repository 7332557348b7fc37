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

  /// Takes in a listing.
  mutating func list(_ ids: [String]) {
    isListed = true
    // A server that does not page must not fill the memory.
    undescribed = ids.prefix(100).filter { builds[$0] == nil }
  }

  /// Takes in a description.
  mutating func describe(_ build: Build) {
    builds[build.key.id] = build
    undescribed.removeAll { $0 == build.key.id }
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
