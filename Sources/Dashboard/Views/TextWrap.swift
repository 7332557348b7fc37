import Canvas

/// Breaks text into lines at spaces; a word longer than a line is broken anywhere.
enum TextWrap {
  /// The lines of a text, none wider than so many columns; at least one.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(1, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in PlainText.sanitized(text).split(separator: " ") {
      var rest = String(word)
      let wanted = DisplayWidth.of(rest)
      if used > 0, used + 1 + wanted <= width {
        line += " " + rest
        used += 1 + wanted
        continue
      }
      if used > 0 {
        lines.append(line)
        (line, used) = ("", 0)
      }
      while DisplayWidth.of(rest) > width {
        let (head, _) = DisplayWidth.prefix(rest, fitting: width)
        // A character wider than the line would never fit.
        guard !head.isEmpty else { break }
        lines.append(head)
        rest = String(rest.dropFirst(head.count))
      }
      (line, used) = (rest, DisplayWidth.of(rest))
    }
    if used > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }
}
