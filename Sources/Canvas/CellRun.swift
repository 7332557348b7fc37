/// Neighbouring cells of one row.
package struct CellRun: Sendable, Hashable {
  /// Where the first cell stands.
  package var origin: Point
  /// The cells from left to right; the first one is never a right half.
  package var cells: [Cell]
}
