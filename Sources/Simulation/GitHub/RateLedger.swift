import Foundation

/// What one token has used of GitHub's limits.
struct RateLedger: Sendable, Hashable {
  let limit: Int
  let pointsPerMinute: Int
  private(set) var used: Int
  /// When the hour that is counted ends, in whole seconds.
  private(set) var resetsAt: Date
  private var points: [Points] = []

  private struct Points: Sendable, Hashable {
    var time: Date
    var count: Int
  }

  init(scenario: Scenario, now: Date) {
    limit = scenario.rateLimit
    pointsPerMinute = scenario.pointsPerMinute
    used = scenario.rateLimitUsed
    resetsAt = Self.end(ofHourFrom: now)
  }

  var remaining: Int { max(0, limit - used) }

  /// Begins a new hour when the old one is over.
  mutating func turn(at now: Date) {
    points.removeAll { now.timeIntervalSince($0.time) >= 60 }
    guard now >= resetsAt else { return }
    used = 0
    resetsAt = Self.end(ofHourFrom: now)
  }

  /// Counts a request against the hour.
  mutating func charge() { used += 1 }

  /// Counts points against the minute; `false` where they are too many.
  mutating func spend(_ count: Int, at now: Date) -> Bool {
    guard points.reduce(count, { $0 + $1.count }) <= pointsPerMinute else { return false }
    points.append(Points(time: now, count: count))
    return true
  }

  private static func end(ofHourFrom now: Date) -> Date {
    Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down) + 3600)
  }
}
