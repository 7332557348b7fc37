import Canvas
import Deploys

/// Draws a dispatch, from the form to its end.
struct DispatchView {
  var model: Model
  var dialog: DispatchDialog

  private var target: String { "\(dialog.service) to \(dialog.environment)" }

  var sheet: Sheet {
    var sheet = Sheet(title: "Dispatch \(target)", screen: model.size)
    switch dialog.stage {
    case .loading:
      sheet.body = [
        Sheet.Line(
          "\(model.glyphs.spinner(at: model.step)) reading what \(dialog.workflowName) asks for")
      ]
    case .ended(let ending):
      DialogParts.fill(
        &sheet, ending, glyphs: model.glyphs, returnsToForm: dialog.form != nil)
    case .filling: fillForm(&sheet)
    case .confirming(let confirmation): fillQuestion(&sheet, confirmation)
    case .sending:
      sheet.body = [
        Sheet.Line("\(model.glyphs.spinner(at: model.step)) dispatching \(dialog.workflowName)"),
        Sheet.Line("It is sent once; esc leaves it to itself.", .dim),
      ]
    }
    sheet.shrink()
    return sheet
  }

  // MARK: - The form

  private func fillForm(_ sheet: inout Sheet) {
    let labelWidth = min(
      18, dialog.fields.map { DisplayWidth.of(PlainText.sanitized($0.label)) + 2 }.max() ?? 0)
    let room = sheet.width - labelWidth - 2
    sheet.body = TextWrap.lines(
      "\(dialog.workflowName) in \(dialog.run.repository)", width: sheet.width
    ).map { Sheet.Line($0, .dim) }
    sheet.body.append(Sheet.Line())
    for (index, field) in dialog.fields.enumerated() {
      let isFocused = index == dialog.focused
      let start = sheet.body.count
      let label = field.label + (field.isRequired ? " *" : "")
      let head = Span(
        DisplayWidth.padded(PlainText.sanitized(label), to: labelWidth) + "  ",
        isFocused ? Style.accent.bold : .dim)
      switch field.answer {
      case .text(let text) where isFocused:
        let (visible, cursor) = text.visible(in: room)
        sheet.body.append(
          Sheet.Line([head, Span(DisplayWidth.padded(visible, to: room), .input)]))
        sheet.cursor = Sheet.Cursor(
          isInFoot: false, line: start, column: labelWidth + 2 + cursor)
      case .text(let text): sheet.body.append(Sheet.Line([head, value(text.text, field)]))
      case .choice(let options, let selected) where isFocused:
        sheet.body += choice(head, options, selected, indent: labelWidth + 2)
      case .choice: sheet.body.append(Sheet.Line([head, value(field.value, field)]))
      }
      let pad = String(repeating: " ", count: labelWidth + 2)
      if let error = field.error {
        sheet.body.append(
          Sheet.Line([Span(pad), Span("\(model.glyphs.failure) \(error)", .failure)]))
      }
      guard isFocused else { continue }
      for line in TextWrap.lines(field.help, width: room) where !line.isEmpty {
        sheet.body.append(Sheet.Line([Span(pad), Span(line, .dim)]))
      }
      sheet.shown = start...(sheet.body.count - 1)
    }
    let place = "field \(dialog.focused + 1) of \(dialog.fields.count)"
    sheet.foot =
      sheet.isRoomy
      ? [Sheet.Line(), Sheet.Line("\(place), * is required, nothing is sent yet", .dim)]
      : [Sheet.Line("\(place), nothing is sent yet", .dim)]
  }

  private func value(_ text: String, _ field: FormField) -> Span {
    if !text.isEmpty { return Span(text) }
    if let fallback = field.fallback { return Span("(the workflow's default: \(fallback))", .dim) }
    return Span("(empty)", .dim)
  }

  /// The options around the chosen one, for a list can be long.
  private func choice(
    _ head: Span, _ options: [String], _ selected: Int?, indent: Int
  ) -> [Sheet.Line] {
    guard !options.isEmpty else { return [Sheet.Line([head, Span("(no options)", .warning)])] }
    let visible = 5
    let first = min(max(0, (selected ?? 0) - visible / 2), max(0, options.count - visible))
    let shown = options.indices.dropFirst(first).prefix(visible)
    return shown.map { index in
      let isChosen = index == selected
      let lead = index == first ? head : Span(String(repeating: " ", count: indent))
      let isCut =
        (index == first && first > 0) || (index == shown.last && index < options.count - 1)
      return Sheet.Line([
        lead, Span(isChosen ? "(*) " : "( ) ", isChosen ? .accent : .dim),
        Span(options[index], isChosen ? Style.plain.bold : .plain),
        Span(isCut ? " \(model.glyphs.ellipsis)" : "", .dim),
      ])
    }
  }

  // MARK: - The question

  private func fillQuestion(_ sheet: inout Sheet, _ confirmation: Confirmation) {
    guard let request = dialog.request, let form = dialog.form else { return }
    var facts: [(String, String)] = [
      ("deploys", target + (confirmation.isProtected ? ", protected" : "")),
      ("ref", request.ref),
      ("workflow", request.workflowName),
      ("repository", request.repository.description),
    ]
    if request.path != request.workflowName { facts.append(("file", request.path)) }
    for (index, input) in request.inputs.enumerated() {
      facts.append((index == 0 ? "inputs" : "", "\(input.name) = \(input.value)"))
    }
    if request.inputs.isEmpty { facts.append(("inputs", "none")) }
    for field in dialog.defaulted {
      facts.append(
        ("", "\(field.label) is left empty: the workflow takes \(field.fallback ?? "its default")"))
    }
    if request.ref != form.ref, !form.inputs.isEmpty {
      facts.append(("note", "the inputs were read at \(form.ref)"))
    }
    sheet.title = "Dispatch \(target)?"
    sheet.titleStyle = confirmation.isProtected ? Style.warning.bold : .title
    sheet.body = DialogParts.facts(facts, width: sheet.width)
    DialogParts.ask(&sheet, confirmation, verb: "dispatch it")
  }
}
