/// One place of a frame: what stands there and how it is drawn.
package struct Cell: Sendable, Hashable {
  /// What stands here, one or two columns wide; empty in the right half of a wide character.
  package let text: String
  /// How it is drawn.
  package var style: Style

  /// A cell with nothing in it.
  package static let blank = Cell(trusted: " ", style: .plain)

  /// Makes a cell from the first visible character of a text, made harmless.
  ///
  /// A text without any visible character gives a space.
  package init(_ text: String, style: Style = .plain) {
    let unit = PlainText.sanitized(text).lazy.flatMap(DisplayUnit.units(of:)).first {
      $0.width > 0
    }
    self.init(trusted: unit?.text ?? " ", style: style)
  }

  /// Makes a cell from text that is harmless already.
  init(trusted text: String, style: Style) {
    self.text = text
    self.style = style
  }

  /// Whether this is the right half of the wide character before it.
  package var isRightHalf: Bool { text.isEmpty }

  /// The columns that the text takes: 0 for a right half, else 1 or 2.
  package var width: Int { DisplayWidth.of(text) }

  /// The same cell with another text, which is harmless already.
  func with(trusted text: String) -> Cell { Cell(trusted: text, style: style) }
}
