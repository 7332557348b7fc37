import Canvas
import Deploys
import Foundation

/// Draws a bulk action, from the choice to the results.
struct BulkView {
  var model: Model
  var dialog: BulkDialog

  private var glyphs: GlyphSet { model.glyphs }

  var sheet: Sheet {
    var sheet = Sheet(title: title, screen: model.size, columns: 90)
    switch dialog.stage {
    case .choosing: fillChoice(&sheet)
    case .commenting:
      sheet.body = [Sheet.Line("\(dialog.option.name) \(Self.deploys(dialog.sent))", .dim)]
      ReviewView.addComment(&sheet, dialog.comment, isFocused: true)
    case .confirming(let confirmation): fillQuestion(&sheet, confirmation)
    case .waiting(_, let window): fillWindow(&sheet, window)
    case .running(let isStopping): fillResults(&sheet, running: isStopping)
    case .ended: fillResults(&sheet, running: nil)
    }
    sheet.shrink()
    return sheet
  }

  private var title: String {
    switch dialog.stage {
    case .choosing, .commenting:
      "\(dialog.kind.title) \(Self.count(dialog.candidates.count, "marked deploy"))"
    case .confirming: "\(dialog.option.title) \(Self.deploys(dialog.sent))?"
    case .waiting, .running, .ended: "\(dialog.option.title) \(Self.deploys(dialog.sent))"
    }
  }

  private static func count(_ count: Int, _ word: String) -> String {
    "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  private static func deploys(_ lines: [BulkLine]) -> String {
    count(Set(lines.map(\.target.run)).count, "deploy")
  }

  private func gap(_ sheet: Sheet) -> [Sheet.Line] { sheet.isRoomy ? [Sheet.Line()] : [] }

  // MARK: - Before it is confirmed

  private func fillChoice(_ sheet: inout Sheet) {
    if dialog.unanswered > 0 {
      let known = dialog.asked.count - dialog.unanswered
      sheet.body = [
        Sheet.Line(
          "\(glyphs.spinner(at: model.step)) asking GitHub what holds them back: "
            + "\(known) of \(dialog.asked.count)")
      ]
      return
    }
    guard !dialog.offered.isEmpty else {
      sheet.body =
        [Sheet.Line("\(glyphs.attention) Nothing can be done to any of them.", .warning)]
        + leftOut(sheet.width)
      sheet.foot = gap(sheet) + [Sheet.Line([Span("enter", .key), Span(" closes this", .dim)])]
      return
    }
    for option in BulkOption.all(dialog.kind) {
      let count = dialog.count(of: option)
      let isChosen = option == dialog.option
      let lines = ChoiceLines.option(
        option.name,
        count == 0 ? "none of them" : "\(count) of \(dialog.candidates.count), \(option.words)",
        isChosen: isChosen, isOffered: count > 0, width: sheet.width)
      if isChosen { sheet.shown = sheet.body.count...(sheet.body.count + lines.count - 1) }
      sheet.body += lines
    }
    if dialog.kind == .retry { sheet.foot = [ChoiceLines.debug(dialog.isDebug)] }
    if sheet.isRoomy {
      sheet.foot += [Sheet.Line(), Sheet.Line("nothing is sent yet; the list comes next", .dim)]
    }
  }

  private func fillQuestion(_ sheet: inout Sheet, _ confirmation: Confirmation) {
    sheet.titleStyle = confirmation.isProtected ? Style.warning.bold : .title
    sheet.body = list(sheet.width)
    DialogParts.ask(&sheet, confirmation, verb: dialog.option.verb)
    guard let reason = dialog.whyNotSent(in: model) else { return }
    sheet.foot =
      TextWrap.lines("\(glyphs.attention) \(reason)", width: sheet.width).map {
        Sheet.Line($0, .warning)
      } + sheet.foot
  }

  /// What happens to each, and which are left out.
  private func list(_ width: Int) -> [Sheet.Line] {
    var lines = dialog.sent.flatMap { line in
      row(
        glyphs.arrow, .accent, line.target.name, "\(line.target.ref), \(line.words)", width,
        isProtected: line.isProtected) + caution(line, width)
    }
    if let summary = dialog.requestSummary(ellipsis: glyphs.ellipsis) {
      lines += TextWrap.lines("what is sent: \(summary)", width: width).map {
        Sheet.Line($0, .dim)
      }
    }
    if dialog.isDebug { lines.append(Sheet.Line("with debug logs", .accent)) }
    let comment = dialog.comment.text
    if !comment.isEmpty { lines.append(Sheet.Line([Span("comment: ", .dim), Span(comment)])) }
    if !dialog.leftOut.isEmpty {
      lines.append(Sheet.Line("left out, for nothing can be done to them:", .dim))
      lines += leftOut(width)
    }
    return lines
  }

  private func caution(_ line: BulkLine, _ width: Int) -> [Sheet.Line] {
    guard let caution = line.caution else { return [] }
    return TextWrap.lines("\(glyphs.attention) \(caution)", width: max(10, width - 4)).map {
      Sheet.Line([Span("    "), Span($0, .warning)])
    }
  }

  /// Those that are left out; a reason that many share stands once.
  private func leftOut(_ width: Int) -> [Sheet.Line] {
    let groups = Dictionary(grouping: dialog.leftOut, by: \.words)
    var told = Set<String>()
    return dialog.leftOut.flatMap { line -> [Sheet.Line] in
      let group = groups[line.words] ?? []
      guard group.count > 3 else {
        return row(glyphs.skipped, .dim, line.target.name, line.words, width)
      }
      guard told.insert(line.words).inserted else { return [] }
      return TextWrap.lines(
        "\(glyphs.skipped) \(group.count) left out: \(line.words)", width: width
      ).map { Sheet.Line($0, .dim) }
    }
  }

  /// A sign, a name and words, which stand below where they have no room beside.
  private func row(
    _ sign: String, _ style: Style, _ name: String, _ words: String, _ width: Int,
    isProtected: Bool = false
  ) -> [Sheet.Line] {
    var head = [Span("\(sign) ", style), Span(name, style == .dim ? .dim : Style.plain.bold)]
    if isProtected { head.append(Span(" protected", .warning)) }
    let used = head.reduce(0) { $0 + $1.width } + 2
    guard used + DisplayWidth.of(PlainText.sanitized(words)) > width else {
      return [Sheet.Line(head + [Span("  "), Span(words, .dim)])]
    }
    return [Sheet.Line(head)]
      + TextWrap.lines(words, width: max(10, width - 4)).map {
        Sheet.Line([Span("    "), Span($0, .dim)])
      }
  }

  // MARK: - After it is confirmed

  private func fillWindow(_ sheet: inout Sheet, _ window: UndoWindow) {
    sheet.titleStyle = Style.warning.bold
    sheet.body = list(sheet.width)
    let changes = Self.count(dialog.sent.count, "change")
    sheet.foot =
      gap(sheet) + [
        Sheet.Line([
          Span("\(changes) in ", .plain), Span("\(window.secondsLeft)s", Style.warning.bold),
          Span(": nothing is sent yet"),
        ]),
        Sheet.Line([
          Span("u", .key), Span(sheet.isRoomy ? " calls them back, " : " undo, "),
          Span("s", .key), Span(sheet.isRoomy ? " sends them now" : " sends now"),
        ]),
      ]
  }

  /// The result of each; `running` tells whether it was asked to stop, and is `nil` at the end.
  private func fillResults(_ sheet: inout Sheet, running isStopping: Bool?) {
    for (index, line) in dialog.sent.enumerated() {
      let result = dialog.results.indices.contains(index) ? dialog.results[index] : .waiting
      let lines = row(line, result, sheet.width)
      if isStopping != nil, index == dialog.currentLine {
        sheet.shown = sheet.body.count...(sheet.body.count + lines.count - 1)
      }
      sheet.body += lines
    }
    sheet.foot = gap(sheet) + summary(sheet.width).map { Sheet.Line($0) }
    switch isStopping {
    case nil:
      sheet.foot.append(Sheet.Line([Span("enter", .key), Span(" closes this", .dim)]))
    case true?:
      sheet.foot.append(
        Sheet.Line("stopping: nothing is sent after what is on its way", .warning))
    case false?:
      if let pause = dialog.pause {
        let time = Clock(model.timeZone).seconds(pause.until)
        sheet.foot += TextWrap.lines(
          "\(glyphs.waiting) paused until \(time): \(pause.why)", width: sheet.width
        ).map { Sheet.Line($0, .warning) }
      }
      sheet.foot.append(
        Sheet.Line([Span("esc", .key), Span(" stops before the next one", .dim)]))
    }
  }

  private func row(_ line: BulkLine, _ result: BulkResult, _ width: Int) -> [Sheet.Line] {
    let name = line.target.name
    return switch result {
    case .waiting: row(glyphs.queued, .dim, name, "waits for its turn", width)
    case .sending: row(glyphs.spinner(at: model.step), .running, name, "being sent", width)
    case .done(let message): row(glyphs.success, .success, name, message, width)
    case .refused(let message): row(glyphs.failure, .failure, name, "refused: \(message)", width)
    case .unknown(let message):
      row(
        glyphs.attention, .warning, name,
        "nobody knows whether it was done: \(message) Look on GitHub before you do it again.",
        width)
    case .notSent: row(glyphs.skipped, .dim, name, "not sent", width)
    case .calledBack: row(glyphs.skipped, .dim, name, "not sent: called back", width)
    }
  }

  private func summary(_ width: Int) -> [String] {
    var counts: [(Int, String)] = Array(repeating: (0, ""), count: 6)
    let words = ["done", "refused", "unknown", "called back", "not sent", "to come"]
    for index in counts.indices { counts[index].1 = words[index] }
    for result in dialog.results {
      switch result {
      case .done: counts[0].0 += 1
      case .refused: counts[1].0 += 1
      case .unknown: counts[2].0 += 1
      case .calledBack: counts[3].0 += 1
      case .notSent: counts[4].0 += 1
      case .waiting, .sending: counts[5].0 += 1
      }
    }
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let left = dialog.leftOut.isEmpty ? [] : ["\(Self.deploys(dialog.leftOut)) left out"]
    return TextWrap.lines((parts + left).joined(separator: ", "), width: width)
  }
}
