import Canvas
import Deploys

/// Draws the rows of the list of files into their columns.
struct FileRowPainter {
  let width: Int
  let glyphs: GlyphSet
  let clock: Clock

  private static let gutter = 2
  private static let sizeWidth = 9
  private static let dateWidth = 16

  private var showsDates: Bool { width >= 64 }

  /// Where the columns at the right begin.
  private var right: Int {
    width - Self.sizeWidth - 1 - (showsDates ? Self.dateWidth + 2 : 0)
  }

  func draw(_ row: FileRow, into frame: inout Frame, in rect: Rect) {
    // Deep folders must leave room for their names.
    let indent = min(2 * row.depth, width / 3)
    let start = Self.gutter + indent
    if row.file == nil {
      frame.put(
        row.isFolded ? glyphs.collapsed : glyphs.expanded,
        at: rect.origin.moved(columns: start), style: .accent)
    }
    // What is refused shows no size, so the reason may take its room.
    let isRefused = row.file?.refusal != nil
    let end = isRefused ? right + Self.sizeWidth : right - 1
    frame.put(name(of: row), at: rect.origin.moved(columns: start + 2), width: end - start - 2)
    if let size = row.size, !isRefused {
      let text = size.byteText
      frame.put(
        text,
        at: rect.origin.moved(columns: right + max(0, Self.sizeWidth - DisplayWidth.of(text))),
        style: row.file == nil ? .dim : .plain, width: Self.sizeWidth)
    }
    if showsDates, let date = row.file?.modifiedAt {
      frame.put(
        "\(clock.day(date)) \(clock.minutes(date))",
        at: rect.origin.moved(columns: right + Self.sizeWidth + 2), style: .dim,
        width: Self.dateWidth)
    }
  }

  private func name(of row: FileRow) -> [Span] {
    if let refusal = row.file?.refusal {
      return [
        Span("\(glyphs.attention) ", .warning), Span(row.name, .dim),
        Span("  \(refusal)", .warning),
      ]
    }
    guard row.file == nil else { return [Span(row.name)] }
    let count = row.isFolded ? "  \(row.count.grouped) file\(row.count == 1 ? "" : "s")" : ""
    return [Span("\(row.name)/", Style.plain.bold), Span(count, .dim)]
  }
}
