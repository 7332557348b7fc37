import Canvas
import Deploys
import Foundation

/// Draws the rows of the board into their columns.
struct RowPainter {
  var layout: ColumnLayout
  var glyphs: GlyphSet
  var now: Date
  /// What is marked for acting on several.
  var marks: Set<RunKey> = []
  /// The runs of which notice is given.
  var watched: Set<RunKey> = []

  func draw(_ row: BoardRow, into frame: inout Frame, in rect: Rect) {
    switch row.content {
    case .attention(let count): drawAttention(count, into: &frame, in: rect)
    case .section(let heading): draw(heading, into: &frame, in: rect)
    case .note(let text, let role):
      frame.put(
        text, at: rect.origin.moved(columns: ColumnLayout.gutter), style: Style(role),
        width: rect.size.columns - ColumnLayout.gutter)
    case .item(let cells):
      draw(cells, isUrgent: row.block == .attention, into: &frame, in: rect)
      // What no longer fits the filter stays for as long as the cursor is on it.
      if row.isOutside { frame.put("~", at: rect.origin.moved(columns: 3), style: .warning) }
      if row.id.isDeploy, let run = row.deployID?.run { drawSigns(of: run, into: &frame, in: rect) }
    }
  }

  /// The signs are the keys that put them there.
  private func drawSigns(of run: RunKey, into frame: inout Frame, in rect: Rect) {
    if watched.contains(run) { frame.put("F", at: rect.origin, style: .accent) }
    guard marks.contains(run) else { return }
    frame.put("*", at: rect.origin.moved(columns: 3), style: Style.accent.bold)
  }

  // MARK: - Headings

  private func drawAttention(_ count: Int, into frame: inout Frame, in rect: Rect) {
    let text = "\(glyphs.attention) NEEDS YOU \(count) "
    let used = frame.put(
      text, at: rect.origin.moved(columns: 1), style: Style.failure.bold,
      width: rect.size.columns - 1)
    rule(from: 1 + used, .failure, into: &frame, in: rect)
  }

  private func draw(_ heading: SectionHeading, into frame: inout Frame, in rect: Rect) {
    let isNarrow = rect.size.columns < 60
    var spans = [
      Span(heading.ordinal < 10 ? "\(heading.ordinal) " : "  ", .key),
      Span(heading.name, Style.heading.bold),
    ]
    if heading.isProtected { spans.append(Span(isNarrow ? " [p]" : " [protected]", .accent)) }
    let parts = heading.tally.parts(in: glyphs)
    for (index, part) in parts.enumerated() {
      let gap = index == 0 ? "  " : isNarrow ? " " : ", "
      let text = isNarrow ? "\(part.count)\(part.glyph)" : "\(part.count) \(part.word)"
      spans += [Span(gap, .dim), Span(text, Style(part.role))]
    }
    if let matches = heading.matches {
      spans.append(Span("  \(matches) of \(heading.tally.total) match", .accent))
    }
    if let trouble = heading.trouble(at: now) {
      spans.append(Span("  \(glyphs.attention) \(trouble)", .warning))
    }
    let used = frame.put(
      spans, at: rect.origin.moved(columns: 1), width: rect.size.columns - 1)
    rule(from: used + 2, .border, into: &frame, in: rect)
  }

  private func rule(from column: Int, _ role: Role, into frame: inout Frame, in rect: Rect) {
    guard column < rect.size.columns else { return }
    frame.rule(
      at: rect.origin.moved(columns: column), columns: rect.size.columns - column, glyphs: glyphs,
      style: Style(role))
  }

  // MARK: - Deploys and jobs

  private func draw(
    _ cells: ItemCells, isUrgent: Bool, into frame: inout Frame, in rect: Rect
  ) {
    // What is over and asks for nothing steps back.
    let base: Style = cells.state.isOver && !isUrgent ? .dim : .plain
    frame.put(treeSign(cells), at: rect.origin.moved(columns: 1), style: .dim)
    frame.put(
      cells.state.glyph(in: glyphs), at: rect.origin.moved(columns: 2),
      style: Style(cells.state.role))
    for slot in layout.slots {
      let origin = rect.origin.moved(columns: slot.start)
      switch slot.column {
      case .environment:
        if !cells.isJob {
          frame.put(
            cells.environment, at: origin, style: isUrgent ? .heading : .dim, width: slot.width)
        }
      case .service:
        // A job's name takes the room of what is the deploy's alone.
        if !cells.isJob {
          frame.put(
            cells.name, at: origin, style: base == .plain ? base.bold : base, width: slot.width)
        }
      case .ref:
        let fits = DisplayWidth.of(cells.ref) <= slot.width
        frame.put(fits ? cells.ref : cells.shortRef, at: origin, style: base, width: slot.width)
      case .run: frame.put(cells.run, at: origin, style: .dim, width: slot.width)
      case .state:
        frame.put(
          cells.state.word, at: origin, style: Style(cells.state.role), width: slot.width)
      case .step: drawActivity(cells, base, into: &frame, at: origin, in: slot)
      case .runner:
        guard !spans(cells) else { continue }
        frame.put(
          cells.runner.text(at: now, in: slot.width, glyphs: glyphs), at: origin,
          style: Style(cells.runner.role), width: slot.width)
      case .marker:
        frame.put(
          cells.marker.word, at: origin, style: Style(cells.marker.role), width: slot.width)
      case .elapsed: putRight(elapsed(cells), base, into: &frame, at: origin, in: slot)
      case .ago: putRight(ago(cells), .dim, into: &frame, at: origin, in: slot)
      case .actor: frame.put(cells.actor, at: origin, style: .dim, width: slot.width)
      case .finding:
        frame.put(cells.finding, at: origin, style: Style(cells.findingRole), width: slot.width)
      }
    }
    if cells.isJob { drawJobName(cells, base, into: &frame, in: rect) }
  }

  private func treeSign(_ cells: ItemCells) -> String {
    switch cells.place {
    case .closed: glyphs.collapsed
    case .open: glyphs.expanded
    case .job(let isLast): isLast ? glyphs.box.lastBranch : glyphs.box.branch
    }
  }

  private func drawJobName(
    _ cells: ItemCells, _ base: Style, into frame: inout Frame, in rect: Rect
  ) {
    let next = layout.slot(.state) ?? layout.slot(.step)
    let end = (next?.start ?? rect.size.columns + 1) - 1
    frame.put(
      cells.name, at: rect.origin.moved(columns: ColumnLayout.gutter), style: base,
      width: end - ColumnLayout.gutter)
  }

  private func putRight(
    _ text: String, _ style: Style, into frame: inout Frame, at origin: Point,
    in slot: ColumnLayout.Slot
  ) {
    frame.put(
      text, at: origin.moved(columns: max(0, slot.width - text.count)), style: style,
      width: slot.width)
  }

  private func elapsed(_ cells: ItemCells) -> String {
    guard let start = cells.startedAt else { return "" }
    return Duration(from: start, to: cells.endedAt ?? now).shortText
  }

  private func ago(_ cells: ItemCells) -> String {
    guard let end = cells.endedAt else { return "" }
    return Duration(from: end, to: now).coarseText
  }

  // MARK: - What goes on

  /// The finding where it has no column of its own, else the step, else whatever says most of what
  /// this screen leaves out.
  private func drawActivity(
    _ cells: ItemCells, _ base: Style, into frame: inout Frame, at origin: Point,
    in slot: ColumnLayout.Slot
  ) {
    if !layout.shows(.finding), !cells.finding.isEmpty {
      let width = spans(cells) ? spanEnd - slot.start : slot.width
      frame.put(cells.finding, at: origin, style: Style(cells.findingRole), width: width)
      return
    }
    var (text, style) = (cells.step, cells.stepRole == .text ? base : Style(cells.stepRole))
    if !layout.shows(.runner), cells.state != .running, !cells.state.isOver,
      !cells.runner.word.isEmpty
    {
      text = cells.runner.text(at: now, in: slot.width, glyphs: glyphs)
      style = Style(cells.runner.role)
    }
    if text.isEmpty, !layout.shows(.state) {
      (text, style) = (cells.state.word, Style(cells.state.role))
    }
    frame.put(text, at: origin, style: style, width: slot.width)
  }

  /// Whether a finding runs on over the runner's column.
  private func spans(_ cells: ItemCells) -> Bool {
    guard !layout.shows(.finding), cells.findingMaySpan, let step = layout.slot(.step) else {
      return false
    }
    return DisplayWidth.of(cells.finding) > step.width
  }

  /// Where a finding ends that runs on.
  private var spanEnd: Int {
    (layout.slot(.runner) ?? layout.slot(.step))?.end ?? 0
  }
}
