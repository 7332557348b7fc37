import Canvas
import Deploys
import Foundation

/// The name of the program, what needs a person, the environments' counts, the clock, and how the
/// sources do.
struct HeaderView {
  var model: Model

  private var glyphs: GlyphSet { model.glyphs }
  private var separator: Span { Span(" \(glyphs.separator) ", .dim) }

  func draw(into frame: inout Frame, in rect: Rect) {
    guard rect.size.rows > 0 else { return }
    let width = rect.size.columns
    let isNarrow = width < 60
    var used = frame.put("cdtop", at: rect.origin, style: .title) + 1
    if let need = need(isNarrow) {
      used += frame.put(
        need.text, at: rect.origin.moved(columns: used), style: need.style, width: width - used)
      used += 1
    }
    if !isNarrow { used += 1 }
    let clock = Clock(model.timeZone)
    let time = isNarrow ? clock.minutes(model.now) : clock.seconds(model.now)
    // On a small screen the counts come first, and the clock if it fits.
    let room = isNarrow ? width - used : width - used - time.count - 1
    var groups = SpanGroups()
    if isNarrow, let alarm { groups.add([alarm], rank: 0) }
    if rect.size.rows == 1 {
      groups.add(clockError, rank: 0)
      groups.add(marks(isNarrow), rank: 0)
    }
    for section in model.snapshot.sections {
      groups.add(counts(section, isNarrow), rank: rank(section))
    }
    used += frame.put(
      groups.fitted(
        to: room, separator: isNarrow ? Span(" ") : separator, more: Span(glyphs.ellipsis, .dim)),
      at: rect.origin.moved(columns: used), width: room)
    if used + time.count < width {
      frame.put(time, at: rect.origin.moved(columns: width - time.count), style: .dim)
    }
    if rect.size.rows > 1 {
      frame.put(
        health.fitted(to: width, separator: separator), at: rect.origin.moved(rows: 1),
        width: width)
    }
  }

  /// How many deploys need a person.
  private func need(_ isNarrow: Bool) -> Span? {
    let count = model.snapshot.deploys.count(where: \.needsPerson)
    guard count > 0 else { return nil }
    let words = isNarrow ? "" : count == 1 ? " needs you" : " need you"
    return Span("\(glyphs.attention)\(count)\(words)", Style.failure.bold)
  }

  /// How many deploys are marked.
  private func marks(_ isNarrow: Bool) -> [Span] {
    let count = model.marks.count
    return count == 0 ? [] : [Span(isNarrow ? "*\(count)" : "\(count) marked", Style.accent.bold)]
  }

  /// That this machine's clock is wrong.
  private var clockError: [Span] {
    model.snapshot.clock.map { [Span("\(glyphs.attention) clock \($0.text)", .warning)] } ?? []
  }

  /// The one word about GitHub that a small screen has room for.
  private var alarm: Span? {
    guard let until = model.snapshot.pausedUntil, until > model.now else { return nil }
    return Span("paused", .warning)
  }

  /// Which environments' counts go last when there is no room for all.
  private func rank(_ section: Snapshot.Section) -> Int {
    if section.deploys.contains(where: \.needsPerson) { return 1 }
    return section.deploys.contains { !$0.state.isOver } ? 2 : 3
  }

  /// An environment's counts; a question mark says that they may be old.
  private func counts(_ section: Snapshot.Section, _ isNarrow: Bool) -> [Span] {
    let parts = Tally(section.deploys).parts(in: glyphs)
    let isDoubtful = !section.failures.isEmpty
    var spans = [Span(section.environment.name, parts.isEmpty ? .dim : .plain)]
    if isDoubtful { spans.append(Span("?", .warning)) }
    if parts.isEmpty, !isDoubtful { spans.append(Span(" -", .dim)) }
    for (index, part) in parts.enumerated() {
      let gap = isNarrow && (index > 0 || isDoubtful) ? "" : " "
      spans.append(Span("\(gap)\(part.count)\(part.glyph)", Style(part.role)))
    }
    return spans
  }

  // MARK: - The second line

  private var health: SpanGroups {
    var groups = SpanGroups()
    groups.add(marks(false), rank: 0)
    groups.add(clockError, rank: 0)
    groups.add(budget, rank: 1)
    groups.add(age, rank: 2)
    for (index, failure) in failures.enumerated() { groups.add(trouble(failure), rank: 3 + index) }
    if model.board.isActiveOnly { groups.add([Span("active only", .accent)], rank: 0) }
    if !model.board.filterText.isEmpty, model.filterField == nil {
      groups.add(
        [
          Span("filter ", .dim), Span(model.board.filterText, .accent),
          Span(" \(model.board.matches) of \(model.board.total)"),
        ], rank: 0)
    }
    groups.add([Span(model.context, .dim)], rank: 90)
    return groups
  }

  private var budget: [Span] {
    if let until = model.snapshot.pausedUntil, until > model.now {
      let time = Clock(model.timeZone).minutes(until)
      return [Span("GitHub paused until \(time)", Style.warning.bold)]
    }
    guard let limit = model.snapshot.rateLimit else { return [Span("API -", .dim)] }
    let text = "API \(limit.remaining)/\(limit.limit)"
    // A fifth of the hour's allowance is what a busy board spends in some ten minutes.
    guard limit.remaining * 5 < limit.limit else { return [Span(text, .dim)] }
    return [Span("\(text) until \(Clock(model.timeZone).minutes(limit.resetsAt))", .warning)]
  }

  private var age: [Span] {
    guard let last = model.snapshot.lastAnswer else {
      return [Span("\(glyphs.spinner(at: model.step)) connecting", .dim)]
    }
    let age = Duration(from: last, to: model.now)
    guard age >= .seconds(30) else { return [Span("read \(age.shortText) ago", .dim)] }
    return [Span("\(glyphs.attention) read \(age.shortText) ago", .warning)]
  }

  private var failures: [SourceHealth] { model.snapshot.failures }

  private func trouble(_ source: SourceHealth) -> [Span] {
    let age =
      source.lastSuccess.map { "\(Duration(from: $0, to: model.now).shortText) old" }
      ?? "never read"
    return [Span("\(glyphs.attention) \(source.source.name) \(age)", .warning)]
  }
}

extension Snapshot {
  /// The sources that fail, each once.
  var failures: [SourceHealth] {
    var seen = Set<SourceHealth.Source>()
    return sections.flatMap(\.failures).filter { seen.insert($0.source).inserted }
  }
}

extension Model {
  /// The step of signs that turn.
  var step: Int { Int(now.timeIntervalSince1970.rounded()) }
}
