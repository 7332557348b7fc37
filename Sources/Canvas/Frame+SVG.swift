extension Frame {
  /// The frame as a picture in SVG, with the colours of a theme on a dark ground.
  ///
  /// Every run of text is stretched to its cells, so columns stay aligned in any monospaced font.
  package func svg(theme: Theme, title: String) -> String {
    SVGPicture(frame: self, theme: theme).document(title: title)
  }
}
