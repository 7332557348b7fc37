/// What a piece of ``LogWork`` has found.
package enum LogFinding: Sendable, Hashable {
  /// A later state of the index.
  case indexed(LogIndex)
}
