import Canvas
import LogText

/// Draws rows of a text with what stands at their left.
struct PagerRowPainter {
  let layout: PagerLayout
  let glyphs: GlyphSet

  func draw(_ row: LogRow, into frame: inout Frame, at line: Int) {
    drawGutter(row, into: &frame, at: line)
    let origin = Point(column: layout.text.origin.column, row: line)
    let end = layout.text.columns.upperBound
    if row.isFirst, let timestamp = row.timestamp {
      frame.put(timestamp, at: origin, style: .dim, width: row.lead)
    }
    if row.isFirst, let fold = row.fold, row.lead >= 2 {
      frame.put(sign(fold), at: origin.moved(columns: row.lead - 2), style: .accent)
    }
    var column = origin.column + row.lead
    for span in row.spans where column < end {
      frame.put(
        span.text, at: Point(column: column, row: line), style: Style(span, in: row),
        width: end - column)
      column += span.width
    }
    if row.isCutRight {
      frame.put(glyphs.ellipsis, at: Point(column: end - 1, row: line), style: .dim)
    }
    if case .folded(let hidden) = row.fold, row.isFirst {
      drawHidden(hidden, after: column, into: &frame, at: line)
    }
  }

  private func drawGutter(_ row: LogRow, into frame: inout Frame, at line: Int) {
    if row.isCursor {
      frame.put(glyphs.selection, at: Point(column: 0, row: line), style: .accent)
    }
    if layout.numbers > 0, row.isFirst, let number = row.line {
      let text = "\(number)"
      frame.put(
        text, at: Point(column: 1 + max(0, layout.numbers - text.count), row: line),
        style: row.isCursor ? Style.accent.bold : .dim, width: layout.numbers)
    }
    if row.isFirst, let sign = sign(row.kind) {
      frame.put(
        sign.text, at: Point(column: 1 + layout.numbers, row: line), style: Style(sign.role))
    }
    if row.isCutLeft {
      frame.put(glyphs.ellipsis, at: Point(column: 2 + layout.numbers, row: line), style: .dim)
    }
  }

  /// How many lines a folded group hides, behind its heading or over the end of a long one.
  private func drawHidden(_ count: Int?, after column: Int, into frame: inout Frame, at line: Int) {
    let lines = count.map { $0 == 1 ? "1 line" : "\($0) lines" } ?? glyphs.ellipsis
    let text = " \(glyphs.separator) \(lines) "
    let room = layout.text.columns
    let width = DisplayWidth.of(text)
    let start = max(room.lowerBound, min(column, room.upperBound - width))
    frame.put(
      text, at: Point(column: start, row: line), style: .dim, width: room.upperBound - start)
  }

  private func sign(_ fold: LogRow.Fold) -> String {
    switch fold {
    case .open: glyphs.expanded
    case .folded: glyphs.collapsed
    }
  }

  private func sign(_ kind: LogLine.Kind) -> (text: String, role: Role)? {
    switch kind {
    case .error: (glyphs.failure, .failure)
    case .warning: (glyphs.attention, .warning)
    case .text, .group, .endGroup, .notice, .debug, .section, .command: nil
    }
  }
}
