extension Frame {
  /// The cells that differ from an older frame, in runs of neighbours from the top left on.
  ///
  /// Everything differs from no frame and from one of another size. A wide character is always in
  /// a run with both of its halves.
  package func changes(since old: Frame?) -> [CellRun] {
    let old = old.flatMap { $0.size == size ? $0.cells : nil }
    var runs: [CellRun] = []
    for row in 0..<size.rows {
      let start = row * size.columns
      var column = 0
      while column < size.columns {
        let width = column + 1 < size.columns && cells[start + column + 1].isRightHalf ? 2 : 1
        let own = (start + column)..<(start + column + width)
        defer { column += width }
        if let old, old[own] == cells[own] { continue }
        if let last = runs.last, last.origin.row == row,
          last.origin.column + last.cells.count == column
        {
          runs[runs.count - 1].cells += cells[own]
        } else {
          runs.append(
            CellRun(origin: Point(column: column, row: row), cells: Array(cells[own])))
        }
      }
    }
    return runs
  }
}
