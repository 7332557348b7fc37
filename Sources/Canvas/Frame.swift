/// A picture of the whole screen, cell by cell.
///
/// All text that enters a frame is made harmless on the way, so whatever presents frames needs no
/// care of its own. A wide character is a cell with text and an empty cell after it; the two are
/// never parted: what overwrites one half leaves a space in the other.
package struct Frame: Sendable, Hashable {
  /// The extent of the screen.
  package let size: Size
  /// Where the terminal's cursor stands; `nil` hides it.
  package var cursor: Point?
  /// What stands at the end of text that was cut, one column wide.
  let ellipsis: String
  /// The cells, row by row.
  var cells: [Cell]

  /// Makes an empty frame.
  /// - Parameters:
  ///   - size: The extent of the screen.
  ///   - glyphs: The set that the ellipsis of cut text is taken from.
  package init(size: Size, glyphs: GlyphSet = .unicode) {
    self.size = size
    ellipsis = glyphs.ellipsis
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// The whole frame as a rectangle.
  package var bounds: Rect { Rect(size: size) }

  /// The cell at a place; a blank one outside of the frame.
  package subscript(column column: Int, row row: Int) -> Cell {
    guard let index = index(column: column, row: row) else { return .blank }
    return cells[index]
  }

  /// The cell at a point; a blank one outside of the frame.
  package subscript(point: Point) -> Cell { self[column: point.column, row: point.row] }

  /// Where a cell is stored; `nil` outside of the frame.
  func index(column: Int, row: Int) -> Int? {
    guard (0..<size.columns).contains(column), (0..<size.rows).contains(row) else { return nil }
    return row * size.columns + column
  }
}
