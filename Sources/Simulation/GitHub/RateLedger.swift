import Foundation

/// What one token has used of GitHub's limits.
struct RateLedger: Sendable, Hashable {
  let limit: Int
  let pointsPerMinute: Int
  private(set) var used: Int
  /// When the hour that is counted ends, in whole seconds.
  private(set) var resetsAt: Date
  /// Until when changes are refused as too fast; `nil` for not at all.
  private(set) var slowUntil: Date?
  /// The status of a refusal: GitHub says 403 or 429.
  private(set) var refusal = 403
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

  /// Uses the hour up, and lets the next one begin at a time.
  mutating func exhaust(until time: Date, status: Int) {
    used = max(used, limit)
    resetsAt = Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.up))
    refusal = status
  }

  /// Refuses changes until a time.
  mutating func slow(until time: Date, status: Int) {
    slowUntil = time
    refusal = status
  }

  /// How many seconds a change has to wait; `nil` for none.
  func wait(forChangeAt now: Date) -> Int? {
    guard let slowUntil, now < slowUntil else { return nil }
    return max(1, Int(slowUntil.timeIntervalSince(now).rounded(.up)))
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
