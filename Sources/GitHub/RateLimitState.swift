import Deploys
import Foundation
import Transport

/// What GitHub has said about its limits, and until when nothing may be asked.
///
/// A value without a clock, so that its rules can be tried out. Source: GitHub REST, "Rate limits"
/// and "Best practices": obey `retry-after`; else wait for `x-ratelimit-reset` where nothing
/// remains; else wait at least a minute, and longer each time.
struct RateLimitState: Sendable, Hashable {
  /// A refusal for asking too much.
  struct Refusal: Sendable, Hashable {
    var until: Date
    var isSecondary: Bool
  }

  /// What was left at the newest answer.
  private(set) var latest: RateLimit?
  /// The refusal in force; it may lie in the past.
  private(set) var refusal: Refusal?
  /// How often in a row GitHub asked to slow down without saying for how long.
  private var strikes = 0

  /// The refusal that still stands.
  func standing(at now: Date) -> Refusal? {
    refusal.flatMap { $0.until > now ? $0 : nil }
  }

  /// Notes the allowance that an answer tells.
  mutating func note(_ headers: HTTPHeaders, at now: Date) {
    guard headers["x-ratelimit-resource"] ?? "core" == "core",
      let limit = Self.number(headers["x-ratelimit-limit"]),
      let remaining = Self.number(headers["x-ratelimit-remaining"]),
      let reset = Self.number(headers["x-ratelimit-reset"])
    else { return }
    let used = Self.number(headers["x-ratelimit-used"]) ?? max(0, limit - remaining)
    note(
      RateLimit(
        limit: limit, remaining: remaining, used: used,
        resetsAt: Self.localTime(ofReset: reset, headers, now)),
      at: now)
  }

  /// Notes an allowance, and stops asking where nothing is left of it.
  mutating func note(_ limit: RateLimit, at now: Date) {
    latest = limit
    if limit.remaining <= 0, limit.resetsAt > now {
      stand(Refusal(until: min(limit.resetsAt, now + Self.longestWait), isSecondary: false))
    }
  }

  /// Notes an answer that was no refusal.
  mutating func noteSuccess() { strikes = 0 }

  /// Notes a wait that a server asks for without speaking of limits.
  mutating func noteWait(until: Date) {
    stand(Refusal(until: until, isSecondary: true))
  }

  /// Judges a 403 or 429; `nil` where it is not about limits.
  mutating func judge(_ response: HTTPResponse, at now: Date) -> Refusal? {
    let headers = response.headers
    let text = String(decoding: response.body.prefix(4096), as: UTF8.self).lowercased()
    let isSecondary = text.contains("secondary rate limit") || text.contains("abuse detection")
    let result: Refusal
    if let wait = Self.retryAfter(headers, at: now) {
      result = Refusal(until: now + wait, isSecondary: isSecondary || !Self.isUsedUp(headers))
    } else if Self.isUsedUp(headers), !isSecondary,
      let reset = Self.number(headers["x-ratelimit-reset"])
    {
      let until = Self.localTime(ofReset: reset, headers, now)
      // A reset that has just passed still needs a moment to be true everywhere.
      let wait = min(max(until.timeIntervalSince(now), 1), Self.longestWait)
      result = Refusal(until: now + wait, isSecondary: false)
    } else if isSecondary || Self.isUsedUp(headers) || response.status == 429 {
      // Answers to requests that were under way together count as one.
      if standing(at: now) == nil { strikes += 1 }
      let wait = min(60 * Double(1 << min(max(strikes - 1, 0), 6)), Self.longestWait)
      result = Refusal(until: now + wait, isSecondary: true)
    } else {
      return nil
    }
    stand(result)
    return result
  }

  /// Puts a refusal in force, unless one that lasts longer is.
  private mutating func stand(_ new: Refusal) {
    if new.until > refusal?.until ?? .distantPast { refusal = new }
  }

  /// How long a server asks to wait, in seconds; `nil` where it does not say.
  static func retryAfter(_ headers: HTTPHeaders, at now: Date) -> TimeInterval? {
    headers.retryAfter(at: now).map { min(max($0, 1), longestWait) }
  }

  /// A reset time by the local clock, which may be wrong: the server's own clock is in the answer.
  private static func localTime(
    ofReset reset: Int, _ headers: HTTPHeaders, _ now: Date
  ) -> Date {
    let resetsAt = Date(timeIntervalSince1970: TimeInterval(reset))
    guard let serverNow = headers["date"].flatMap(HTTPDate.parse) else { return resetsAt }
    return now + resetsAt.timeIntervalSince(serverNow)
  }

  private static func isUsedUp(_ headers: HTTPHeaders) -> Bool {
    number(headers["x-ratelimit-remaining"]) == 0
  }

  private static func number(_ text: String?) -> Int? {
    text.flatMap { Int($0.trimmingSpace) }
  }

  /// No wait is longer, in seconds, whatever a server says: the limits are hourly.
  private static let longestWait: TimeInterval = 2 * 3600
}
