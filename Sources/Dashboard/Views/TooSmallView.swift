import Canvas

/// What a terminal shows that is too small for the board.
struct TooSmallView {
  var model: Model

  func draw(into frame: inout Frame) {
    let size = model.size
    let least = Model.minimumSize
    let lines =
      TextWrap.lines(
        "cdtop needs \(least.columns)x\(least.rows); this terminal has "
          + "\(size.columns)x\(size.rows).", width: size.columns)
      + TextWrap.lines("Enlarge it, or press q to quit.", width: size.columns)
    for (row, line) in lines.enumerated() {
      frame.put(line, at: Point(column: 0, row: row), style: row == 0 ? .warning : .plain)
    }
  }
}
