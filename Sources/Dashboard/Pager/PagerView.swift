import Canvas
import Deploys
import LogText

/// Draws the pager: where one is, what there is to say about the job, and the text.
struct PagerView {
  var model: Model
  var pager: Pager

  func draw(into frame: inout Frame, in rect: Rect) {
    let layout = PagerLayout(pager)
    PagerStatusLine(model: model, pager: pager).draw(into: &frame, in: layout.status)
    let steps = PagerSteps(model: model, pager: pager)
    if layout.panel.size.rows > 0 { steps.drawPanel(into: &frame, in: layout.panel) }
    guard let log = pager.log, !log.rows.isEmpty else {
      let body = Rect(
        column: 0, row: layout.text.origin.row, columns: rect.size.columns,
        rows: layout.text.size.rows)
      PagerAbsence(model: model, pager: pager).draw(into: &frame, in: body)
      return
    }
    let painter = PagerRowPainter(layout: layout, glyphs: model.glyphs)
    for (index, row) in log.rows.prefix(layout.text.size.rows).enumerated() {
      painter.draw(row, into: &frame, at: layout.text.origin.row + index)
    }
  }
}
