import Canvas

/// The titles of the columns and the rows below them.
struct BoardView {
  var model: Model

  func draw(into frame: inout Frame, titles: Rect, rows: Rect) {
    if titles.size.rows > 0 { drawTitles(into: &frame, in: titles) }
    let painter = RowPainter(
      layout: model.board.layout, glyphs: model.glyphs, now: model.now, marks: model.marks,
      watched: model.watched)
    let visible = model.board.visibleRows
    for (line, row) in visible.enumerated() {
      let place = rows.row(line)
      painter.draw(row, into: &frame, in: place)
      guard row.id == model.board.selection else { continue }
      frame.put(model.glyphs.selection, at: place.origin, style: .accent)
      frame.restyle(place) { $0.isSelected = true }
    }
  }

  private func drawTitles(into frame: inout Frame, in rect: Rect) {
    for slot in model.board.layout.slots {
      let title = slot.column.title
      let shift = slot.column.isRightAligned ? max(0, slot.width - title.count) : 0
      frame.put(
        title, at: rect.origin.moved(columns: slot.start + shift), style: .dim,
        width: slot.width - shift)
    }
    let above = model.board.top
    guard above > 0 else { return }
    let text = "\(model.glyphs.up)\(above)"
    frame.put(text, at: rect.origin, style: .accent, width: ColumnLayout.gutter - 1)
  }
}
