import Canvas
import Deploys

/// Draws the fields of a dispatch while they are filled in.
struct DispatchFields {
  var model: Model
  var dialog: DispatchDialog

  func fill(_ sheet: inout Sheet) {
    let widest = dialog.fields.map { DisplayWidth.of(PlainText.sanitized($0.label)) + 2 }.max()
    let labelWidth = min(sheet.isRoomy ? 18 : 12, widest ?? 0)
    if sheet.isRoomy {
      sheet.body = TextWrap.lines(
        "\(dialog.target.workflowName) in \(dialog.target.repository)", width: sheet.width
      ).map { Sheet.Line($0, .dim) }
      sheet.body.append(Sheet.Line())
    }
    for (index, field) in dialog.fields.enumerated() {
      add(field, isFocused: index == dialog.focused, labelWidth: labelWidth, to: &sheet)
    }
    sheet.foot = foot(width: sheet.width, isRoomy: sheet.isRoomy)
  }

  private func add(
    _ field: FormField, isFocused: Bool, labelWidth: Int, to sheet: inout Sheet
  ) {
    let start = sheet.body.count
    let indent = labelWidth + 2
    let room = max(4, sheet.width - indent)
    let pad = Span(String(repeating: " ", count: indent))
    let head = label(of: field, isFocused: isFocused, width: labelWidth)
    switch field.answer {
    case .text(let text) where isFocused:
      let (visible, cursor) = text.visible(in: room)
      sheet.body.append(Sheet.Line(head + [Span(DisplayWidth.padded(visible, to: room), .input)]))
      sheet.cursor = Sheet.Cursor(isInFoot: false, line: start, column: indent + cursor)
    case .choice(let options, let selected) where isFocused:
      sheet.body += choice(head, options, selected, indent: pad)
    case .text, .choice: sheet.body.append(Sheet.Line(head + value(of: field)))
    }
    if let error = field.error {
      let words = "\(model.glyphs.failure) \(error.text)"
      sheet.body += TextWrap.lines(words, width: room).map {
        Sheet.Line([pad, Span($0, .failure)])
      }
      if !error.advice.isEmpty, isFocused {
        sheet.body += TextWrap.lines(error.advice, width: room).map {
          Sheet.Line([pad, Span($0, .accent)])
        }
      }
    }
    for words in [dialog.warning(of: field, in: model) ?? "", field.news] where !words.isEmpty {
      sheet.body += TextWrap.lines("\(model.glyphs.attention) \(words)", width: room).map {
        Sheet.Line([pad, Span($0, .warning)])
      }
    }
    guard isFocused else { return }
    for line in help(for: field) where !line.isEmpty {
      sheet.body += TextWrap.lines(line, width: room).map { Sheet.Line([pad, Span($0, .dim)]) }
    }
    sheet.shown = shown(from: start, to: sheet.body.count - 1, rows: sheet)
  }

  /// A field taller than the box shows its beginning, where the answer stands.
  private func shown(from start: Int, to end: Int, rows sheet: Sheet) -> ClosedRange<Int> {
    var probe = sheet
    probe.foot = foot(width: sheet.width, isRoomy: sheet.isRoomy)
    return start...max(start, min(end, start + probe.bodyRows - 1))
  }

  private func label(of field: FormField, isFocused: Bool, width: Int) -> [Span] {
    let style = isFocused ? Style.accent.bold : Style.dim
    let star = field.isRequired ? " *" : ""
    let (text, used) = DisplayWidth.prefix(
      PlainText.sanitized(field.label), fitting: width - star.count)
    let gap = max(0, width - used - star.count) + 2
    return [Span(text + star + String(repeating: " ", count: gap), style)]
  }

  private func help(for field: FormField) -> [String] {
    var lines = [field.help]
    if field.isAsLastTime {
      lines.append(
        "As last time; ctrl-x puts the default there: \(field.fallback ?? "nothing").")
    }
    if field.input == nil { lines.append("ctrl-t shows the branches and tags.") }
    return lines
  }

  private func value(of field: FormField) -> [Span] {
    let text = field.value
    if !text.isEmpty {
      return [Span(text)] + (field.isAsLastTime ? [Span("  as last time", .info)] : [])
    }
    if let fallback = field.fallback {
      return [Span("(the workflow's default: \(fallback))", .dim)]
    }
    return [Span("(empty)", .dim)]
  }

  /// The options around the chosen one, for a list can be long.
  private func choice(
    _ head: [Span], _ options: [String], _ selected: Int?, indent: Span
  ) -> [Sheet.Line] {
    guard !options.isEmpty else { return [Sheet.Line(head + [Span("(no options)", .warning)])] }
    let visible = 5
    let first = min(max(0, (selected ?? 0) - visible / 2), max(0, options.count - visible))
    let shown = options.indices.dropFirst(first).prefix(visible)
    return shown.map { index in
      let isChosen = index == selected
      let isCut =
        (index == first && first > 0) || (index == shown.last && index < options.count - 1)
      return Sheet.Line(
        (index == first ? head : [indent]) + [
          Span(isChosen ? "(*) " : "( ) ", isChosen ? .accent : .dim),
          Span(options[index], isChosen ? Style.plain.bold : .plain),
          Span(isCut ? " \(model.glyphs.ellipsis)" : "", .dim),
        ])
    }
  }

  private func foot(width: Int, isRoomy: Bool) -> [Sheet.Line] {
    var lines: [Sheet.Line] = []
    if let refusal = dialog.refusalNote {
      let words = "\(model.glyphs.failure) Nothing was done."
      lines += PickerParts.lines(
        isRoomy ? "\(words) \(refusal)" : words, rows: isRoomy ? 4 : 1, width: width, .failure)
    }
    for note in dialog.notes {
      lines += PickerParts.lines(
        "\(model.glyphs.attention) \(note)", rows: isRoomy ? 3 : 1, width: width, .warning)
    }
    let place = "field \(dialog.focused + 1) of \(dialog.fields.count)"
    return isRoomy
      ? [Sheet.Line()] + lines
        + [Sheet.Line("\(place), * is required, nothing is sent yet", .dim)]
      : lines + [Sheet.Line("\(place), nothing is sent yet", .dim)]
  }
}
