/// How many places fit a pattern.
package struct LogHitCount: Sendable, Hashable {
  /// How many there are, so far.
  package var count: Int { table.count }
  /// Whether all of the log has been counted.
  package var isComplete: Bool
  /// How many there are in each block.
  var table: BlockTable
  /// Whether the last line may go on, so that its block is to be counted anew.
  var endsOpen = false
}
