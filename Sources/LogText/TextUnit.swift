/// What stands together in a row: a stretch of plain characters, or one character.
struct TextUnit {
  /// What is drawn.
  enum Content {
    /// The bytes themselves: characters that are harmless, all of them of the same width.
    case verbatim
    /// Spaces up to the next stop.
    case tab
    /// A text made from the bytes; empty for what cannot be seen.
    case text(String)
  }

  /// The bytes.
  var range: Range<Int>
  /// The columns of each character.
  var width: Int
  /// How many characters there are; more than one only where the bytes are drawn as they are.
  var count: Int = 1
  var content: Content
}
