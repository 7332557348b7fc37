/// What there is to tell about a pager beside its rows.
package struct LogStatus: Sendable, Hashable {
  /// The number of the first line on the screen; `nil` while it is not known.
  package var topLine: Int?
  /// The number of the line under the cursor; `nil` while it is not known.
  package var cursorLine: Int?
  /// How many lines there are; `nil` while they are being counted.
  package var lineCount: Int?
  /// How far the end of the screen is into the log, in percent of its bytes; 100 only at the end.
  package var percent = 100
  /// The hits of the search; `nil` where nothing is looked for.
  package var hits: Hits?
  /// The lines that the filter shows; `nil` where there is no filter.
  package var filtered: Filtered?
  /// The columns that are out of sight to the left.
  package var column = 0
  /// Whether the last line is on the screen.
  package var isAtEnd = true
  /// Whether the screen goes with the log's end as it grows.
  package var isFollowing = false
  /// Whether the next hit or problem is being looked for.
  package var isSearching = false
  /// How many errors are known.
  package var errorCount = 0
  /// How many warnings are known.
  package var warningCount = 0
  /// What the last thing that was asked for has led to, in words; `nil` where that is seen anyway.
  package var message: String?

  /// The hits of a search.
  package struct Hits: Sendable, Hashable {
    /// How many there are, so far.
    package var count: Int
    /// Whether all of them have been counted.
    package var isComplete: Bool
    /// Which of them the search stands at, counted from 1; `nil` for none, or while not known.
    package var current: Int?

    /// Creates a count.
    package init(count: Int, isComplete: Bool, current: Int? = nil) {
      self.count = count
      self.isComplete = isComplete
      self.current = current
    }
  }

  /// The lines that a filter shows.
  package struct Filtered: Sendable, Hashable {
    /// How many there are, so far.
    package var count: Int
    /// Whether all of the log has been looked at.
    package var isComplete: Bool

    /// Creates a count.
    package init(count: Int, isComplete: Bool) {
      self.count = count
      self.isComplete = isComplete
    }
  }
}
