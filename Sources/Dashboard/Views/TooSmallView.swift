import Canvas

/// What a terminal shows that is too small for the board.
struct TooSmallView {
  var model: Model

  func draw(into frame: inout Frame) {
    let size = model.size
    let least = Model.minimumSize
    let need = "\(least.columns)x\(least.rows)"
    let have = "\(size.columns)x\(size.rows)"
    var lines =
      TextWrap.lines(
        "cdtop needs \(need); this terminal has \(have).", width: size.columns)
      + TextWrap.lines("Enlarge it, or press q to quit.", width: size.columns)
    if lines.count > size.rows { lines = ["needs \(need)", "has \(have)", "q quits"] }
    for (row, line) in lines.enumerated() {
      frame.put(line, at: Point(column: 0, row: row), style: row == 0 ? .warning : .plain)
    }
  }
}
