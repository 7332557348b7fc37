import LogText

/// What is kept from one text to the next, until the program ends.
struct PagerHabits: Sendable, Equatable {
  /// The most patterns that are remembered.
  static let mostPatterns = 50

  /// Whether long lines are broken.
  var wraps = false
  /// What of a line's timestamp is shown.
  var timestamps = LogPager.Timestamps.hidden
  /// Whether lines are numbered; `nil` for where there is room.
  var showsNumbers: Bool?
  /// Whether what is looked for is typed as a regular expression.
  var usesRegex = false
  /// What was looked for or filtered by, the newest last, each once.
  private(set) var patterns: [String] = []

  /// Puts a pattern at the end of those that are remembered.
  mutating func remember(_ pattern: String) {
    guard !pattern.isEmpty else { return }
    patterns.removeAll { $0 == pattern }
    patterns.append(pattern)
    patterns.removeFirst(max(0, patterns.count - Self.mostPatterns))
  }
}
