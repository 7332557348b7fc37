extension Frame {
  /// Draws a box along the edge of a rectangle, with a title in its upper line.
  package mutating func box(
    _ rect: Rect, title: String = "", glyphs: GlyphSet, style: Style = .border,
    titleStyle: Style = .title
  ) {
    guard rect.size.columns >= 2, rect.size.rows >= 2 else { return }
    let box = glyphs.box
    let right = rect.columns.upperBound - 1
    let bottom = rect.rows.upperBound - 1
    for row in [rect.origin.row, bottom] {
      rule(
        at: Point(column: rect.origin.column, row: row), columns: rect.size.columns,
        glyphs: glyphs, style: style)
    }
    for row in rect.rows {
      put(box.vertical, at: Point(column: rect.origin.column, row: row), style: style)
      put(box.vertical, at: Point(column: right, row: row), style: style)
    }
    put(box.topLeft, at: rect.origin, style: style)
    put(box.topRight, at: Point(column: right, row: rect.origin.row), style: style)
    put(box.bottomLeft, at: Point(column: rect.origin.column, row: bottom), style: style)
    put(box.bottomRight, at: Point(column: right, row: bottom), style: style)
    guard !title.isEmpty, rect.size.columns > 6 else { return }
    put(
      " \(title) ", at: rect.origin.moved(columns: 2), style: titleStyle,
      width: rect.size.columns - 4)
  }

  /// Draws a line from left to right.
  package mutating func rule(
    at point: Point, columns: Int, glyphs: GlyphSet, style: Style = .border
  ) {
    fill(
      Rect(origin: point, size: Size(columns: columns, rows: 1)),
      with: Cell(glyphs.box.horizontal, style: style))
  }
}
