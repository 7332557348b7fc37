package import Canvas

/// Draws the model as a picture of the whole screen.
package func view(_ model: Model) -> Frame {
  var frame = Frame(size: model.size, glyphs: model.glyphs)
  guard !model.isTooSmall else {
    TooSmallView(model: model).draw(into: &frame)
    return frame
  }
  let geometry = BoardGeometry(size: model.size)
  HeaderView(model: model).draw(into: &frame, in: geometry.header)
  BoardView(model: model).draw(into: &frame, titles: geometry.columns, rows: geometry.board)
  DetailView(model: model).draw(into: &frame, in: geometry.detail)
  FooterView(model: model).draw(into: &frame, in: geometry.footer)
  if let sheet = Sheet(model) { sheet.draw(into: &frame, glyphs: model.glyphs) }
  return frame
}
