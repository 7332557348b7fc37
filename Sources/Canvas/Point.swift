/// A place on the screen, counted in cells from the top left corner.
package struct Point: Sendable, Hashable {
  /// The column, counted from the left edge; it may lie outside of a frame.
  package var column: Int
  /// The row, counted from the top edge; it may lie outside of a frame.
  package var row: Int

  /// The top left corner.
  package static let zero = Point(column: 0, row: 0)

  /// Makes a point.
  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// The point that lies so many columns and rows further on.
  package func moved(columns: Int = 0, rows: Int = 0) -> Point {
    Point(column: column + columns, row: row + rows)
  }
}
