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
    case .preparing(.reading(let ref)):
      let place = ref.map { " at \($0)" } ?? ""
      let words = "reading what \(dialog.target.workflowName) asks for\(place)"
      sheet.body = TextWrap.lines(
        "\(model.glyphs.spinner(at: model.step)) \(words)", width: sheet.width
      ).map { Sheet.Line($0) }
      if dialog.form != nil { sheet.body.append(Sheet.Line("esc goes back to the form.", .dim)) }
    case .ended(let ending): fillEnding(&sheet, ending)
    case .preparing(.filling): DispatchFields(model: model, dialog: dialog).fill(&sheet)
    case .confirming(let confirmation): fillQuestion(&sheet, confirmation)
    case .sending:
      sheet.body = [
        Sheet.Line(
          "\(model.glyphs.spinner(at: model.step)) dispatching \(dialog.target.workflowName)"),
        Sheet.Line("It is sent once; esc leaves it to itself.", .dim),
      ]
    }
    sheet.shrink()
    return sheet
  }

  private func fillEnding(_ sheet: inout Sheet, _ ending: Ending) {
    DialogParts.fill(
      &sheet, ending, glyphs: model.glyphs, returnsToForm: dialog.form != nil)
    if dialog.takesRef {
      sheet.foot.append(
        Sheet.Line([Span("ctrl-t", .key), Span(" chooses another branch or tag", .dim)]))
    }
  }

  private func fillQuestion(_ sheet: inout Sheet, _ confirmation: Confirmation) {
    guard let request = dialog.request else { return }
    var facts: [(String, String)] = [
      ("deploys", target + (dialog.isOwnProtected ? ", protected" : "")),
      ("ref", request.ref),
    ]
    for (index, input) in request.inputs.enumerated() {
      let field = dialog.fields.first { $0.id == .input(input.name) }
      let marks = [
        field?.isAsLastTime == true ? "as last time" : nil,
        field?.otherDefault.map { "not the default: \($0)" },
      ].compactMap(\.self)
      let mark = marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
      facts.append((index == 0 ? "inputs" : "", "\(input.name) = \(input.value)\(mark)"))
    }
    if request.inputs.isEmpty { facts.append(("inputs", "none")) }
    for field in dialog.defaulted {
      facts.append(
        ("", "\(field.label) is left empty: the workflow takes \(field.fallback ?? "its default")"))
    }
    facts += [
      ("workflow", request.workflowName), ("repository", request.repository.description),
    ]
    if request.path != request.workflowName { facts.append(("file", request.path)) }
    sheet.title = "Dispatch \(target)?"
    sheet.titleStyle = confirmation.isProtected ? Style.warning.bold : .title
    sheet.body = dialog.warnings(in: model).flatMap { warning in
      TextWrap.lines("\(model.glyphs.attention) \(warning)", width: sheet.width).map {
        Sheet.Line($0, Style.warning.bold)
      }
    }
    sheet.body += DialogParts.facts(facts, width: sheet.width)
    let copyKey = Command.form(.copyCommand).keys(in: dialog.focus).first?.description ?? ""
    sheet.body += DialogParts.sending(
      dialog.preview, commandLine: dialog.commandLine, copyKey: copyKey, width: sheet.width,
      glyphs: model.glyphs)
    DialogParts.ask(&sheet, confirmation, verb: "dispatch it")
  }
}
