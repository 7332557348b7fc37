import Deploys
import Foundation

/// Slows the engine down before GitHub's hourly allowance runs out.
///
/// Requests answered 304 are free and do not count.
struct Budget: Sendable, Hashable {
  /// The share of the allowance that is left for what a person does.
  private static let reserve = 0.05
  /// Over how long the own pace is measured.
  private static let span: TimeInterval = 60

  private var charged: [Date] = []

  /// Notes a request that GitHub charged.
  mutating func charge(at now: Date) {
    charged.append(now)
    forget(before: now)
  }

  private mutating func forget(before now: Date) {
    let start = now.addingTimeInterval(-Self.span)
    if let first = charged.first, first < start { charged.removeAll { $0 < start } }
  }

  /// By how much intervals must grow for the allowance to last until its reset; at least 1.
  func stretch(for limit: RateLimit?, at now: Date) -> Double {
    guard let limit, limit.limit > 0, limit.resetsAt > now else { return 1 }
    let spendable = Double(limit.remaining) - Double(limit.limit) * Self.reserve
    let possible = spendable / max(1, limit.resetsAt.timeIntervalSince(now))
    let start = now.addingTimeInterval(-Self.span)
    let pace = Double(charged.count { $0 >= start }) / Self.span
    guard possible > 0 else { return pace > 0 ? 20 : 1 }
    return min(20, max(1, pace / possible))
  }
}
