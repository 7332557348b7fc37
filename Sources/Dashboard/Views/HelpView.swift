import Canvas

/// The keys that work, read from the table of commands.
enum HelpView {
  static func sheet(_ model: Model) -> Sheet {
    var below = model
    below.screens.removeLast()
    let focus = below.focus
    let title = "Keys \(focus.title.lowercased()), esc closes"
    var sheet = Sheet(title: title, screen: model.size, columns: 84)
    sheet.body = lines(focus, in: below, width: sheet.width)
    sheet.shrink()
    return sheet
  }

  private static func lines(_ focus: Focus, in model: Model, width: Int) -> [Sheet.Line] {
    let keyWidth = width < 50 ? 11 : 18
    var lines: [Sheet.Line] = []
    for group in Command.Group.allCases {
      let commands = Command.allCases.filter {
        $0.entry.group == group && !$0.keys(in: focus).isEmpty
          && $0.availability(in: model) != .hidden
      }
      guard !commands.isEmpty else { continue }
      if !lines.isEmpty { lines.append(Sheet.Line()) }
      lines.append(Sheet.Line(group.rawValue, Style.heading.bold))
      for command in commands {
        lines += self.lines(command, focus, in: model, keyWidth: keyWidth, width: width)
      }
    }
    if focus == .board {
      lines += [Sheet.Line(), Sheet.Line("Signs", Style.heading.bold)]
      lines += legend(model.glyphs, width: width)
    }
    return lines
  }

  private static func lines(
    _ command: Command, _ focus: Focus, in model: Model, keyWidth: Int, width: Int
  ) -> [Sheet.Line] {
    let keys = KeyReference.keyText(command.keys(in: focus))
    var words = command.entry.summary
    var style = Style.plain
    if case .disabled(let reason) = command.availability(in: model) {
      words += " Not now: \(reason)."
      style = .dim
    }
    let texts = TextWrap.lines(words, width: width - keyWidth - 1)
    let keyLines = TextWrap.lines(keys, width: keyWidth)
    return (0..<max(texts.count, keyLines.count)).map { index in
      let key = index < keyLines.count ? keyLines[index] : ""
      return Sheet.Line([
        Span(DisplayWidth.padded(key, to: keyWidth + 1), .key),
        Span(index < texts.count ? texts[index] : "", style),
      ])
    }
  }

  private static func legend(_ glyphs: GlyphSet, width: Int) -> [Sheet.Line] {
    let signs: [(String, Role, String)] = [
      (glyphs.attention, .failure, "needs a person, or a look"),
      (glyphs.failure, .failure, "failed"), (glyphs.running, .running, "running"),
      (glyphs.queued, .waiting, "queued or pending"),
      (glyphs.waiting, .waiting, "waits for approval"), (glyphs.success, .success, "success"),
      (glyphs.cancelled, .dim, "cancelled"), (glyphs.skipped, .dim, "skipped"),
      ("?", .warning, "after a runner: another build could as well be it"),
    ]
    return signs.map { sign, role, words in
      Sheet.Line([Span(" \(sign)  ", Style(role)), Span(words)])
    }
  }
}
