import Canvas
import Deploys
import Foundation

/// Draws what is live where.
struct VersionsView {
  var model: Model
  var versions: VersionsScreen

  private var glyphs: GlyphSet { model.glyphs }
  private var grid: VersionGrid { versions.grid }
  private var separator: Span { Span(" \(glyphs.separator) ", .dim) }

  func draw(into frame: inout Frame, in rect: Rect) {
    let layout = VersionsLayout(model.size, grid)
    var versions = versions
    versions.reveal(in: layout)
    let shown = versions.visibleRows(in: layout)
    let below = grid.rows.count - shown.upperBound
    drawHeader(into: &frame, layout, below: below)
    guard !grid.rows.isEmpty, !grid.environments.isEmpty else {
      drawAbsence(into: &frame, in: rect, below: layout.header)
      return
    }
    drawTitles(into: &frame, layout, left: versions.left)
    drawRows(into: &frame, layout, versions, shown)
    if layout.rule.size.rows > 0 {
      frame.rule(at: layout.rule.origin, columns: layout.rule.size.columns, glyphs: glyphs)
      drawMore(below, into: &frame, in: layout.rule)
    }
    guard let place = versions.place else { return }
    let width = layout.detail.size.columns - 2
    let lines = VersionWriter(model: model, versions: versions, place: place).lines
      .flatMap { line in line.wrapped(to: width, rows: layout.detail.size.rows > 3 ? 2 : 1) }
    for (row, line) in lines.prefix(layout.detail.size.rows).enumerated() {
      frame.put(
        line, at: layout.detail.row(row).origin.moved(columns: 1), width: width)
    }
  }

  // MARK: - Above the services

  private func drawHeader(into frame: inout Frame, _ layout: VersionsLayout, below: Int) {
    // A small screen has no rule, so what is below is told above.
    let isTold = layout.rule.size.rows > 0
    let more = isTold ? 0 : drawMore(below, into: &frame, in: layout.header)
    let rect = layout.header.split(rightColumns: more).rest
    var groups = SpanGroups()
    let count = grid.rows.count
    groups.add([Span("\(count) service\(count == 1 ? "" : "s")", .dim)], rank: 4)
    if grid.differing > 0 {
      groups.add([Span("\(VersionPainter.differs) \(grid.differing) differ", .warning)], rank: 1)
    }
    let failures = versions.read?.failures.count ?? 0
    if failures > 0 {
      groups.add([Span("\(glyphs.failure) \(failures) not read", .failure)], rank: 0)
    }
    if versions.isReading {
      groups.add([Span("\(glyphs.spinner(at: model.step)) reading", .running)], rank: 2)
    } else if let read = versions.read {
      let age = Duration(from: read.readAt, to: model.now).coarseText
      groups.add([Span("read \(age) ago", .dim)], rank: 3)
    }
    let title = "Versions: what is live where"
    let short = "Versions"
    let width = rect.size.columns
    let used = frame.put(
      width < 70 ? short : title, at: rect.origin.moved(columns: 1), style: .title, width: width - 1
    )
    let room = width - used - 4
    let spans = groups.fitted(to: room, separator: separator)
    let taken = spans.reduce(0) { $0 + $1.width }
    frame.put(
      spans, at: rect.origin.moved(columns: max(used + 3, width - 1 - taken)), width: room)
  }

  private func drawTitles(into frame: inout Frame, _ layout: VersionsLayout, left: Int) {
    let rect = layout.titles
    frame.put(
      "service", at: rect.origin.moved(columns: VersionsLayout.gutter), style: .dim,
      width: layout.serviceWidth - 1)
    let hiddenRight = grid.environments.count - left - layout.columnCount
    for index in 0..<layout.columnCount {
      let column = left + index
      let name = grid.environments[column]
      var title = name
      if index == 0, left > 0 { title = "< \(left) more  \(title)" }
      if index == layout.columnCount - 1, hiddenRight > 0 { title += "  \(hiddenRight) more >" }
      let isUnderCursor = versions.cursor?.environment == name
      frame.put(
        title, at: rect.origin.moved(columns: layout.start(of: index)),
        style: isUnderCursor ? Style.heading.underlined : .heading, width: layout.cellWidth - 1)
    }
  }

  /// What stands there while there are no services.
  private func drawAbsence(into frame: inout Frame, in rect: Rect, below header: Rect) {
    var lines: [Span] = []
    if versions.isReading {
      lines = [
        Span("\(glyphs.spinner(at: model.step)) reading what is live where", .running)
      ]
    } else if let failures = versions.read?.failures, !failures.isEmpty {
      lines = failures.flatMap { failure in
        [
          Span("\(glyphs.failure) \(failure.message)", .failure),
          Span("\(glyphs.arrow) \(failure.remedy)"),
        ]
      }
    } else {
      lines = [
        Span("no workflow deploys to a configured environment"),
        Span(
          "\(glyphs.arrow) check `repositories` and the `workflow` patterns in the configuration"),
      ]
    }
    let width = rect.size.columns - 2
    let wrapped = lines.flatMap { span in
      TextWrap.lines(span.text, width: width).map { Span($0, span.style) }
    }
    for (row, span) in wrapped.prefix(max(0, rect.size.rows - 3)).enumerated() {
      frame.put([span], at: header.origin.moved(columns: 1, rows: 2 + row), width: width)
    }
  }

  // MARK: - The services

  private func drawRows(
    into frame: inout Frame, _ layout: VersionsLayout, _ versions: VersionsScreen,
    _ shown: Range<Int>
  ) {
    let place = versions.place
    let painter = VersionPainter(
      glyphs: glyphs, now: model.now, isReading: versions.isReading,
      hasRead: versions.read != nil, isWide: layout.isWide, step: model.step)
    var line = 0
    for index in shown {
      let row = grid.rows[index]
      let height = layout.height(of: row, from: versions.left)
      let origin = layout.list.row(line).origin
      let isUnderCursor = index == place?.row
      let isListed = versions.read?.unlisted[row.id.repository] == nil
      if isUnderCursor {
        for part in 0..<height {
          frame.put(glyphs.selection, at: origin.moved(rows: part), style: .accent)
        }
      }
      frame.put(
        row.label, at: origin.moved(columns: VersionsLayout.gutter),
        style: isUnderCursor ? Style.plain.bold : .plain, width: layout.serviceWidth - 2)
      for position in 0..<layout.columnCount {
        let column = versions.left + position
        let rect = Rect(
          column: layout.start(of: position), row: origin.row,
          columns: layout.cellWidth - 1, rows: height)
        painter.draw(row.cells[column], isListed: isListed, into: &frame, in: rect)
        if isUnderCursor, column == place?.column {
          frame.restyle(rect) { $0.isSelected = true }
        }
      }
      line += height
    }
    guard shown.lowerBound > 0 else { return }
    frame.put(
      "\(glyphs.up) \(shown.lowerBound) more ", at: layout.titles.origin, style: .accent,
      width: layout.serviceWidth + VersionsLayout.gutter - 1)
  }

  /// How many services lie below the screen.
  /// - Returns: The columns taken, from the right.
  @discardableResult
  private func drawMore(_ count: Int, into frame: inout Frame, in rect: Rect) -> Int {
    guard count > 0, !grid.environments.isEmpty else { return 0 }
    let text = " \(glyphs.down) \(count) more "
    let width = DisplayWidth.of(text)
    frame.put(
      text, at: rect.origin.moved(columns: rect.size.columns - width), style: .accent)
    return width
  }
}
