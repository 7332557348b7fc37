import Canvas

/// A line of text that is being edited.
///
/// Counts in characters as people see them, so a Hangul syllable with its parts or an accented
/// letter is one.
struct TextField: Sendable, Equatable {
  /// How much a line takes where nothing else is said.
  static let usualLimit = 1_000

  /// The most Unicode scalars that it takes; what it was made with may be longer.
  var limit = usualLimit
  /// Whether something was typed or pasted last for which there was no room.
  private(set) var isCut = false
  private(set) var characters: [Character]
  /// How many characters stand before the cursor.
  private(set) var cursor: Int

  /// A field with the cursor at the end.
  init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }

  /// Writes at the cursor as much of a text as there is room for.
  mutating func insert(_ text: String) {
    var room = limit - characters.reduce(0) { $0 + $1.unicodeScalars.count }
    let fitting = text.prefix { character in
      room -= character.unicodeScalars.count
      return room >= 0
    }
    isCut = fitting.endIndex < text.endIndex
    guard !fitting.isEmpty else { return }
    // A combining mark joins the character before it, so the whole is counted anew.
    let before = Array(String(characters[..<cursor]) + fitting)
    characters = Array(String(before) + String(characters[cursor...]))
    cursor = min(before.count, characters.count)
  }

  mutating func moveLeft() { cursor = max(0, cursor - 1) }
  mutating func moveRight() { cursor = min(characters.count, cursor + 1) }
  mutating func moveToStart() { cursor = 0 }
  mutating func moveToEnd() { cursor = characters.count }

  mutating func deleteBackward() {
    isCut = false
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  mutating func deleteForward() {
    isCut = false
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  mutating func deleteToStart() {
    isCut = false
    characters.removeSubrange(..<cursor)
    cursor = 0
  }

  mutating func deleteWord() {
    isCut = false
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  /// What is said where it did not take everything.
  static func cutWords(_ limit: Int) -> String {
    "cut: this line takes \(limit.grouped) characters at most"
  }

  /// The part that fits, scrolled so far that the cursor is in it.
  /// - Parameter width: The columns at hand; the cursor needs one of them.
  /// - Returns: The visible text and the cursor's column in it.
  func visible(in width: Int) -> (text: String, cursor: Int) {
    guard width > 0 else { return ("", 0) }
    var start = cursor
    var used = 0
    while start > 0 {
      let next = DisplayWidth.of(characters[start - 1])
      guard used + next < width else { break }
      used += next
      start -= 1
    }
    let (text, _) = DisplayWidth.prefix(String(characters[start...]), fitting: width)
    return (text, used)
  }
}
