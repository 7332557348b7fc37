import Canvas

/// Draws a screen.
struct PagerView {
  var model: Model
  var pager: Pager

  func draw(into frame: inout Frame, in rect: Rect) {}
}
