extension Rect {
  /// Cuts rows off the top; what is asked too much is not given.
  package func split(topRows count: Int) -> (top: Rect, rest: Rect) {
    let count = min(max(0, count), size.rows)
    return (
      Rect(
        column: origin.column, row: origin.row, columns: size.columns, rows: count),
      Rect(
        column: origin.column, row: origin.row + count,
        columns: size.columns, rows: size.rows - count)
    )
  }

  /// Cuts rows off the bottom; what is asked too much is not given.
  package func split(bottomRows count: Int) -> (rest: Rect, bottom: Rect) {
    let (top, rest) = split(topRows: size.rows - min(max(0, count), size.rows))
    return (top, rest)
  }

  /// Cuts columns off the left; what is asked too much is not given.
  package func split(leftColumns count: Int) -> (left: Rect, rest: Rect) {
    let count = min(max(0, count), size.columns)
    return (
      Rect(column: origin.column, row: origin.row, columns: count, rows: size.rows),
      Rect(
        column: origin.column + count, row: origin.row,
        columns: size.columns - count, rows: size.rows)
    )
  }

  /// Cuts columns off the right; what is asked too much is not given.
  package func split(rightColumns count: Int) -> (rest: Rect, right: Rect) {
    let (left, rest) = split(leftColumns: size.columns - min(max(0, count), size.columns))
    return (left, rest)
  }

  /// One row of the rectangle, counted from its top; empty outside of it.
  package func row(_ index: Int) -> Rect {
    guard (0..<size.rows).contains(index) else { return Rect(origin: origin, size: .zero) }
    return Rect(
      column: origin.column, row: origin.row + index, columns: size.columns, rows: 1)
  }
}
