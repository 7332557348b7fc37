import Canvas

/// Draws a screen.
struct RunDetailView {
  var model: Model
  var detail: RunDetail

  func draw(into frame: inout Frame, in rect: Rect) {}
}
