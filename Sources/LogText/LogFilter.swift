/// Which lines of a log fit a pattern.
package struct LogFilter: Sendable, Hashable {
  /// So many lines of a block are kept; where more fit they are looked up again when needed, so
  /// that a filter that most lines fit takes no memory for them.
  static let keptLines = 64

  /// How many there are, so far.
  package var count: Int { table.count }
  /// Whether all of the log has been looked at.
  package var isComplete: Bool
  /// How many there are in each block.
  var table: BlockTable
  /// The lines of the blocks that have few, by the number of the block.
  var kept: [Int: [Int]] = [:]
  /// Whether the last line may go on, so that its block is to be looked at anew.
  var endsOpen = false
}
