/// What a piece of ``LogWork`` has found.
package enum LogFinding: Sendable, Hashable {
  /// A later state of the index.
  case indexed(LogIndex)
  /// The next place that fits, or that there is none.
  case found(LogHit?)
  /// How many places fit, so far.
  case counted(LogHitCount)
  /// Which lines fit, so far.
  case filtered(LogFilter)
  /// Why the work has ended without a result, in words for a person.
  case failed(String)
}
