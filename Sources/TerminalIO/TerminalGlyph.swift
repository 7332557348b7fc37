import Canvas

/// A cell's text in the form that every terminal shows in the same number of columns.
///
/// Terminals disagree about pictures made of several scalars: joined ones, flags, those made wide
/// by a selector. ncurses counts scalar by scalar, and one column of disagreement shifts the rest
/// of the row. So a joined picture is shown as its first part, a flag as its two letters, and a
/// picture made wide as the narrow one and a space. A frame keeps the text as it was.
struct TerminalGlyph: Hashable {
  /// What goes into each ncurses cell, from the left: a spacing scalar and its marks.
  var cells: [[UInt32]]

  /// Makes a glyph of so many columns.
  /// - Parameters:
  ///   - text: The text of a frame's cell.
  ///   - columns: The columns that the frame gives it.
  ///   - speaksUTF8: Whether the terminal takes more than ASCII.
  ///   - width: The columns that the C library gives a scalar; negative where it knows none.
  init(_ text: String, columns: Int, speaksUTF8: Bool, width: (UInt32) -> Int) {
    let scalars = text.unicodeScalars.map(\.value)
    guard let first = scalars.first else {
      cells = Self.blanks(columns)
      return
    }
    if first < 0x80 {
      let marks = speaksUTF8 ? Self.marks(scalars.dropFirst(), width) : []
      cells = [[first] + marks] + Self.blanks(columns - 1)
    } else if !speaksUTF8 {
      cells = [Self.unknown] + Self.blanks(columns - 1)
    } else if let letters = Self.flagLetters(scalars) {
      cells = letters + Self.blanks(columns - letters.count)
    } else {
      let composed = Self.composed(scalars)
      let base = composed.first ?? first
      let own = width(base)
      cells =
        own == columns || (own == 1 && Self.isMadeWide(scalars))
        ? [[base] + Self.marks(composed.dropFirst(), width)] + Self.blanks(columns - own)
        : [Self.unknown] + Self.blanks(columns - 1)
    }
  }

  /// Makes a digit wide on some terminals only.
  private static let enclosingKeycap: UInt32 = 0x20E3

  private static let unknown: [UInt32] = [0x3F]

  private static func blanks(_ count: Int) -> [[UInt32]] {
    Array(repeating: [0x20], count: max(0, count))
  }

  /// The marks that follow a base, up to the next scalar that takes a column.
  private static func marks(
    _ scalars: ArraySlice<UInt32>, _ width: (UInt32) -> Int
  ) -> [UInt32] {
    scalars.prefix { width($0) == 0 && $0 != 0x200D }
      .filter { $0 & ~0xF != 0xFE00 && $0 != enclosingKeycap }
  }

  private static func isMadeWide(_ scalars: [UInt32]) -> Bool {
    scalars.dropFirst().contains(0xFE0F)
  }

  /// The letters of a flag, one cell each.
  private static func flagLetters(_ scalars: [UInt32]) -> [[UInt32]]? {
    let indicators: ClosedRange<UInt32> = 0x1F1E6...0x1F1FF
    guard let first = scalars.first, indicators.contains(first) else { return nil }
    return scalars.prefix(2).filter(indicators.contains).map { [$0 - 0x1F1E6 + 0x41] }
  }

  /// Conjoining Hangul as one syllable, which terminals show better than its parts.
  ///
  /// The arithmetic is that of the Unicode Standard, section 3.12.
  private static func composed(_ scalars: [UInt32]) -> [UInt32] {
    guard scalars.count > 1, 0x1100...0x1112 ~= scalars[0], 0x1161...0x1175 ~= scalars[1] else {
      return scalars
    }
    var syllable = 0xAC00 + ((scalars[0] - 0x1100) * 21 + (scalars[1] - 0x1161)) * 28
    var rest = scalars.dropFirst(2)
    if let final = rest.first, 0x11A8...0x11C2 ~= final {
      syllable += final - 0x11A7
      rest = rest.dropFirst()
    }
    return [syllable] + rest
  }
}
