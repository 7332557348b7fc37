import Canvas

/// What choices look like in the dialogs for acting on runs.
enum ChoiceLines {
  private static let indent = 17

  /// One of several choices, of which one is taken.
  static func option(
    _ name: String, _ words: String, isChosen: Bool, isOffered: Bool, width: Int
  ) -> [Sheet.Line] {
    TextWrap.lines(words, width: max(10, width - indent)).enumerated().map { index, line in
      guard index == 0 else {
        return Sheet.Line([Span(String(repeating: " ", count: indent)), Span(line, .dim)])
      }
      return Sheet.Line([
        Span(isOffered ? isChosen ? "(*) " : "( ) " : " -  ", isChosen ? .accent : .dim),
        Span(
          DisplayWidth.padded(name, to: indent - 4),
          isChosen ? Style.plain.bold : isOffered ? .plain : .dim),
        Span(line, .dim),
      ])
    }
  }

  /// Whether the runners write their debug logs, and the key that changes it.
  static func debug(_ isOn: Bool) -> Sheet.Line {
    Sheet.Line([
      Span("D", .key), Span(" debug logs: ", .dim),
      Span(isOn ? "on" : "off", isOn ? .accent : .plain),
    ])
  }

  /// A line of text that is being typed.
  static func input(_ field: TextField, isFocused: Bool, width: Int) -> (
    line: Sheet.Line, cursor: Int
  ) {
    let room = max(4, width - 2)
    let (text, cursor) = field.visible(in: room)
    let line = Sheet.Line([
      Span("> ", .dim),
      Span(DisplayWidth.padded(text, to: room), isFocused ? .input : .dim),
    ])
    return (line, 2 + cursor)
  }
}
