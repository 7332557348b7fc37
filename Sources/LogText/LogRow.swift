/// One row of the screen.
///
/// From left to right it holds the timestamp and a space where there is one, ``indent`` columns,
/// a sign of the fold and a space where there is one, and the spans. All of it together is never
/// wider than the columns that the pager was given. The rows that go on with a broken line leave
/// the room of its timestamp and its fold empty: ``lead`` is where the spans begin on any row.
package struct LogRow: Sendable, Hashable {
  /// Whether a heading's group is folded.
  package enum Fold: Sendable, Hashable {
    /// All of it is shown.
    case open
    /// So many lines are hidden; `nil` while their number is not known.
    case folded(Int?)
  }

  /// The line's number, counted from 1; `nil` while it is not known.
  package var line: Int?
  /// Where the line begins in the file.
  package var offset: Int
  /// Whether the row begins its line; false on the further rows of a broken line.
  package var isFirst: Bool
  /// Whether the row belongs to the line under the cursor.
  package var isCursor = false
  /// What the line is.
  package var kind: LogLine.Kind
  /// What the line's words tell of, where the log does not mark it; `nil` for nothing.
  package var told: LogPager.Told?
  /// How many groups the line stands in.
  package var depth: Int
  /// The columns that the line is moved to the right for its groups.
  package var indent: Int
  /// Whether the group that the line heads is folded; `nil` on a line that heads none.
  package var fold: Fold?
  /// The time that the line was written, as the options want it; `nil` where none is shown.
  package var timestamp: String?
  /// The columns before the spans.
  package var lead: Int
  /// The text, harmless and cut to the columns that are left.
  package var spans: [LogSpan] = []
  /// Whether text of the line is out of sight to the left.
  package var isCutLeft = false
  /// Whether text of the line is out of sight to the right.
  package var isCutRight = false

  /// The text of the spans.
  package var text: String { spans.map(\.text).joined() }
}
