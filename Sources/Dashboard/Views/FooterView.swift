import Canvas
import Deploys
import Foundation

/// The newest message, the line that is being typed, and the keys that work here.
struct FooterView {
  var model: Model

  func draw(into frame: inout Frame, in rect: Rect) {
    guard rect.size.rows > 0 else { return }
    let width = rect.size.columns
    if let prompt = model.prompt ?? filterPrompt(width) {
      draw(prompt, into: &frame, in: rect)
      return
    }
    var used = 0
    if let notice = model.notice?.notice {
      let text = "\(sign(notice)) \(notice.text)"
      guard DisplayWidth.of(PlainText.sanitized(text)) <= width else {
        drawLong(text, notice.style, into: &frame, in: rect)
        return
      }
      used = frame.put(text, at: rect.origin, style: notice.style, width: width) + 2
    }
    let right = countdown
    let room = width - used - (right.isEmpty ? 0 : right.count + 1)
    guard room > 0 else { return }
    frame.put(
      keys.fitted(to: room, separator: Span("  ")), at: rect.origin.moved(columns: used),
      width: room)
    if !right.isEmpty {
      frame.put(right, at: rect.origin.moved(columns: width - right.count), style: .dim)
    }
  }

  /// A message that one line cannot hold takes some of what is above.
  private func drawLong(_ text: String, _ style: Style, into frame: inout Frame, in rect: Rect) {
    let all = TextWrap.lines(text, width: rect.size.columns)
    let rows = min(3, all.count)
    let top = rect.origin.moved(rows: 1 - rows)
    frame.fill(Rect(origin: top, size: Size(columns: rect.size.columns, rows: rows)))
    for row in 0..<rows {
      let line = row == rows - 1 ? all[row...].joined(separator: " ") : all[row]
      frame.put(line, at: top.moved(rows: row), style: style, width: rect.size.columns)
    }
  }

  private func sign(_ notice: Notice) -> String {
    switch notice.severity {
    case .info: model.glyphs.arrow
    case .success: model.glyphs.success
    case .warning: model.glyphs.attention
    case .error: model.glyphs.failure
    }
  }

  /// The board's filter while it is typed.
  private func filterPrompt(_ width: Int) -> Prompt? {
    guard let field = model.filterField, model.screens.isEmpty else { return nil }
    let count = "\(model.board.matches) of \(model.board.total)"
    let keys = "  enter keeps it, esc empties it"
    // While nothing is typed there is room to say what can be.
    let words =
      width >= 60
      ? "a service, environment, state, ref or person" : "service, env, state"
    let hint =
      field.isEmpty
      ? words + (width >= 100 ? keys : "") : count + (width >= 60 ? keys : "")
    return Prompt(
      label: "/", field: field, hint: hint, isWrong: model.board.matches == 0 && !field.isEmpty)
  }

  private func draw(_ prompt: Prompt, into frame: inout Frame, in rect: Rect) {
    let width = rect.size.columns
    // A line that is typed needs some columns, whatever there is to say about it.
    let least = 12
    let label = frame.put(prompt.label, at: rect.origin, style: .key, width: width - least)
    let field = prompt.field
    let hint = field.isCut ? TextField.cutWords(field.limit) : PlainText.sanitized(prompt.hint)
    let tail = max(0, min(DisplayWidth.of(hint), width - label - least))
    let room = max(4, width - label - tail - 2)
    let (text, cursor) = field.visible(in: room)
    frame.put(text, at: rect.origin.moved(columns: label), style: .input, width: room)
    frame.put(
      hint, at: rect.origin.moved(columns: width - tail),
      style: prompt.isWrong || field.isCut ? .warning : .dim,
      width: tail)
    frame.cursor = rect.origin.moved(columns: label + cursor)
  }

  private var countdown: String {
    if let saving { return saving }
    guard let next = model.nextRefresh, next > model.now, model.notice == nil,
      model.size.columns >= 80
    else { return "" }
    return "next in \(Duration(from: model.now, to: next).shortText)"
  }

  /// How far what is being saved has come; the list of files says so itself.
  private var saving: String? {
    guard let saving = model.savings.last, model.focus != .files, model.focus != .prompt else {
      return nil
    }
    let words = saving.transfer?.shortWords ?? model.glyphs.ellipsis
    return model.size.columns < 60 ? words : "saving \(words)"
  }

  /// The keys that work here, the most useful first.
  private var keys: SpanGroups {
    let focus = model.focus
    let ranked = Command.allCases
      .compactMap { command in command.entry.footerRank.map { (rank: $0, command: command) } }
      .filter { $0.command.availability(in: model) == .enabled }
      .sorted { $0.rank < $1.rank }
    var groups = SpanGroups()
    for (rank, command) in ranked {
      guard let key = command.keys(in: focus).first else { continue }
      groups.add(
        [Span(key.description, .key), Span(" \(command.hint(in: model))", .dim)], rank: rank)
    }
    return groups
  }
}

extension Notice {
  /// How it is drawn.
  var style: Style {
    switch severity {
    case .info: .info
    case .success: .success
    case .warning: .warning
    case .error: .failure
    }
  }
}
