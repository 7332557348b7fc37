import Canvas
import Deploys

/// Draws the list of workflows.
struct WorkflowPickerView {
  var model: Model
  var picker: WorkflowPicker

  private enum Row {
    case heading(String)
    case item(WorkflowListing.Item)
  }

  var sheet: Sheet {
    var sheet = Sheet(title: "Dispatch which workflow?", screen: model.size)
    var foot = sheet.isRoomy ? [Sheet.Line()] : []
    for failure in (picker.listing?.failures ?? []).prefix(sheet.isRoomy ? 3 : 1) {
      foot += PickerParts.failure(
        failure.message, failure.remedy, rows: sheet.isRoomy ? 3 : 1, width: sheet.width,
        glyphs: model.glyphs)
    }
    let status = status(isRoomy: sheet.isRoomy)
    foot += PickerParts.lines(
      status.text, rows: sheet.isRoomy ? 2 : 1, width: sheet.width, status.style)
    PickerParts.typing(picker.field, in: &sheet, below: foot)
    let rows = rows
    guard !rows.isEmpty else {
      sheet.body = TextWrap.lines(emptyWords, width: sheet.width).map { Sheet.Line($0, .dim) }
      sheet.shrink()
      return sheet
    }
    let cursor = rows.firstIndex { isSelected($0) } ?? 0
    let width = sheet.width
    PickerParts.window(of: rows.count, around: cursor, in: &sheet) { line(of: rows[$0], width) }
    sheet.shrink()
    return sheet
  }

  private var rows: [Row] {
    var rows: [Row] = []
    var environment: String?
    for item in picker.hits {
      if item.target.environment != environment {
        environment = item.target.environment
        rows.append(.heading(item.target.environment))
      }
      rows.append(.item(item))
    }
    return rows
  }

  private func isSelected(_ row: Row) -> Bool {
    if case .item(let item) = row { item.id == picker.selectedID } else { false }
  }

  private func line(of row: Row, _ width: Int) -> Sheet.Line {
    switch row {
    case .heading(let name):
      let reason = model.snapshot.environment(name)?.readOnlyReason
      return Sheet.Line([
        Span(name, model.isProtected(name) ? Style.warning.bold : Style.accent.bold),
        Span(reason.map { "  read-only: \($0)" } ?? "", .warning),
      ])
    case .item(let item):
      let isSelected = item.id == picker.selectedID
      let isReadOnly =
        model.snapshot.environment(item.target.environment)?.readOnlyReason != nil
      let isOffered = item.isActive && !isReadOnly && item.hasDispatch != false
      let state =
        !item.isActive
        ? "  \(item.state.replacing("_", with: " "))"
        : item.hasDispatch == false ? "  no workflow_dispatch" : ""
      let stateWidth = DisplayWidth.of(PlainText.sanitized(state))
      let room = max(8, width - 2 - stateWidth)
      let serviceWidth = min(20, room)
      let service = PickerParts.fitted(
        item.target.service, to: serviceWidth, glyphs: model.glyphs)
      let rest = room - serviceWidth - 2
      let words = "\(item.target.workflowName), \(item.target.repository)"
      let style: Style = isOffered ? isSelected ? Style.plain.bold : .plain : .dim
      return Sheet.Line([
        Span(isSelected ? "\(model.glyphs.selection) " : "  ", .accent), Span(service, style),
        Span(state, .warning),
        Span(
          rest > 20
            ? "  " + PickerParts.fitted(words, to: rest, glyphs: model.glyphs) : "", .dim),
      ])
    }
  }

  private var emptyWords: String {
    if picker.isReading {
      return "\(model.glyphs.spinner(at: model.step)) reading the workflows"
    }
    guard let listing = picker.listing, !listing.items.isEmpty else {
      return "No workflow's name fits an environment's pattern; `workflow` in the configuration "
        + "says which do."
    }
    return "None of the \(listing.items.count) has “\(picker.field.text)”."
  }

  /// What keeps the selected workflow from being dispatched, else how many there are.
  private func status(isRoomy: Bool) -> (text: String, style: Style) {
    if let item = picker.selected, let obstacle = picker.obstacle(to: item, in: model) {
      return ("\(model.glyphs.attention) \(item.target.service): \(obstacle)", .warning)
    }
    if let item = picker.selected, let caution = WorkflowPicker.caution(of: item) {
      return ("\(model.glyphs.attention) \(item.target.service): \(caution)", .warning)
    }
    let turning = picker.isReading ? " \(model.glyphs.spinner(at: model.step))" : ""
    let count = picker.listing?.items.count ?? 0
    let found = picker.field.isEmpty ? "\(count)" : "\(picker.hits.count) of \(count)"
    let words = isRoomy ? " workflows; nothing is sent yet" : " workflows"
    return (found + words + turning, .dim)
  }
}
