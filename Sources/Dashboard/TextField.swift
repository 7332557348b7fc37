import Canvas

/// A line of text that is being edited.
///
/// Counts in characters as people see them, so a Hangul syllable with its parts or an accented
/// letter is one.
struct TextField: Sendable, Equatable {
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

  mutating func insert(_ text: String) {
    // A combining mark joins the character before it, so the whole is counted anew.
    let before = Array(String(characters[..<cursor]) + text)
    characters = Array(String(before) + String(characters[cursor...]))
    cursor = min(before.count, characters.count)
  }

  mutating func moveLeft() { cursor = max(0, cursor - 1) }
  mutating func moveRight() { cursor = min(characters.count, cursor + 1) }
  mutating func moveToStart() { cursor = 0 }
  mutating func moveToEnd() { cursor = characters.count }

  mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  mutating func deleteForward() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  mutating func deleteToStart() {
    characters.removeSubrange(..<cursor)
    cursor = 0
  }

  mutating func deleteWord() {
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    characters.removeSubrange(start..<cursor)
    cursor = start
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
