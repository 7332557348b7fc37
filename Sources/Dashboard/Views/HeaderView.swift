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
    let clock = Clock(model.timeZone)
    let time = width < 60 ? clock.minutes(model.now) : clock.seconds(model.now)
    frame.put(time, at: rect.origin.moved(columns: width - time.count), style: .dim)
    let room = width - time.count - 1
    var used = frame.put("cdtop", at: rect.origin, style: .title) + 1
    if let need = need {
      used += frame.put(
        need.text, at: rect.origin.moved(columns: used), style: need.style, width: room - used)
      used += 2
    } else {
      used += 1
    }
    let isNarrow = width < 60
    var groups = SpanGroups()
    if isNarrow, let alarm = alarm { groups.add([alarm], rank: 0) }
    for section in model.snapshot.sections { groups.add(counts(section), rank: 1) }
    frame.put(
      groups.fitted(to: room - used, separator: isNarrow ? Span(" ") : separator),
      at: rect.origin.moved(columns: used), width: room - used)
    if rect.size.rows > 1 {
      frame.put(
        health.fitted(to: width, separator: separator), at: rect.origin.moved(rows: 1),
        width: width)
    }
  }

  /// How many deploys need a person.
  private var need: Span? {
    let count = model.snapshot.deploys.count(where: \.needsPerson)
    guard count > 0 else { return nil }
    return Span("\(glyphs.attention) \(count)", Style.failure.bold)
  }

  /// The one word about the sources that a small screen has room for.
  private var alarm: Span? {
    if let until = model.snapshot.pausedUntil, until > model.now {
      return Span("paused", .warning)
    }
    return failures.isEmpty ? nil : Span("\(failures.count) unread", .warning)
  }

  private func counts(_ section: Snapshot.Section) -> [Span] {
    let parts = Tally(section.deploys).parts(in: glyphs)
    let name = Span(section.environment.name, parts.isEmpty ? .dim : .plain)
    guard !parts.isEmpty else {
      return [name, Span(section.failures.isEmpty ? " -" : " ?", .dim)]
    }
    return [name] + parts.map { Span(" \($0.count)\($0.glyph)", Style($0.role)) }
  }

  // MARK: - The second line

  private var health: SpanGroups {
    var groups = SpanGroups()
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
