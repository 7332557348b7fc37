extension LogPager {
  /// The columns that stand before a line's text, and those that are left for it.
  struct Shape {
    /// The columns of the timestamp and the space after it.
    var timestamp: Int
    /// The columns that the line is moved to the right.
    var indent: Int
    /// The columns of the fold's sign and the space after it.
    var sign: Int
    /// The columns that are left.
    var width: Int

    /// The columns before the text.
    var lead: Int { timestamp + indent + sign }
  }

  /// How a line stands on its rows.
  func shape(depth: Int, isHeading: Bool) -> Shape {
    var shape = Shape(timestamp: 0, indent: 0, sign: 0, width: columns)
    let wanted =
      switch options.timestamps {
      case .hidden: 0
      case .time: 9
      case .full: timestampColumns + 1
      }
    // What is said comes first where there is little room.
    if timestampColumns > 0, shape.width >= wanted + 16 { shape.timestamp = wanted }
    shape.width -= shape.timestamp
    shape.indent = min(2 * depth, shape.width / 4)
    shape.width -= shape.indent
    if isHeading, shape.width >= 4 { shape.sign = 2 }
    shape.width -= shape.sign
    return shape
  }

  /// How the line stands on its rows that begins at an offset.
  mutating func shape(of line: ShownLine) -> Shape {
    shape(depth: groups(holding: line.start).count, isHeading: heads(line) != nil)
  }

  /// The group that a line heads, where it can be folded.
  func heads(_ line: ShownLine) -> Int? {
    guard line.kind == .group, filterPattern == nil else { return nil }
    return index.group(headedAt: line.start)
  }

  /// How many rows a line takes.
  mutating func rowCount(of start: Int) -> Int {
    guard options.wraps else { return 1 }
    let line = store.line(at: start)
    let width = shape(of: line).width
    if line.isLong, let end = store.end(of: line, width: width) { return end.row + 1 }
    var walker = LineWalker(line, width: width, toward: .end, in: &store)
    _ = walker.skip(to: .end, in: &store)
    return walker.place.row + 1
  }

  /// On which row and column of its line a byte is drawn.
  mutating func place(ofByte offset: Int, in line: ShownLine) -> (row: Int, column: Int) {
    let width = options.wraps ? shape(of: line).width : nil
    var walker = LineWalker(line, width: width, toward: .byte(offset), in: &store)
    _ = walker.skip(to: .byte(offset), in: &store)
    if let width, walker.place.column >= width { return (walker.place.row + 1, 0) }
    return (walker.place.row, walker.place.column)
  }
}

extension LogPager {
  /// The row that stands so many rows above another, or the first.
  mutating func row(_ count: Int, above row: Top) -> Top {
    var row = row
    var left = count
    while left > row.row {
      guard let line = shown(before: row.line) else { return Top(line: row.line) }
      left -= row.row + 1
      row = Top(line: line, row: rowCount(of: line) - 1)
    }
    row.row -= left
    return row
  }

  /// The row that stands so many rows below another, or the last.
  mutating func row(_ count: Int, below row: Top) -> Top {
    var row = row
    var left = count
    while left > 0 {
      let rest = options.wraps ? rowCount(of: row.line) - 1 - row.row : 0
      if left <= rest {
        row.row += left
        return row
      }
      left -= rest + 1
      guard let line = shown(after: row.line) else {
        row.row += max(0, rest)
        return row
      }
      row = Top(line: line)
    }
    return row
  }

  /// The first row of the screen that shows the log's end.
  mutating func bottom() -> Top {
    guard let line = lastShown() else { return Top(line: bounds.lowerBound) }
    return row(height - 1, above: Top(line: line, row: rowCount(of: line) - 1))
  }
}
