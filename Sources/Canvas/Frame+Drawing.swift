extension Frame {
  /// Writes text on one row, made harmless and cut to the frame.
  ///
  /// With a width, text that does not fit ends in an ellipsis and takes the width exactly. Without
  /// one it is cut at the frame's edge; half of a wide character there becomes a space.
  /// - Parameters:
  ///   - text: Any text at all.
  ///   - point: Where the first character goes; it may lie outside of the frame.
  ///   - style: How it is drawn.
  ///   - width: The most columns to take.
  /// - Returns: The columns taken, from `point` on.
  @discardableResult
  package mutating func put(
    _ text: String, at point: Point, style: Style = .plain, width: Int? = nil
  ) -> Int {
    guard (0..<size.rows).contains(point.row) else { return 0 }
    let limit = min(size.columns - point.column, width ?? .max)
    guard limit > 0 else { return 0 }
    let text = PlainText.sanitized(text)
    guard width != nil, DisplayWidth.of(text) > limit else {
      return draw(text, at: point, style: style, limit: limit)
    }
    let (kept, used) = DisplayWidth.prefix(text, fitting: limit - 1)
    draw(kept, at: point, style: style, limit: used)
    draw(ellipsis, at: point.moved(columns: used), style: style, limit: 1)
    for column in (used + 1)..<max(used + 1, limit) {
      set(" ", width: 1, column: point.column + column, row: point.row, style: style)
    }
    return limit
  }

  /// Fills a rectangle with one cell; a wide one counts as a space.
  package mutating func fill(_ rect: Rect, with cell: Cell = .blank) {
    let rect = rect.intersection(bounds)
    let text = cell.width == 1 ? cell.text : " "
    for row in rect.rows {
      for column in rect.columns {
        set(text, width: 1, column: column, row: row, style: cell.style)
      }
    }
  }

  /// Changes the style of every cell of a rectangle and leaves the text alone.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let rect = rect.intersection(bounds)
    for row in rect.rows {
      for column in rect.columns {
        change(&cells[row * size.columns + column].style)
      }
    }
  }

  /// Writes harmless text until it ends or the limit is reached, and gives the columns taken.
  @discardableResult
  private mutating func draw(_ text: String, at point: Point, style: Style, limit: Int) -> Int {
    var used = 0
    for character in text {
      for unit in DisplayUnit.units(of: character) where unit.width > 0 {
        guard used < limit else { return used }
        let isWhole = used + unit.width <= limit
        set(
          isWhole ? unit.text : " ", width: isWhole ? unit.width : 1,
          column: point.column + used, row: point.row, style: style)
        used += isWhole ? unit.width : 1
      }
    }
    return used
  }

  /// Puts one unit into its cells and repairs the wide characters that it cuts in two.
  private mutating func set(_ text: String, width: Int, column: Int, row: Int, style: Style) {
    let visible = (column..<(column + width)).clamped(to: 0..<size.columns)
    guard let first = visible.first else { return }
    let start = row * size.columns + first
    let end = start + visible.count
    if cells[start].isRightHalf, first > 0 {
      cells[start - 1] = cells[start - 1].with(trusted: " ")
    }
    if visible.upperBound < size.columns, cells[end].isRightHalf {
      cells[end] = cells[end].with(trusted: " ")
    }
    guard visible.count == width else {
      cells[start] = Cell(trusted: " ", style: style)
      return
    }
    cells[start] = Cell(trusted: text, style: style)
    if width == 2 { cells[start + 1] = Cell(trusted: "", style: style) }
  }
}
