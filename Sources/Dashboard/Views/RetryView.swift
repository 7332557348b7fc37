import Canvas
import Deploys

/// Draws a retry, from the choice of jobs to its end.
struct RetryView {
  var model: Model
  var dialog: RetryDialog

  private var target: String { "\(dialog.service) \(dialog.label) in \(dialog.environment)" }

  var sheet: Sheet {
    var sheet = Sheet(title: "Retry \(target)", screen: model.size)
    switch dialog.stage {
    case .choosing: fillChoice(&sheet)
    case .confirming(let confirmation): fillQuestion(&sheet, confirmation)
    case .sending:
      sheet.body = [
        Sheet.Line("\(model.glyphs.spinner(at: model.step)) asking GitHub to run it again"),
        Sheet.Line("It is sent once; esc leaves it to itself.", .dim),
      ]
    case .ended(let ending):
      DialogParts.fill(&sheet, ending, glyphs: model.glyphs, returnsToForm: false)
    }
    sheet.shrink()
    return sheet
  }

  private var failedWords: String {
    dialog.failedJobs.isEmpty
      ? "those that failed, and what depends on them"
      : "\(dialog.failedJobs.joined(separator: ", ")), and what depends on them"
  }

  private var allWords: String {
    dialog.jobCount > 0 ? "all \(dialog.jobCount), from the start" : "all, from the start"
  }

  private func fillChoice(_ sheet: inout Sheet) {
    let what = "\(dialog.workflowName) at \(dialog.ref), attempt \(dialog.attempt)"
    let words = TextWrap.lines(what, width: sheet.width)
    sheet.body = words.prefix(sheet.isRoomy ? words.count : 1).map { Sheet.Line($0, .dim) }
    if sheet.isRoomy { sheet.body.append(Sheet.Line()) }
    let failed = option(
      .failedJobs, "failed jobs", dialog.hasFailure ? failedWords : "none failed",
      isOffered: dialog.hasFailure, width: sheet.width)
    let all = option(.allJobs, "all jobs", allWords, isOffered: true, width: sheet.width)
    let start = sheet.body.count + (dialog.scope == .allJobs ? failed.count : 0)
    let count = dialog.scope == .allJobs ? all.count : failed.count
    sheet.body += failed + all
    sheet.shown = start...(start + count - 1)
    sheet.foot = changeLines(sheet.width)
    if sheet.isRoomy { sheet.foot += [Sheet.Line(), Sheet.Line("nothing is sent yet", .dim)] }
  }

  private func option(
    _ scope: RetryRequest.Scope, _ name: String, _ words: String, isOffered: Bool, width: Int
  ) -> [Sheet.Line] {
    let isChosen = dialog.scope == scope
    let indent = 17
    return TextWrap.lines(words, width: max(10, width - indent)).enumerated().map { index, line in
      guard index == 0 else {
        return Sheet.Line([Span(String(repeating: " ", count: indent)), Span(line, .dim)])
      }
      return Sheet.Line([
        Span(isOffered ? isChosen ? "(*) " : "( ) " : " -  ", isChosen ? .accent : .dim),
        Span(
          DisplayWidth.padded(name, to: indent - 4),
          isChosen ? Style.plain.bold : isOffered ? .plain : .dim),
        Span(line, .dim),
      ])
    }
  }

  private func changeLines(_ width: Int) -> [Sheet.Line] {
    guard let change = dialog.change(in: model.snapshot) else { return [] }
    return TextWrap.lines("\(model.glyphs.attention) \(change)", width: width).map {
      Sheet.Line($0, .warning)
    }
  }

  private func fillQuestion(_ sheet: inout Sheet, _ confirmation: Confirmation) {
    let jobs =
      switch dialog.scope {
      case .failedJobs: failedWords
      case .allJobs: allWords
      }
    sheet.title = "Retry \(target)?"
    sheet.titleStyle = confirmation.isProtected ? Style.warning.bold : .title
    sheet.body = DialogParts.facts(
      [
        (
          "deploys",
          "\(dialog.service) to \(dialog.environment)"
            + (confirmation.isProtected ? ", protected" : "")
        ),
        ("jobs", jobs),
        ("ref", "\(dialog.ref), the same commit as before"),
        ("run", "\(dialog.label) of \(dialog.workflowName), as attempt \(dialog.attempt + 1)"),
        ("repository", dialog.run.repository.description),
      ], width: sheet.width)
    DialogParts.ask(&sheet, confirmation, verb: "run it again")
    sheet.foot = newerLines(sheet.width) + changeLines(sheet.width) + sheet.foot
  }

  /// A retry of an old run is a rollback that nobody may make by mistake.
  private func newerLines(_ width: Int) -> [Sheet.Line] {
    guard let newer = dialog.newerRun(in: model.snapshot) else { return [] }
    let words =
      "\(newer.run.label) is newer (\(newer.state.conclusion?.rawValue ?? newer.state.name)): "
      + "this puts the older commit back"
    return TextWrap.lines("\(model.glyphs.attention) \(words)", width: width).map {
      Sheet.Line($0, .warning)
    }
  }
}
