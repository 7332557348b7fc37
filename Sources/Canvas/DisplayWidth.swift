/// How many columns text takes in a terminal.
///
/// The tables are our own, so that a frame is laid out alike on every system. They follow Unicode
/// 17: East Asian Wide and Fullwidth take two columns (UAX 11), as does emoji presentation
/// (UTS 51); marks, conjoining vowels and finals, and ignorable characters take none. Spacing
/// marks take one, as in the C libraries that terminals count with.
package enum DisplayWidth {
  /// U+FE0F, which asks for a coloured picture two columns wide.
  static let emojiPresentation: Unicode.Scalar = "\u{FE0F}"
  /// U+200D, which joins pictures into one.
  static let joiner: Unicode.Scalar = "\u{200D}"

  /// The columns that a character takes; 0 for controls and lone marks.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.index(after: scalars.startIndex) == scalars.endIndex { return of(first) }
    return DisplayUnit.units(of: character).reduce(0) { $0 + $1.width }
  }

  /// The columns that a text takes on one line.
  package static func of(_ text: some StringProtocol) -> Int {
    if let count = asciiColumns(of: text) { return count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The longest beginning that takes at most so many columns, and the columns that it takes.
  ///
  /// The cut is made between characters only, so the beginning may be a column short.
  package static func prefix(
    _ text: some StringProtocol, fitting columns: Int
  ) -> (text: String, columns: Int) {
    if let count = asciiColumns(of: text) {
      let kept = min(max(0, columns), count)
      return (String(text.prefix(kept)), kept)
    }
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      let width = of(text[end])
      guard used + width <= columns else { break }
      used += width
      text.formIndex(after: &end)
    }
    return (String(text[..<end]), used)
  }

  /// The text cut or filled up with spaces to exactly so many columns.
  package static func padded(_ text: some StringProtocol, to columns: Int) -> String {
    let (kept, used) = prefix(text, fitting: columns)
    return kept + String(repeating: " ", count: max(0, columns - used))
  }

  /// The columns that one scalar takes by itself.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 {
      return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1
    }
    if (0xAC00...0xD7A3).contains(value) { return 2 }
    if isInside(value, wideEdges) { return 2 }
    return isInside(value, zeroEdges) ? 0 : 1
  }

  /// Whether a spacing scalar belongs to the picture before it instead of standing beside it.
  static func isAbsorbed(_ scalar: Unicode.Scalar, by base: Unicode.Scalar) -> Bool {
    if scalar.properties.isEmojiModifier { return base.properties.isEmojiModifierBase }
    return isRegionalIndicator(scalar) && isRegionalIndicator(base)
  }

  /// Whether the scalar is one of the letters that make flags in pairs.
  static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  /// The length of a text that is printable ASCII throughout; `nil` for any other.
  private static func asciiColumns(of text: some StringProtocol) -> Int? {
    var count = 0
    for byte in text.utf8 {
      guard 0x20..<0x7F ~= byte else { return nil }
      count += 1
    }
    return count
  }

  /// Whether the value lies in one of the ranges whose starts and ends alternate in `edges`.
  private static func isInside(_ value: UInt32, _ edges: [UInt32]) -> Bool {
    var low = 0
    var high = edges.count
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1
  }
}
