/// How a terminal draws a cell: colours by palette index, and attributes.
package struct Appearance: Sendable, Hashable {
  /// The colour of the text; `nil` is the terminal's own.
  package var foreground: Int?
  /// The colour behind it; `nil` is the terminal's own.
  package var background: Int?
  /// Whether the text is bold.
  package var isBold = false
  /// Whether the text is faint.
  package var isFaint = false
  /// Whether the text is underlined.
  package var isUnderlined = false
  /// Whether text and background change places.
  package var isReversed = false
}
