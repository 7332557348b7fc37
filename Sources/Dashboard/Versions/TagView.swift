import Canvas
import Deploys
import Foundation

/// Draws a tag that is being created, from the plan to its end.
struct TagView {
  var model: Model
  var dialog: TagDialog

  private var glyphs: GlyphSet { model.glyphs }
  private var target: String { "\(dialog.query.service) to \(dialog.query.environment)" }
  /// The columns of the names of facts.
  private static let indent = 6

  var sheet: Sheet {
    var sheet = Sheet(title: "Tag \(target)", screen: model.size, columns: 92)
    switch dialog.stage {
    case .preparing: fillPlan(&sheet)
    case .confirming(let confirmation): fillQuestion(&sheet, confirmation)
    case .sending:
      sheet.body = [
        Sheet.Line("\(glyphs.spinner(at: model.step)) creating \(dialog.name.text)"),
        Sheet.Line("It is sent once; esc leaves it to itself.", .dim),
      ]
    case .ended(let ending):
      DialogParts.fill(&sheet, ending, glyphs: glyphs, returnsToForm: false)
    }
    sheet.shrink()
    return sheet
  }

  // MARK: - The plan

  private func fillPlan(_ sheet: inout Sheet) {
    let gap = sheet.isRoomy ? [Sheet.Line()] : []
    fillRefusal(&sheet)
    fillName(&sheet)
    switch dialog.plan {
    case .unasked, .loading:
      let what = dialog.query.source?.words ?? "what to put it on"
      sheet.body.append(Sheet.Line("\(glyphs.spinner(at: model.step)) reading \(what)", .running))
      sheet.body.append(
        Sheet.Line("which tags are taken, what is live, and what would change", .dim))
    case .failed(let failure):
      if let source = dialog.source { sheet.body += fact("on", source.words, width: sheet.width) }
      sheet.body += TextWrap.lines("\(glyphs.failure) \(failure.message)", width: sheet.width)
        .map { Sheet.Line($0, .failure) }
      sheet.body += TextWrap.lines("\(glyphs.arrow) \(failure.remedy)", width: sheet.width)
        .map { Sheet.Line($0, .accent) }
    case .loaded(let plan):
      sheet.body += fact(
        "on", "\(plan.request.commit.shortCommit), \(plan.source.words)", width: sheet.width)
      sheet.body += fact("live", live(plan), width: sheet.width)
      sheet.body += warnings(plan, width: sheet.width)
      sheet.body += gap + changes(plan, sheet)
    }
    sheet.foot = gap + foot(sheet)
  }

  private func fillRefusal(_ sheet: inout Sheet) {
    guard let refusal = dialog.refusal else { return }
    sheet.body += TextWrap.lines(
      "\(glyphs.failure) Nothing was done: \(refusal.message)", width: sheet.width
    ).map { Sheet.Line($0, .failure) }
    sheet.body += TextWrap.lines("\(glyphs.arrow) \(refusal.remedy)", width: sheet.width).map {
      Sheet.Line($0, .accent)
    }
    if sheet.isRoomy { sheet.body.append(Sheet.Line()) }
  }

  /// The tag's name, as a field while it is typed.
  private func fillName(_ sheet: inout Sheet) {
    let label = DisplayWidth.padded("tag", to: Self.indent)
    let start = sheet.body.count
    if dialog.stage == .preparing(.naming) {
      let room = sheet.width - Self.indent
      let (visible, cursor) = dialog.name.visible(in: room)
      sheet.body.append(
        Sheet.Line([
          Span(label, Style.accent.bold), Span(DisplayWidth.padded(visible, to: room), .input),
        ]))
      sheet.cursor = Sheet.Cursor(isInFoot: false, line: start, column: Self.indent + cursor)
    } else {
      let name = dialog.name.isEmpty ? glyphs.ellipsis : dialog.name.text
      sheet.body.append(Sheet.Line([Span(label, .dim), Span(name, Style.plain.bold)]))
    }
    if let complaint = dialog.complaint {
      sheet.body += TextWrap.lines(
        "\(glyphs.failure) \(complaint)", width: sheet.width - Self.indent
      ).map { Sheet.Line([Span(String(repeating: " ", count: Self.indent)), Span($0, .failure)]) }
    }
    if dialog.stage == .preparing(.naming) { sheet.shown = start...(sheet.body.count - 1) }
  }

  private func live(_ plan: TagPlan) -> String {
    guard let live = plan.live else { return "nothing that is known" }
    let age = Duration(from: live.deployedAt, to: model.now).coarseText
    let actor = live.actor.isEmpty ? "" : " by \(live.actor)"
    return "\(live.words), \(age) ago\(actor)"
  }

  private func warnings(_ plan: TagPlan, width: Int) -> [Sheet.Line] {
    plan.warnings.flatMap { warning in
      TextWrap.lines("\(glyphs.attention) \(warning)", width: width).map {
        Sheet.Line($0, Style.warning.bold)
      }
    }
  }

  // MARK: - What would change

  /// What the tag would change, in a few words.
  private func changeWords(_ plan: TagPlan) -> (text: String, style: Style) {
    switch plan.changes {
    case .unasked: ("nothing to compare with: nothing known is live", .dim)
    case .loading: ("\(glyphs.spinner(at: model.step)) reading the commits", .running)
    case .failed(let failure): ("the commits between are not known: \(failure.message)", .warning)
    case .loaded(let range): words(range)
    }
  }

  private func words(_ range: CommitRange) -> (text: String, style: Style) {
    func commits(_ count: Int) -> String { "\(count) commit\(count == 1 ? "" : "s")" }
    return switch (range.aheadCount, range.behindCount) {
    case (0, 0): ("the same commit is live already: no commit would go", Style.warning.bold)
    case (let ahead, 0): ("\(commits(ahead)) would go", Style.plain.bold)
    case (0, let behind): ("goes back \(commits(behind)): nothing new would go", Style.failure)
    case (let ahead, let behind):
      ("goes back \(commits(behind)), and \(commits(ahead)) would go", Style.failure)
    }
  }

  private func changes(_ plan: TagPlan, _ sheet: Sheet) -> [Sheet.Line] {
    let (text, style) = changeWords(plan)
    let range = plan.changes.value
    let isListed = range?.ahead.isEmpty == false
    var lines = TextWrap.lines(
      isListed && sheet.isRoomy ? "\(text), the newest first" : text, width: sheet.width
    ).map { Sheet.Line($0, style) }
    guard let range else { return lines }
    let authors = range.ahead.map { DisplayWidth.of(PlainText.sanitized($0.author)) }
    let width = min(authors.max() ?? 0, sheet.isRoomy ? 16 : 8)
    lines += range.ahead.map { commit in
      Sheet.Line([
        Span(commit.id.shortCommit, .accent), Span(" "),
        Span(DisplayWidth.padded(PlainText.sanitized(commit.author), to: width), .dim),
        Span(" "), Span(commit.subject),
      ])
    }
    let unlisted = range.aheadCount - range.ahead.count
    if unlisted > 0 {
      lines.append(Sheet.Line("and \(unlisted) more that GitHub does not list", .dim))
    }
    return lines
  }

  private func foot(_ sheet: Sheet) -> [Sheet.Line] {
    if dialog.stage == .preparing(.naming) {
      return [Sheet.Line("like \(dialog.form)", .dim)]
    }
    guard sheet.isRoomy else { return [Sheet.Line(sources)] }
    return [
      Sheet.Line(sources),
      Sheet.Line([Span("b", .key), Span(" a branch or tag; nothing is sent yet", .dim)]),
    ]
  }

  /// What the tag can be put on, and which of it is chosen.
  private var sources: [Span] {
    let sources = dialog.sources
    let chosen = dialog.source.flatMap { sources.firstIndex(of: $0) }
    guard !sources.isEmpty, sources.count > 1 || chosen == nil else {
      return [Span("no other source: nothing is live elsewhere", .dim)]
    }
    let place = chosen.map { "source \($0 + 1) of \(sources.count)" } ?? "\(sources.count) sources"
    return [Span("up/down", .key), Span(" \(place): ", .dim)]
      + sources.enumerated().flatMap { index, source in
        [
          Span(index == 0 ? "" : ", ", .dim),
          Span(source.name, index == chosen ? Style.plain.bold : .dim),
        ]
      }
  }

  private func fact(_ name: String, _ value: String, width: Int) -> [Sheet.Line] {
    TextWrap.lines(value, width: width - Self.indent).enumerated().map { index, line in
      Sheet.Line([
        Span(DisplayWidth.padded(index == 0 ? name : "", to: Self.indent), .dim), Span(line),
      ])
    }
  }

  // MARK: - The question

  private func fillQuestion(_ sheet: inout Sheet, _ confirmation: Confirmation) {
    guard let request = dialog.request, let plan = dialog.plan.value else { return }
    sheet.title = "Tag \(target)?"
    sheet.titleStyle = confirmation.isProtected ? Style.warning.bold : .title
    let commit = sheet.isRoomy ? request.commit : request.commit.shortCommit
    let facts: [(String, String)] = [
      ("tag", request.tag),
      ("on", "\(commit), \(plan.source.words)"),
      ("deploys", target + (confirmation.isProtected ? ", protected" : "")),
      ("changes", changeWords(plan).text),
      ("replaces", live(plan)),
      ("repository", request.repository.description),
    ]
    let warnings = warnings(plan, width: sheet.width)
    sheet.body = DialogParts.facts(facts, width: sheet.width)
    // What speaks against it comes before the particulars where there is no room for both.
    if sheet.isRoomy {
      sheet.body += (warnings.isEmpty ? [] : [Sheet.Line()]) + warnings
    } else {
      sheet.body.insert(contentsOf: warnings, at: 1)
    }
    let copyKey = Command.form(.copyCommand).keys(in: dialog.focus).first?.description ?? ""
    sheet.body += DialogParts.sending(
      dialog.preview, commandLine: dialog.commandLine, copyKey: copyKey, width: sheet.width,
      glyphs: glyphs)
    DialogParts.ask(&sheet, confirmation, verb: "create it")
  }
}

extension TagQuery.Source {
  /// The name of the environment, branch or tag.
  fileprivate var name: String {
    switch self {
    case .ref(let name), .environment(let name): name
    }
  }
}
