import Canvas

/// Draws a screen.
struct FileBrowserView {
  var model: Model
  var files: FileBrowser

  func draw(into frame: inout Frame, in rect: Rect) {}
}
