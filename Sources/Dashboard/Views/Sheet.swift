import Canvas

/// A box over the board: a body that scrolls, and lines at its foot that stay.
struct Sheet: Sendable, Equatable {
  /// A line of a sheet.
  struct Line: Sendable, Equatable {
    var spans: [Span]

    init(_ spans: [Span] = []) { self.spans = spans }
    init(_ text: String, _ style: Style = .plain) { spans = [Span(text, style)] }
  }

  /// Where the terminal's cursor stands in a sheet.
  struct Cursor: Sendable, Equatable {
    var isInFoot: Bool
    /// The line, counted from the first one of the body, or from the last one of the foot.
    var line: Int
    var column: Int
  }

  var title: String
  var titleStyle = Style.title
  var body: [Line] = []
  var foot: [Line] = []
  var top = 0
  var cursor: Cursor?
  /// The lines of the body that must be on the screen.
  var shown: ClosedRange<Int>?
  private(set) var outer: Rect

  /// The columns inside the box.
  var width: Int { outer.size.columns - 4 }
  /// Whether there is room for what is not strictly needed.
  let isRoomy: Bool
  /// The rows for the body.
  var bodyRows: Int { max(1, outer.size.rows - 2 - foot.count) }
  /// The first line of the body when it is scrolled to its end.
  var lastTop: Int { max(0, body.count - bodyRows) }

  /// An empty sheet as large as the screen has room for.
  init(title: String, screen: Size, columns: Int = 70) {
    self.title = title
    isRoomy = screen.columns >= 60 && screen.rows >= 16
    // A margin too narrow to show anything is not worth having.
    let wide = screen.columns < columns + 8 ? screen.columns : columns
    outer = Rect(
      column: (screen.columns - wide) / 2, row: 0, columns: wide, rows: screen.rows - 1)
  }

  /// Makes the box as small as its content, and puts it in the middle.
  mutating func shrink() {
    let rows = min(outer.size.rows, body.count + foot.count + 2)
    outer = Rect(
      column: outer.origin.column, row: (outer.size.rows - rows) / 2,
      columns: outer.size.columns, rows: rows)
  }

  func draw(into frame: inout Frame, glyphs: GlyphSet) {
    frame.fill(outer)
    frame.box(outer, title: title, glyphs: glyphs, titleStyle: titleStyle)
    let first = firstLine
    let origin = outer.origin.moved(columns: 2, rows: 1)
    for (row, line) in body.dropFirst(first).prefix(bodyRows).enumerated() {
      frame.put(line.spans, at: origin.moved(rows: row), width: width)
    }
    let footStart = outer.size.rows - 2 - foot.count
    for (row, line) in foot.enumerated() {
      frame.put(line.spans, at: origin.moved(rows: footStart + row), width: width)
    }
    let below = body.count - first - bodyRows
    let edge = outer.origin.moved(columns: outer.size.columns - 12)
    if first > 0 {
      frame.put(" \(glyphs.up) \(first) more ", at: edge, style: .accent, width: 11)
    }
    if below > 0 {
      frame.put(
        " \(glyphs.down) \(below) more ", at: edge.moved(rows: outer.size.rows - 1),
        style: .accent, width: 11)
    }
    if let cursor {
      let row = cursor.isInFoot ? outer.size.rows - 3 - cursor.line : cursor.line - first
      frame.cursor = origin.moved(columns: cursor.column, rows: row)
    }
  }

  /// The first line to draw: the wish, bent so far that what must be shown is.
  private var firstLine: Int {
    var first = min(max(0, top), lastTop)
    if let shown {
      if shown.upperBound >= first + bodyRows { first = shown.upperBound - bodyRows + 1 }
      if shown.lowerBound < first { first = shown.lowerBound }
    }
    return first
  }
}

extension Sheet {
  /// The sheet that lies over the board; `nil` where none does.
  init?(_ model: Model) {
    guard let screen = model.screens.last else { return nil }
    if let dialog = screen.dialog {
      self = dialog.sheet(in: model)
    } else if case .help = screen {
      self = HelpView.sheet(model)
    } else {
      return nil
    }
    top = model.sheetTop
  }
}
