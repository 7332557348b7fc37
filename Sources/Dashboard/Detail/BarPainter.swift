import Canvas
import Deploys
import Foundation

/// Draws the bars of rows on one time axis.
struct BarPainter {
  var axis: TimeAxis
  var glyphs: GlyphSet
  var now: Date
  /// Whether work is labelled with how long it took, where no column says so.
  var labelsWork: Bool

  /// Draws the labels of the axis.
  func drawAxis(into frame: inout Frame, at origin: Point) {
    var free = 0
    let ticks = axis.ticks(apart: 10)
    // A gap that nobody names would be taken for time like any other.
    let gaps = ticks.filter(\.isGap).map { (tick: $0, text: text(of: $0)) }
    for tick in ticks {
      let text = text(of: tick)
      let start = tick.isGap ? max(0, tick.column - text.count / 2) : tick.column
      guard start >= free, start + text.count <= axis.columns else { continue }
      let isClear = gaps.allSatisfy { gap in
        let middle = max(0, gap.tick.column - gap.text.count / 2)
        return gap.tick == tick || start + text.count < middle || start > middle + gap.text.count
      }
      guard isClear else { continue }
      frame.put(
        text, at: origin.moved(columns: start), style: tick.isGap ? .waiting : .dim)
      free = start + text.count + 1
    }
  }

  private func text(of tick: TimeAxis.Tick) -> String {
    switch tick.label {
    case .elapsed(let time): time.roundText
    case .since(let time): "+\(time.roundText)"
    case .gap(let time): "\(glyphs.bars.gap)\(time.coarseText)\(glyphs.bars.gap)"
    }
  }

  /// Draws a row's bar and, where there is room, its labels.
  func draw(_ row: JobRow, into frame: inout Frame, at origin: Point) {
    let places = row.segments.map { segment in
      draw(segment, isAlone: row.segments.count == 1, into: &frame, at: origin)
    }
    let seen = places.filter { !$0.isEmpty }
    guard let first = seen.map(\.lowerBound).min(), let last = seen.map(\.upperBound).max() else {
      return
    }
    for gap in axis.gapColumns where (first..<last).contains(gap) {
      frame.put(glyphs.bars.gap, at: origin.moved(columns: gap), style: .waiting)
    }
    for (index, segment) in row.segments.enumerated() {
      let isLabelled = index == row.labelled || labelsWork && segment.fill == .work
      let texts = texts(of: segment)
      let room = places[index].count - (hasGap(places[index]) ? 4 : 2)
      let inside = texts.first { DisplayWidth.of($0) <= room }
      if let inside, inside == texts.first || !isLabelled {
        put(inside, inside: places[index], segment, into: &frame, at: origin)
      } else if isLabelled, let whole = texts.first,
        let label = label(whole, beside: first..<last)
      {
        put(label, segment, into: &frame, at: origin)
      } else if inside != nil, let fitted = fitted(segment, to: room) {
        put(fitted, inside: places[index], segment, into: &frame, at: origin)
      } else if isLabelled, let label = clippedLabel(of: segment, beside: first..<last) {
        put(label, segment, into: &frame, at: origin)
      }
    }
  }

  /// Whether time is left out within a segment, which its label must not hide.
  private func hasGap(_ cells: Range<Int>) -> Bool {
    axis.gapColumns.contains(where: cells.contains)
  }

  /// A segment's label, and a shorter one.
  private func texts(of segment: JobRow.Segment) -> [String] {
    let time = segment.bar.duration(at: now).shortText
    if segment.fill == .work { return labelsWork ? [time] : [] }
    return segment.name.isEmpty ? [] : ["\(segment.name) \(time)", time]
  }

  private func put(
    _ text: String, inside cells: Range<Int>, _ segment: JobRow.Segment, into frame: inout Frame,
    at origin: Point
  ) {
    let style = Style(segment.role)
    let sign = hasGap(cells) ? glyphs.bars.gap : ""
    let text = sign + text + sign
    frame.put(
      text, at: origin.moved(columns: cells.lowerBound + (cells.count - text.count) / 2),
      style: segment.fill == .work ? style.reversed : style)
  }

  /// A text beside a bar.
  private struct Label {
    var text: String
    var column: Int
  }

  /// The fewest columns of a name that still says something.
  private static let leastName = 6

  /// A label at the right of a row's bars, else at their left; `nil` where neither has room for it.
  private func label(_ text: String, beside bars: Range<Int>) -> Label? {
    let width = DisplayWidth.of(text)
    let (left, right) = (bars.lowerBound - 1 - width, bars.upperBound + 1)
    if right + width <= axis.columns { return Label(text: text, column: right) }
    return left >= 0 ? Label(text: text, column: left) : nil
  }

  /// A segment's label, clipped to the room that there is beside a row's bars.
  private func clippedLabel(of segment: JobRow.Segment, beside bars: Range<Int>) -> Label? {
    let room = max(axis.columns - bars.upperBound - 1, bars.lowerBound - 1)
    // A time alone would be taken for that of the bars that it stands beside.
    guard let text = fitted(segment, to: room), text.contains(glyphs.ellipsis) else { return nil }
    return label(text, beside: bars)
  }

  /// A segment's label in so many columns: its name is clipped, and at last left out.
  private func fitted(_ segment: JobRow.Segment, to room: Int) -> String? {
    let time = segment.bar.duration(at: now).shortText
    let nameRoom = room - time.count - 1
    if !segment.name.isEmpty, nameRoom >= Self.leastName {
      return "\(segment.name.clippedInMiddle(to: nameRoom, glyphs: glyphs)) \(time)"
    }
    return time.count <= room ? time : nil
  }

  private func put(
    _ label: Label, _ segment: JobRow.Segment, into frame: inout Frame, at origin: Point
  ) {
    let role = segment.fill == .work ? Role.dim : segment.role
    frame.put(label.text, at: origin.moved(columns: label.column), style: Style(role))
  }

  /// Draws one segment, and gives the columns that it takes.
  private func draw(
    _ segment: JobRow.Segment, isAlone: Bool, into frame: inout Frame, at origin: Point
  ) -> Range<Int> {
    let style = Style(segment.role)
    let sign =
      switch segment.fill {
      case .wait: glyphs.bars.wait
      case .setup: glyphs.bars.setup
      case .around: glyphs.bars.around
      case .work: glyphs.bars.parts.last ?? "#"
      }
    let cells = axis.cells(of: segment.bar, at: now)
    if segment.fill != .work, !cells.isEmpty {
      frame.put(
        String(repeating: sign, count: cells.count),
        at: origin.moved(columns: cells.lowerBound), style: style)
      return cells
    }
    guard segment.fill == .work || isAlone else { return cells }
    let place = axis.place(of: segment.bar, at: now)
    let (whole, rest) = place.eighths.quotientAndRemainder(dividingBy: 8)
    frame.put(
      String(repeating: sign, count: whole), at: origin.moved(columns: place.column), style: style)
    if rest > 0, glyphs.bars.parts.indices.contains(rest - 1) {
      frame.put(
        glyphs.bars.parts[rest - 1], at: origin.moved(columns: place.column + whole), style: style)
    }
    return place.columns
  }
}

extension TimeAxis.Tick {
  /// Whether it names a gap.
  fileprivate var isGap: Bool {
    if case .gap = label { true } else { false }
  }
}

extension Duration {
  /// A round time without units that are zero, such as `0s`, `90s` as `1m30s`, or `2m`.
  fileprivate var roundText: String {
    let seconds = components.seconds
    if seconds >= 60, seconds < 3600, seconds % 60 == 0 { return "\(seconds / 60)m" }
    if seconds >= 3600, seconds < 86_400, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    if seconds >= 86_400, seconds % 86_400 == 0 { return "\(seconds / 86_400)d" }
    return shortText
  }
}
