/// Splits a command line into words as a POSIX shell does, and does nothing else of what it does.
enum ShellWords {
  /// The words; `nil` where a quote stays open or the text ends in a backslash.
  static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var characters = text.makeIterator()
    while let character = characters.next() {
      switch character {
      case "'":
        word = word ?? ""
        while true {
          guard let next = characters.next() else { return nil }
          if next == "'" { break }
          word?.append(next)
        }
      case "\"":
        guard let quoted = doubleQuoted(&characters) else { return nil }
        word = (word ?? "") + quoted
      case "\\":
        guard let next = characters.next() else { return nil }
        word = (word ?? "") + String(next)
      case _ where character.isWhitespace:
        if let whole = word { words.append(whole) }
        word = nil
      default:
        word = (word ?? "") + String(character)
      }
    }
    if let whole = word { words.append(whole) }
    return words
  }

  private static func doubleQuoted(_ characters: inout String.Iterator) -> String? {
    var quoted = ""
    while let character = characters.next() {
      switch character {
      case "\"": return quoted
      case "\\":
        guard let next = characters.next() else { return nil }
        if next != "\"", next != "\\" { quoted.append("\\") }
        quoted.append(next)
      default: quoted.append(character)
      }
    }
    return nil
  }
}
