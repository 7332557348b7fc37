import Canvas

/// What the dialogs have in common.
enum DialogParts {
  /// Facts as a table of two columns.
  static func facts(_ facts: [(name: String, value: String)], width: Int) -> [Sheet.Line] {
    let indent = (facts.map(\.name.count).max() ?? 0) + 2
    return facts.flatMap { name, value in
      TextWrap.lines(value, width: width - indent).enumerated().map { index, line in
        Sheet.Line([
          Span(DisplayWidth.padded(index == 0 ? name : "", to: indent), .dim), Span(line),
        ])
      }
    }
  }

  /// The question at the foot of a sheet; no is the answer until another one is given.
  static func ask(_ sheet: inout Sheet, _ confirmation: Confirmation, verb: String) {
    sheet.foot = sheet.isRoomy ? [Sheet.Line()] : []
    guard confirmation.isProtected else {
      sheet.foot.append(
        Sheet.Line([
          Span("y", .key), Span(" to \(verb); "), Span("n", .key), Span(" or "),
          Span("esc", .key), Span(" not to"),
        ]))
      return
    }
    let name = confirmation.environment
    sheet.foot.append(
      Sheet.Line([
        Span("type "), Span(name, Style.warning.bold), Span(", then "), Span("enter", .key),
        Span(sheet.isRoomy ? " to \(verb); " : ": yes, "), Span("esc", .key),
        Span(sheet.isRoomy ? " not to" : ": no"),
      ]))
    let room = max(4, sheet.width - 2)
    let (text, cursor) = confirmation.typed.visible(in: room)
    sheet.foot.append(
      Sheet.Line([Span("> ", .dim), Span(DisplayWidth.padded(text, to: room), .input)]))
    sheet.cursor = Sheet.Cursor(isInFoot: true, line: 0, column: 2 + cursor)
  }

  /// How something ended that did not go as wished.
  static func fill(_ sheet: inout Sheet, _ ending: Ending, glyphs: GlyphSet, returnsToForm: Bool) {
    let sign = ending.isHarmless ? glyphs.failure : glyphs.attention
    let head = ending.isHarmless ? "Nothing was done." : "Nobody knows whether it was done."
    sheet.body = [
      Sheet.Line("\(sign) \(head)", ending.isHarmless ? .failure : Style.warning.bold)
    ]
    let gap = sheet.isRoomy ? [Sheet.Line()] : []
    sheet.body += gap
    sheet.body += TextWrap.lines(ending.message, width: sheet.width).map { Sheet.Line($0) }
    sheet.body += TextWrap.lines(ending.remedy, width: sheet.width).map {
      Sheet.Line($0, .accent)
    }
    let goesBack = ending.isHarmless && returnsToForm
    sheet.foot =
      gap + [
        Sheet.Line([
          Span("enter", .key), Span(goesBack ? " goes back to the form" : " closes this", .dim),
        ])
      ]
  }
}
