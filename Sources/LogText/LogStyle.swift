/// How a piece of a log's text is meant to look, in terms that a theme can fill.
package struct LogStyle: Sendable, Hashable {
  /// The eight colours of ECMA-48; 256 and 16 million colours are shown as the nearest of them.
  package enum Hue: UInt8, Sendable, Hashable, CaseIterable {
    /// Colour 0; on many terminals as dark as the ground.
    case black
    /// Colour 1.
    case red
    /// Colour 2.
    case green
    /// Colour 3.
    case yellow
    /// Colour 4.
    case blue
    /// Colour 5.
    case magenta
    /// Colour 6.
    case cyan
    /// Colour 7.
    case white
  }

  /// The colour; `nil` is the terminal's own.
  package var hue: Hue?
  /// Whether the text is bold.
  package var isBold: Bool
  /// Whether the text is faint.
  package var isDim: Bool
  /// Whether the text is underlined.
  package var isUnderlined: Bool
  /// Whether the colour is the ground's, with the text upon it.
  package var isInverse: Bool

  /// Creates a look.
  package init(
    hue: Hue? = nil, isBold: Bool = false, isDim: Bool = false, isUnderlined: Bool = false,
    isInverse: Bool = false
  ) {
    self.hue = hue
    self.isBold = isBold
    self.isDim = isDim
    self.isUnderlined = isUnderlined
    self.isInverse = isInverse
  }

  /// Text that looks like any other.
  package static let plain = LogStyle()
}
