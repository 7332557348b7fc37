/// A rectangle of cells.
package struct Rect: Sendable, Hashable {
  /// The top left cell.
  package var origin: Point
  /// The extent.
  package var size: Size

  /// Makes a rectangle from its corner and its extent.
  package init(origin: Point = .zero, size: Size) {
    self.origin = origin
    self.size = size
  }

  /// Makes a rectangle from four numbers; negative extents count as zero.
  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.init(
      origin: Point(column: column, row: row), size: Size(columns: columns, rows: rows))
  }

  /// The columns that the rectangle covers.
  package var columns: Range<Int> { origin.column..<(origin.column + size.columns) }

  /// The rows that the rectangle covers.
  package var rows: Range<Int> { origin.row..<(origin.row + size.rows) }

  /// Whether the rectangle covers no cell at all.
  package var isEmpty: Bool { columns.isEmpty || rows.isEmpty }

  /// Whether the cell at a point belongs to the rectangle.
  package func contains(_ point: Point) -> Bool {
    columns.contains(point.column) && rows.contains(point.row)
  }

  /// The cells that both rectangles cover.
  package func intersection(_ other: Rect) -> Rect {
    let columns = columns.clamped(to: other.columns)
    let rows = rows.clamped(to: other.rows)
    return Rect(
      column: columns.lowerBound, row: rows.lowerBound, columns: columns.count, rows: rows.count)
  }

  /// The rectangle without so many cells at each side; it never becomes negative.
  package func inset(columns: Int = 0, rows: Int = 0) -> Rect {
    Rect(
      column: origin.column + columns, row: origin.row + rows,
      columns: size.columns - 2 * columns, rows: size.rows - 2 * rows)
  }

  /// The rectangle without so many cells at all four sides.
  package func inset(by cells: Int) -> Rect { inset(columns: cells, rows: cells) }

  /// The rectangle of the given extent in the middle of this one, cut to it.
  package func centered(_ size: Size) -> Rect {
    let columns = min(size.columns, self.size.columns)
    let rows = min(size.rows, self.size.rows)
    return Rect(
      column: origin.column + (self.size.columns - columns) / 2,
      row: origin.row + (self.size.rows - rows) / 2,
      columns: columns, rows: rows)
  }
}
