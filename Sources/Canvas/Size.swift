/// An extent on the screen, in terminal cells.
package struct Size: Sendable, Hashable {
  /// The number of columns.
  package var columns: Int
  /// The number of rows.
  package var rows: Int

  /// The empty size.
  package static let zero = Size(columns: 0, rows: 0)

  /// Makes a size; negative numbers count as zero.
  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}
