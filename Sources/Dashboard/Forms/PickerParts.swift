import Canvas

/// What the lists to choose from have in common.
enum PickerParts {
  /// The line that narrows the list, at the foot of a sheet.
  static func typing(_ field: TextField, in sheet: inout Sheet, below lines: [Sheet.Line]) {
    let room = max(4, sheet.width - 2)
    let (text, cursor) = field.visible(in: room)
    sheet.foot = lines
    sheet.foot.append(
      Sheet.Line([Span("> ", .dim), Span(DisplayWidth.padded(text, to: room), .input)]))
    sheet.cursor = Sheet.Cursor(isInFoot: true, line: 0, column: 2 + cursor)
  }

  /// Why something could not be read, in no more than so many lines.
  static func failure(
    _ message: String, _ remedy: String, rows: Int, width: Int, glyphs: GlyphSet
  ) -> [Sheet.Line] {
    let words =
      "\(glyphs.failure) \(message)" + (remedy.isEmpty ? "" : " \(glyphs.arrow) \(remedy)")
    return lines(words, rows: rows, width: width, .failure)
  }

  /// A text in no more than so many lines; what does not fit is cut at the end of the last.
  static func lines(_ text: String, rows: Int, width: Int, _ style: Style) -> [Sheet.Line] {
    let all = TextWrap.lines(text, width: width)
    return all.prefix(rows).enumerated().map { index, line in
      let isLast = index == rows - 1
      return Sheet.Line(isLast ? all[index...].joined(separator: " ") : line, style)
    }
  }

  /// A name in so many columns: the middle gives way, for what differs is at the end.
  static func fitted(_ name: String, to width: Int, glyphs: GlyphSet) -> String {
    let name = PlainText.sanitized(name)
    guard width > 0 else { return "" }
    guard DisplayWidth.of(name) > width else { return DisplayWidth.padded(name, to: width) }
    let tailRoom = (width - 1) * 2 / 3
    var tail = Substring(name)
    while DisplayWidth.of(tail) > tailRoom { tail = tail.dropFirst() }
    let (head, _) = DisplayWidth.prefix(name, fitting: width - 1 - DisplayWidth.of(tail))
    return DisplayWidth.padded(head + glyphs.ellipsis + tail, to: width)
  }

  /// What of a long list is drawn: the lines around the cursor, empty ones for the rest.
  static func window(
    of count: Int, around line: Int, in sheet: inout Sheet, _ draw: (Int) -> Sheet.Line
  ) {
    let rows = sheet.bodyRows
    let near = max(0, line - rows)...(line + rows)
    sheet.body = (0..<count).map { near.contains($0) ? draw($0) : Sheet.Line() }
    let context = min(2, (rows - 1) / 2)
    sheet.shown = max(0, line - context)...min(max(0, count - 1), line + context)
  }
}
