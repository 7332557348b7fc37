/// Neighbouring cells of one row that are drawn in one go.
struct SVGRun {
  /// The first column.
  var column: Int
  /// The number of columns.
  var columns: Int
  /// The text of the cells.
  var text: String
  /// The style of all of them.
  var style: Style

  /// Whether there is nothing to see but the background.
  var isBlank: Bool { text.allSatisfy { $0 == " " } }

  /// Takes a row apart: by style, and around every character that fonts draw wider or narrower
  /// than its cells, since stretching would pull its neighbours out of their columns.
  static func runs(of frame: Frame, row: Int) -> [SVGRun] {
    var runs: [SVGRun] = []
    var isOpen = false
    for column in 0..<frame.size.columns {
      let cell = frame[column: column, row: row]
      if cell.isRightHalf, let last = runs.last {
        runs[runs.count - 1].columns = last.columns + 1
        continue
      }
      let isPlain = cell.text.utf8.count == 1
      if isOpen, isPlain, let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].columns = last.columns + 1
        runs[runs.count - 1].text += cell.text
      } else {
        runs.append(SVGRun(column: column, columns: 1, text: cell.text, style: cell.style))
      }
      isOpen = isPlain
    }
    return runs
  }
}
