/// The looks of the roles at each colour depth.
package struct Theme: Sendable, Hashable {
  /// How one role looks.
  package struct Paint: Sendable, Hashable {
    /// Its index in xterm's palette of 256; `nil` is the terminal's own colour.
    package var indexed: Int?
    /// Its index among sixteen colours.
    package var sixteen: Int?
    /// Its index among eight colours.
    package var eight: Int?
    /// Whether it is bold at every depth.
    package var isBold = false
    /// Whether it is bold where colours cannot set it apart.
    package var isBoldWithoutColor = false
    /// Whether it is faint where colours cannot set it apart.
    package var isFaintWithoutColor = false
    /// Whether it is underlined at every depth.
    package var isUnderlined = false
  }

  /// The theme's name in the configuration.
  package var name: String
  /// The colour behind the row under the cursor, in the palette of 256.
  package var selectionBackground: Int
  /// The colour of ordinary text upon it.
  package var selectionText: Int
  private var paints: [Role: Paint]

  /// Makes a theme; a role that is left out looks like ordinary text.
  package init(
    name: String, selectionBackground: Int, selectionText: Int, paints: [Role: Paint]
  ) {
    self.name = name
    self.selectionBackground = selectionBackground
    self.selectionText = selectionText
    self.paints = paints
  }

  /// How a role looks.
  package func paint(of role: Role) -> Paint { paints[role] ?? Paint() }

  /// How a style looks at a colour depth.
  package func appearance(of style: Style, depth: ColorDepth) -> Appearance {
    let paint = paint(of: style.role)
    var look = Appearance(
      isBold: style.isBold || paint.isBold, isUnderlined: style.isUnderlined || paint.isUnderlined)
    switch depth {
    case .none:
      look.isBold = look.isBold || paint.isBoldWithoutColor
      look.isFaint = paint.isFaintWithoutColor
      look.isReversed = style.isSelected
    case .eight:
      look.foreground = style.isSelected ? nil : paint.eight
      look.isFaint = paint.eight == nil && paint.isFaintWithoutColor
      look.isReversed = style.isSelected
    case .sixteen:
      look.foreground = style.isSelected ? nil : paint.sixteen
      look.isReversed = style.isSelected
    case .indexed:
      look.foreground = paint.indexed
      if style.isSelected {
        look.foreground = look.foreground ?? selectionText
        look.background = selectionBackground
      }
    }
    look.isReversed = look.isReversed != style.isReversed
    if look.isReversed { look.isFaint = false }
    return look
  }
}

extension Theme {
  /// The theme that needs no choice: mid tones, legible on dark and on light terminals.
  package static let standard = Theme(
    name: "standard", selectionBackground: 236, selectionText: 255,
    paints: [
      .dim: Paint(indexed: 244, sixteen: 8, isFaintWithoutColor: true),
      .title: Paint(isBold: true),
      .heading: Paint(indexed: 74, sixteen: 6, eight: 6, isBold: true),
      .accent: Paint(indexed: 74, sixteen: 6, eight: 6, isBoldWithoutColor: true),
      .success: Paint(indexed: 71, sixteen: 2, eight: 2),
      .failure: Paint(indexed: 203, sixteen: 1, eight: 1, isBold: true),
      .warning: Paint(indexed: 172, sixteen: 3, eight: 3, isBold: true),
      .running: Paint(indexed: 68, sixteen: 4, eight: 4, isBoldWithoutColor: true),
      .waiting: Paint(indexed: 140, sixteen: 5, eight: 5),
      .info: Paint(indexed: 37, sixteen: 6, eight: 6),
      .border: Paint(indexed: 242, sixteen: 8, isFaintWithoutColor: true),
      .key: Paint(indexed: 74, sixteen: 6, eight: 6, isBold: true),
      .input: Paint(isUnderlined: true),
    ])
}
