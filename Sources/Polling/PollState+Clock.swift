package import Deploys
package import Foundation

extension PollState {
  /// By how many seconds what was heard of the clocks has to change before it is taken in.
  private static let slack: TimeInterval = 1

  /// Sets the clock that the servers' times are compared with.
  ///
  /// The schedule keeps its own, which nobody sets.
  /// - Parameters:
  ///   - time: The time: this machine's, or the servers' where the machine's is wrong.
  ///   - error: By how much this machine's clock is wrong; `nil` where it is right.
  ///   - now: The same moment by the schedule's clock.
  package mutating func setClock(_ time: Date, error: ClockError?, at now: Date) {
    let new = time.timeIntervalSince(now)
    if abs(new - lead) > Self.slack {
      lead = new
      joinedAt = .distantPast
      wantedAt = .distantPast
    }
    // What trembles by parts of a second would be news each time.
    if let error, let clock, abs((error.ahead - clock.ahead) / .seconds(1)) <= Self.slack { return }
    clock = error
  }

  /// The time that the servers' times are compared with, at a moment of the schedule's clock.
  func time(at now: Date) -> Date { now.addingTimeInterval(lead) }

  /// What is shown of the sources and limits, whose times are the schedule's, by the time of ``time(at:)``.
  func shown(_ sources: [SourceHealth]) -> [SourceHealth] {
    guard lead != 0 else { return sources }
    return sources.map { source in
      var source = source
      source.lastSuccess = source.lastSuccess.map(time)
      if let since = source.failure?.since { source.failure?.since = time(at: since) }
      return source
    }
  }

  /// GitHub's allowance, with its reset by the time of ``time(at:)``.
  var shownLimit: RateLimit? {
    guard lead != 0, var limit = rateLimit else { return rateLimit }
    limit.resetsAt = time(at: limit.resetsAt)
    return limit
  }
}
