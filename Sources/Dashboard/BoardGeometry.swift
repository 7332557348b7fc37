import Canvas

/// Where the parts of the main screen lie; a function of the screen's size alone.
struct BoardGeometry: Sendable, Equatable {
  /// The name of the program, the counts, the clock, the health of the sources.
  var header: Rect
  /// The headings of the columns; empty on a small screen.
  var columns: Rect
  var board: Rect
  /// What there is to say about the selected row; empty on a small screen.
  var detail: Rect
  var footer: Rect

  init(size: Size) {
    let isTall = size.rows >= 16
    let all = Rect(size: size)
    let (head, belowHead) = all.split(topRows: isTall ? 2 : 1)
    let (titles, belowTitles) = belowHead.split(topRows: size.rows >= 12 ? 1 : 0)
    let (middle, foot) = belowTitles.split(bottomRows: 1)
    // One row of it is the rule above.
    let detailRows =
      switch size.rows {
      case ..<16: 0
      case ..<24: 3
      case ..<36: 4
      case ..<50: 6
      default: 8
      }
    let (rows, pane) = middle.split(bottomRows: detailRows)
    header = head
    columns = titles
    board = rows
    detail = pane
    footer = foot
  }
}
