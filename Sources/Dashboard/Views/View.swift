package import Canvas

/// Draws the model as a picture of the whole screen.
package func view(_ model: Model) -> Frame {
  var frame = Frame(size: model.size, glyphs: model.glyphs)
  guard !model.isTooSmall else {
    TooSmallView(model: model).draw(into: &frame)
    return frame
  }
  drawScreen(model, into: &frame)
  if let sheet = Sheet(model) { sheet.draw(into: &frame, glyphs: model.glyphs) }
  return frame
}

/// Draws what fills the screen: the topmost screen that does, else the board.
private func drawScreen(_ model: Model, into frame: inout Frame) {
  let geometry = BoardGeometry(size: model.size)
  let (body, footer) = Rect(size: model.size).split(bottomRows: 1)
  // A message too long for one line takes some of what is above it, so the footer comes last.
  defer { FooterView(model: model).draw(into: &frame, in: footer) }
  for screen in model.screens.reversed() {
    switch screen {
    case .help, .dispatch, .refs, .workflows, .tag, .act, .bulk: continue
    case .detail(let detail):
      return RunDetailView(model: model, detail: detail).draw(into: &frame, in: body)
    case .pager(let pager):
      return PagerView(model: model, pager: pager).draw(into: &frame, in: body)
    case .files(let files):
      return FileBrowserView(model: model, files: files).draw(into: &frame, in: body)
    case .versions(let versions):
      return VersionsView(model: model, versions: versions).draw(into: &frame, in: body)
    }
  }
  HeaderView(model: model).draw(into: &frame, in: geometry.header)
  BoardView(model: model).draw(into: &frame, titles: geometry.columns, rows: geometry.board)
  DetailView(model: model).draw(into: &frame, in: geometry.detail)
}
