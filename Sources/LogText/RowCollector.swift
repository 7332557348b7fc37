/// Gathers the text of some rows of a line into spans.
struct RowCollector {
  /// A stretch of flat text that fits what is looked for.
  struct Mark {
    var range: Range<Int>
    var isCurrent: Bool
  }

  /// One row.
  struct Row {
    var spans: [LogSpan] = []
    /// Whether the line has more to the right.
    var isCutRight = false
  }

  /// The rows that are wanted.
  let wanted: Range<Int>
  /// The columns that are wanted; all of a row where lines are broken.
  let columns: Range<Int>
  /// Whether lines are broken.
  let wraps: Bool
  /// The rows so far.
  private(set) var rows: [Row] = []

  private var text: [UInt8] = []
  private var textWidth = 0
  private var look = Look()

  /// What tells a span from the next.
  private struct Look: Equatable {
    var state = GraphicState.plain
    var isHit = false
    var isCurrent = false
  }

  init(rows: Range<Int>, columns: Range<Int>, wraps: Bool) {
    wanted = rows
    self.columns = columns
    self.wraps = wraps
  }

  /// Takes in the walker's stretch; gives whether the rows want more.
  mutating func collect(_ walker: inout LineWalker, marks: [Mark]) -> Bool {
    let styles = walker.stretch.styles
    var looks = Looks(styles: styles, marks: marks)
    let start = (row: walker.place.row, column: walker.place.column)
    let current = walker
    let (wantsMore, end, row, column) = current.stretch.bytes.withUnsafeBytes { bytes in
      var scanner = current.scanner(bytes)
      var (row, column) = start
      while true {
        let room = columns.upperBound - column
        var limit = room > 0 ? room : wraps ? columns.upperBound : 1
        // What is cut at the left edge comes by itself.
        if column < columns.lowerBound { limit = 1 }
        guard let unit = scanner.next(limit: limit, most: max(1, limit / 2)) else {
          return (true, scanner.position, row, column)
        }
        let spot = LineWalker.spot(of: unit, row: row, column: column, width: current.width)
        if spot.row >= wanted.upperBound || !wraps && isBeyond(spot) {
          if !wraps { cutRight() }
          return (false, unit.range.lowerBound, row, column)
        }
        add(unit, at: spot, bytes, &looks)
        (row, column) = spot.after(unit.count, width: current.width)
      }
    }
    walker.move(to: end, row: row, column: column)
    return wantsMore
  }

  /// Ends the last row.
  mutating func finish() {
    endSpan()
    if rows.isEmpty, !wanted.isEmpty { rows.append(Row()) }
  }

  /// Whether a unit finds no room on the one row.
  private func isBeyond(_ spot: LineWalker.Spot) -> Bool {
    spot.column >= columns.upperBound && spot.width > 0
      || spot.column >= columns.lowerBound && spot.column + spot.width > columns.upperBound
  }

  private mutating func cutRight() {
    if rows.isEmpty { rows.append(Row()) }
    rows[rows.count - 1].isCutRight = true
  }

  private mutating func add(
    _ unit: TextUnit, at spot: LineWalker.Spot, _ bytes: UnsafeRawBufferPointer,
    _ looks: inout Looks
  ) {
    while wanted.lowerBound + rows.count <= spot.row {
      endSpan()
      rows.append(Row())
    }
    if unit.count > 1 {
      addStretch(unit, bytes, &looks)
      return
    }
    begin(looks.look(of: unit.range))
    if spot.column < columns.lowerBound {
      // The left half of it is out of sight.
      addSpaces(min(spot.column + spot.width - columns.lowerBound, columns.count))
      return
    }
    switch unit.content {
    case .tab:
      addSpaces(spot.width)
    case .verbatim where unit.width == spot.width:
      text.append(contentsOf: bytes[unit.range])
      textWidth += unit.width
    case .text(let clean) where unit.width == spot.width:
      text.append(contentsOf: clean.utf8)
      textWidth += unit.width
    case .verbatim, .text:
      text.append(contentsOf: "\u{FFFD}".utf8)
      textWidth += 1
    }
  }

  /// Adds characters that take the same columns and may look different from each other.
  private mutating func addStretch(
    _ unit: TextUnit, _ bytes: UnsafeRawBufferPointer, _ looks: inout Looks
  ) {
    let upper = unit.range.upperBound
    var start = unit.range.lowerBound
    while start < upper {
      let next = Self.boundary(after: start + 1, in: bytes, upper)
      begin(looks.look(of: start..<next))
      let end = Self.boundary(
        after: max(next, min(looks.end(after: start), upper)), in: bytes, upper)
      text.append(contentsOf: bytes[start..<end])
      let count =
        unit.width == 1 && end - start == unit.range.count
        ? unit.count
        : bytes[start..<end].count { $0 & 0xC0 != 0x80 }
      textWidth += count * unit.width
      start = end
    }
  }

  /// The next index at which a character begins.
  private static func boundary(
    after index: Int, in bytes: UnsafeRawBufferPointer, _ end: Int
  ) -> Int {
    var index = index
    while index < end, bytes[index] & 0xC0 == 0x80 { index += 1 }
    return index
  }

  private mutating func addSpaces(_ count: Int) {
    guard count > 0 else { return }
    text.append(contentsOf: repeatElement(0x20, count: count))
    textWidth += count
  }

  private mutating func begin(_ look: Look) {
    guard look != self.look else { return }
    endSpan()
    self.look = look
  }

  private mutating func endSpan() {
    guard !text.isEmpty, !rows.isEmpty else { return }
    rows[rows.count - 1].spans.append(
      LogSpan(
        text: String(decoding: text, as: UTF8.self), width: textWidth, style: look.state.style,
        isHit: look.isHit, isCurrentHit: look.isCurrent))
    text.removeAll(keepingCapacity: true)
    textWidth = 0
  }
}

extension RowCollector {
  /// Goes along styles and marks with the text.
  private struct Looks {
    let styles: [FlatText.StyleRun]
    let marks: [Mark]
    var style = 0
    var mark = 0

    init(styles: [FlatText.StyleRun], marks: [Mark]) {
      self.styles = styles
      self.marks = marks
    }

    /// How what stands in a range of bytes looks.
    mutating func look(of range: Range<Int>) -> Look {
      while style + 1 < styles.count, styles[style + 1].flat <= range.lowerBound { style += 1 }
      while mark < marks.count, marks[mark].range.upperBound <= range.lowerBound { mark += 1 }
      var look = Look(state: styles[style].state)
      if mark < marks.count, marks[mark].range.lowerBound < range.upperBound {
        look.isHit = true
        look.isCurrent = marks[mark].isCurrent
      }
      return look
    }

    /// Where the look of the character at an offset, which was asked for last, may end.
    func end(after offset: Int) -> Int {
      var end = style + 1 < styles.count ? styles[style + 1].flat : Int.max
      if mark < marks.count {
        let range = marks[mark].range
        end = min(end, range.lowerBound > offset ? range.lowerBound : range.upperBound)
      }
      return end
    }
  }
}
