import Canvas
import Deploys
import LogText

/// The line at the top of the pager: what is shown, and where in it one is.
struct PagerStatusLine {
  var model: Model
  var pager: Pager

  private var glyphs: GlyphSet { model.glyphs }
  private var separator: Span { Span(" \(glyphs.separator) ", .dim) }

  func draw(into frame: inout Frame, in rect: Rect) {
    let width = rect.size.columns
    let title = TitlePath(names, glyphs: glyphs)
    let wanted = DisplayWidth.of(title.whole)
    // The name gives way to the place, but never altogether.
    let least = min(wanted, max(10, width / 3))
    let facts = facts(isNarrow: width < 60).fitted(
      to: max(0, width - least - 2), separator: separator)
    let used = facts.reduce(0) { $0 + $1.width }
    let room = width - used - 2
    frame.put(title.fitted(to: room), at: rect.origin, style: .title, width: room)
    frame.put(facts, at: rect.origin.moved(columns: width - used), width: used)
  }

  // MARK: - What is shown

  private var names: [String] {
    var names = pager.request.title
    if let step = pager.step { names.append(step.name) }
    if case .file(_, let path) = pager.shown { names.append(path) }
    return names
  }

  private var kind: String {
    switch pager.shown {
    case .job:
      guard let step = pager.step, let job = pager.job?.job else { return "job log" }
      let index = job.steps.firstIndex(of: step) ?? 0
      return "step \(index + 1) of \(job.steps.count)"
    case .attempt: return "all jobs"
    case .build:
      let isLive = pager.text?.isGrowing == true && pager.job?.build?.isActive != false
      // As everywhere, a link that could as well name another build is marked.
      let doubt = pager.job?.correlation.best?.tier == .ambiguous ? "?" : ""
      return "runner's log\(doubt)\(isLive ? ", live" : "")"
    case .file, .local: return "file"
    }
  }

  // MARK: - Where one is

  private func facts(isNarrow: Bool) -> SpanGroups {
    var groups = SpanGroups()
    if let saving = pager.saving { groups.add([Span(Self.words(saving), .running)], rank: 1) }
    if let failure = pager.text?.failure, pager.text?.log != nil {
      groups.add([Span("cut off: \(failure.message)", .failure)], rank: 0)
    }
    guard let log = pager.log else {
      if pager.text != nil { groups.add([Span(kind, .dim)], rank: 5) }
      return groups
    }
    addFound(log, to: &groups)
    if !isNarrow { groups.add([Span(kind, .dim)], rank: 5) }
    // The counts are of the whole log, and would mislead beside a part of it.
    if log.slice == nil { addProblems(log.status, to: &groups) }
    if log.status.isFollowing {
      groups.add([Span(isNarrow ? glyphs.down : "follows", .running)], rank: 4)
    }
    if log.status.column > 0 {
      groups.add([Span("column \(log.status.column + 1)", .dim)], rank: 6)
    }
    groups.add([Span(place(log, isNarrow), .dim)], rank: 3)
    return groups
  }

  private func addFound(_ log: LogPager, to groups: inout SpanGroups) {
    let status = log.status
    if status.isSearching {
      groups.add([Span("\(glyphs.spinner(at: model.step)) searching", .running)], rank: 2)
    }
    if let hits = status.hits {
      let count = hits.count.grouped + (hits.isComplete ? "" : "+")
      let words = hits.current.map { "\($0.grouped) of \(count)" } ?? "\(count) hits"
      groups.add([Span(hits.count == 1 && hits.current == nil ? "1 hit" : words, .accent)], rank: 1)
    }
    if let filtered = status.filtered {
      let count = filtered.count.grouped + (filtered.isComplete ? "" : "+")
      let words = DisplayWidth.prefix(log.filterPattern?.text ?? "", fitting: 16).text
      groups.add([Span("&\(words) \(count) lines", .accent)], rank: 2)
    }
  }

  private func addProblems(_ status: LogStatus, to groups: inout SpanGroups) {
    var spans: [Span] = []
    if status.errorCount > 0 {
      spans.append(Span("\(glyphs.failure)\(status.errorCount.grouped)", .failure))
    }
    if status.warningCount > 0 {
      if !spans.isEmpty { spans.append(Span(" ")) }
      spans.append(Span("\(glyphs.attention)\(status.warningCount.grouped)", .warning))
    }
    groups.add(spans, rank: 7)
  }

  private func place(_ log: LogPager, _ isNarrow: Bool) -> String {
    let line = log.status.cursorLine ?? log.status.topLine
    let percent = "\(log.status.percent)%"
    guard let line else { return percent }
    let count = log.status.lineCount?.grouped
    if isNarrow { return "\(line.grouped)/\(count ?? "?") \(percent)" }
    return "line \(line.grouped)\(count.map { " of \($0)" } ?? "") \(percent)"
  }

  private static func words(_ saving: PagerSaving) -> String {
    saving.transfer.map { "saving \($0.words)" } ?? "saving"
  }
}
