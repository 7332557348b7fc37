import Canvas
import Deploys
import Foundation

/// Draws what is asked before waiting environments are answered for.
struct ReviewView {
  var model: Model
  var target: ActTarget
  var form: ReviewForm

  func fill(_ sheet: inout Sheet) {
    let width = sheet.width
    for (index, place) in form.pending.enumerated() {
      let lines = lines(place, isPointed: form.field == .places && form.cursor == index, width)
      if form.field == .places, form.cursor == index {
        sheet.shown = sheet.body.count...(sheet.body.count + lines.count - 1)
      }
      sheet.body += lines
    }
    guard form.isAnswerable else {
      if sheet.isRoomy { sheet.body.append(Sheet.Line()) }
      sheet.body += TextWrap.lines(
        "\(model.glyphs.attention) "
          + (form.refusal ?? "You may not answer for it: ask one of those who may."),
        width: width
      ).map { Sheet.Line($0, .warning) }
      sheet.foot = [Sheet.Line([Span("enter", .key), Span(" closes this", .dim)])]
      return
    }
    if let complaint = form.complaint { sheet.body.append(Sheet.Line(complaint, .warning)) }
    if sheet.isRoomy { sheet.body.append(Sheet.Line()) }
    addAnswer(&sheet)
    if sheet.isRoomy { sheet.body.append(Sheet.Line()) }
    Self.addComment(&sheet, form.comment, isFocused: form.field == .comment)
  }

  /// An environment on GitHub: who may answer, and how long it makes the run wait anyway.
  private func lines(_ place: PendingDeployment, isPointed: Bool, _ width: Int) -> [Sheet.Line] {
    let isChosen = form.chosen.contains(place.target.id)
    let isOwn = form.canAnswer(place)
    let box = !isOwn ? " -  " : isChosen ? "[x] " : "[ ] "
    let name = Sheet.Line([
      Span(box, isChosen && isOwn ? .accent : .dim),
      Span(
        place.target.name,
        isPointed ? Style.accent.bold : isOwn ? Style.plain.bold : .dim),
      Span(isPointed ? "  space changes" : "", .dim),
    ])
    let words = [form.words(for: place), timer(of: place)].compactMap { $0 }.joined(separator: "; ")
    return [name]
      + TextWrap.lines(words, width: max(10, width - 4)).map {
        Sheet.Line([Span("    "), Span($0, .dim)])
      }
  }

  private func timer(of place: PendingDeployment) -> String? {
    guard place.waitTimer > .zero else { return nil }
    let whole = "wait timer \(place.waitTimer.shortText)"
    guard let since = place.waitingSince else { return whole }
    let left = place.waitTimer - Duration(from: since, to: model.now)
    return left > .zero ? "\(whole), \(left.shortText) left" : "\(whole), over"
  }

  private func addAnswer(_ sheet: inout Sheet) {
    let start = sheet.body.count
    let approve = ChoiceLines.option(
      "approve", "its jobs go on", isChosen: form.isApproval, isOffered: true, width: sheet.width)
    let reject = ChoiceLines.option(
      "reject", "its jobs end as failed", isChosen: !form.isApproval, isOffered: true,
      width: sheet.width)
    sheet.body += approve + reject
    if form.field == .answer { sheet.shown = start...(sheet.body.count - 1) }
  }

  /// The line for what is said about it.
  static func addComment(_ sheet: inout Sheet, _ comment: TextField, isFocused: Bool) {
    let start = sheet.body.count
    sheet.body.append(
      Sheet.Line("comment, may be empty", isFocused ? Style.plain.bold : .dim))
    let (line, cursor) = ChoiceLines.input(comment, isFocused: isFocused, width: sheet.width)
    sheet.body.append(line)
    guard isFocused else { return }
    sheet.shown = start...(start + 1)
    sheet.cursor = Sheet.Cursor(isInFoot: false, line: start + 1, column: cursor)
  }
}
