/// How a cell is drawn: its role and the few marks that a role does not decide.
package struct Style: Sendable, Hashable {
  /// What the text means.
  package var role: Role
  /// Whether the text is bold, beside what the theme says of the role.
  package var isBold: Bool
  /// Whether the cell belongs to the row under the cursor.
  package var isSelected: Bool
  /// Whether the text is underlined.
  package var isUnderlined: Bool
  /// Whether text and background change places; on the row under the cursor they change back.
  package var isReversed: Bool

  /// Makes a style from all of its parts.
  package init(
    role: Role = .text, isBold: Bool = false, isSelected: Bool = false,
    isUnderlined: Bool = false, isReversed: Bool = false
  ) {
    self.role = role
    self.isBold = isBold
    self.isSelected = isSelected
    self.isUnderlined = isUnderlined
    self.isReversed = isReversed
  }

  /// Makes the style of a role, with nothing added.
  package init(_ role: Role) { self.init(role: role) }
}

extension Style {
  /// The same style, bold.
  package var bold: Style { with { $0.isBold = true } }

  /// The same style on the row under the cursor.
  package var selected: Style { with { $0.isSelected = true } }

  /// The same style, underlined.
  package var underlined: Style { with { $0.isUnderlined = true } }

  /// The same style with text and background changing places.
  package var reversed: Style { with { $0.isReversed = true } }

  /// The same marks with another role.
  package func role(_ role: Role) -> Style { with { $0.role = role } }

  private func with(_ change: (inout Style) -> Void) -> Style {
    var style = self
    change(&style)
    return style
  }
}

extension Style {
  /// Ordinary text.
  package static let plain = Style(.text)
  /// The style of `Role.dim`.
  package static let dim = Style(.dim)
  /// The style of `Role.title`.
  package static let title = Style(.title)
  /// The style of `Role.heading`.
  package static let heading = Style(.heading)
  /// The style of `Role.accent`.
  package static let accent = Style(.accent)
  /// The style of `Role.success`.
  package static let success = Style(.success)
  /// The style of `Role.failure`.
  package static let failure = Style(.failure)
  /// The style of `Role.warning`.
  package static let warning = Style(.warning)
  /// The style of `Role.running`.
  package static let running = Style(.running)
  /// The style of `Role.waiting`.
  package static let waiting = Style(.waiting)
  /// The style of `Role.info`.
  package static let info = Style(.info)
  /// The style of `Role.border`.
  package static let border = Style(.border)
  /// The style of `Role.key`.
  package static let key = Style(.key)
  /// The style of `Role.input`.
  package static let input = Style(.input)
}
