/// A line and a column of a text, both counted from 1; columns count Unicode scalars, as libyaml does.
struct TextPlace: Sendable, Hashable {
  /// The line.
  var line: Int
  /// The column.
  var column: Int

  /// Creates a place.
  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place right behind a text.
  init(endOf text: some StringProtocol) {
    var line = 1
    var column = 1
    for character in text {
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += character.unicodeScalars.count
      }
    }
    self.init(line: line, column: column)
  }
}
