import Canvas
import Deploys
import Foundation

/// Draws the screen of a run.
struct RunDetailView {
  var model: Model
  var detail: RunDetail

  private var glyphs: GlyphSet { model.glyphs }
  private var geometry: DetailGeometry { detail.geometry }
  /// The time, or when the run was last seen where it is no longer.
  private var now: Date { detail.goneSince ?? model.now }

  func draw(into frame: inout Frame, in rect: Rect) {
    RunHeaderView(model: model, detail: detail, now: now)
      .draw(into: &frame, header: geometry.header, about: geometry.about)
    for (index, line) in detail.verdict.prefix(geometry.verdict.size.rows).enumerated() {
      frame.put(
        line, at: geometry.verdict.row(index).origin.moved(columns: 1),
        width: max(0, rect.size.columns - 2))
    }
    drawTitle(into: &frame)
    drawTable(into: &frame)
    drawFacts(into: &frame)
    drawWhy(into: &frame)
  }

  // MARK: - The title

  private func drawTitle(into frame: inout Frame) {
    let place = geometry.title
    guard !place.isEmpty else { return }
    let above = detail.pane.isTable || !geometry.isTabbed ? detail.table.top : detail.why.top
    if above > 0 {
      frame.put("\(glyphs.up)\(above)", at: place.origin, style: .accent, width: 4)
    }
    let hasAxis = !geometry.axis.isEmpty && geometry.axis.origin.row == place.origin.row
    let room = hasAxis ? geometry.nameWidth : place.size.columns
    var groups = SpanGroups()
    if geometry.isTabbed {
      for pane in geometry.panes {
        let isHere = pane == detail.pane
        groups.add(
          [Span(title(of: pane), isHere ? Style.heading.underlined : .dim)], rank: isHere ? 0 : 2)
      }
    } else {
      groups.add([Span("JOBS", .dim)], rank: 2)
    }
    if let attempts { groups.add(attempts, rank: 1) }
    frame.put(
      groups.fitted(to: room - 5, separator: Span("  ")), at: place.origin.moved(columns: 4),
      width: room - 5)
    painter?.drawAxis(into: &frame, at: geometry.axis.origin)
  }

  private func title(of pane: DetailPane) -> String {
    pane == .why && !detail.isTroubled ? "details" : pane.title
  }

  /// The attempts around the one that is looked at; `nil` where there is only one.
  private var attempts: [Span]? {
    let count = detail.newest.run.attempt
    guard count > 1 else { return nil }
    guard model.size.columns >= 60 else {
      return [Span("\(detail.attempt)/\(count)", detail.isNewest ? .dim : .warning)]
    }
    let first = max(1, min(detail.attempt - 2, count - 4))
    let numbers = first...min(count, first + 4)
    var spans = [Span("attempt ", .dim)]
    if first > 1 { spans.append(Span("\(glyphs.ellipsis) ", .dim)) }
    for number in numbers {
      let isHere = number == detail.attempt
      let text = "\(number)\(sign(of: number))"
      spans.append(
        Span(isHere ? "[\(text)]" : " \(text) ", isHere ? Style.accent.bold : .dim))
    }
    if numbers.upperBound < count { spans.append(Span("\(glyphs.ellipsis)\(count)", .dim)) }
    return spans
  }

  private func sign(of number: Int) -> String {
    let deploy =
      number == detail.newest.run.attempt ? detail.newest : detail.answers.attempt(number).value
    return deploy?.state.glyph(in: glyphs) ?? ""
  }

  // MARK: - The jobs

  private var painter: BarPainter? {
    guard !geometry.axis.isEmpty, let timeline = detail.timeline else { return nil }
    return BarPainter(
      axis: timeline.axis(columns: geometry.barWidth, at: now), glyphs: glyphs, now: now,
      labelsWork: !geometry.showsTime)
  }

  private func drawTable(into frame: inout Frame) {
    guard !geometry.table.isEmpty else { return }
    let painter = painter
    for (line, row) in detail.table.visibleRows.enumerated() {
      let place = geometry.table.row(line)
      drawName(of: row, into: &frame, at: place.origin)
      painter?.draw(row, into: &frame, at: place.origin.moved(columns: geometry.nameWidth + 1))
      mark(place, row.id == detail.table.selection, hasKeys: detail.pane.isTable, into: &frame)
    }
  }

  private func drawName(of row: JobRow, into frame: inout Frame, at origin: Point) {
    let isNote = !row.isSelectable
    let width = isNote ? model.size.columns - 1 : geometry.nameWidth
    var column = 1 + 2 * row.depth
    if let isOpen = row.isOpen {
      frame.put(
        isOpen ? glyphs.expanded : glyphs.collapsed, at: origin.moved(columns: column), style: .dim)
    }
    frame.put(row.sign, at: origin.moved(columns: column + 1), style: Style(row.role))
    column += isNote ? 1 : 3
    let time = geometry.showsTime ? row.time?.duration(at: now).shortText ?? "" : ""
    let room = max(0, width - column - (time.isEmpty ? 0 : time.count + 1))
    let style: Style =
      row.isFailure ? .failure : row.isDim ? .dim : isNote ? Style(row.role) : .plain
    // The jobs of a matrix differ at the ends of their names.
    let name = row.id.isJob ? row.name.clippedInMiddle(to: room, glyphs: glyphs) : row.name
    var spans = [Span(name, style)]
    if !row.hint.isEmpty { spans.append(Span("  \(row.hint)", .dim)) }
    frame.put(spans, at: origin.moved(columns: column), width: room)
    frame.put(
      time, at: origin.moved(columns: max(column, width - time.count)),
      style: row.isDim ? .dim : .plain)
  }

  /// Marks the row under the cursor, more strongly where the keys act.
  private func mark(_ place: Rect, _ isSelected: Bool, hasKeys: Bool, into frame: inout Frame) {
    guard isSelected else { return }
    frame.put(glyphs.selection, at: place.origin, style: hasKeys ? .accent : .dim)
    if hasKeys { frame.restyle(place) { $0.isSelected = true } }
  }

  // MARK: - The row under the cursor in words

  private func drawFacts(into frame: inout Frame) {
    let place = geometry.facts
    guard !place.isEmpty else { return }
    frame.rule(at: place.origin, columns: place.size.columns, glyphs: glyphs)
    var room = place.size.columns - 2
    let below = detail.table.below
    if below > 0 {
      let text = " \(glyphs.down) \(below) more "
      let width = DisplayWidth.of(text)
      frame.put(
        text, at: place.origin.moved(columns: place.size.columns - width - 1), style: .accent)
      room -= width + 1
    }
    let facts = FactWriter(
      detail: detail, clock: Clock(model.timeZone), separator: glyphs.separator, now: now
    ).lines.filter { !$0.text.isEmpty }
    guard let first = facts.first else { return }
    frame.put(" \(first.text) ", at: place.origin.moved(columns: 1), style: .heading, width: room)
    for (index, line) in facts.dropFirst().prefix(place.size.rows - 1).enumerated() {
      frame.put(
        line.text, at: place.row(index + 1).origin.moved(columns: 1), style: Style(line.role),
        width: place.size.columns - 2)
    }
  }

  // MARK: - Why it failed

  private func drawWhy(into frame: inout Frame) {
    let rect = geometry.why
    guard !rect.isEmpty else { return }
    for (line, row) in detail.why.visibleRows.enumerated() {
      let place = rect.row(line)
      var column = 1
      if row.isLoading {
        frame.put(
          glyphs.spinner(at: model.step), at: place.origin.moved(columns: 1), style: .running)
        column = 3
      }
      let used = frame.put(
        row.spans, at: place.origin.moved(columns: column), width: rect.size.columns - column)
      if row.isHeading, column + used + 1 < rect.size.columns {
        let start = column + used + 1
        frame.rule(
          at: place.origin.moved(columns: start), columns: rect.size.columns - start,
          glyphs: glyphs)
      }
      mark(place, row.id == detail.why.selection, hasKeys: !detail.pane.isTable, into: &frame)
    }
    guard detail.why.below > 0 else { return }
    let text = " \(glyphs.down) \(detail.why.below) more "
    let width = DisplayWidth.of(text)
    let last = rect.row(rect.size.rows - 1)
    frame.put(
      text, at: last.origin.moved(columns: rect.size.columns - width), style: .accent)
  }
}
