/// Draws a frame as an SVG document.
struct SVGPicture {
  let frame: Frame
  let theme: Theme

  // Thousandths of a pixel keep the arithmetic whole, so the text is the same on every system.
  private static let cellWidth = 8_400
  private static let cellHeight = 18_000
  private static let baseline = 13_500
  private static let margin = 12_000
  private static let titleBar = 28_000
  private static let ground = "#14171c"
  private static let ink = "#d4d7dc"

  /// The whole document, with a title bar above the cells.
  func document(title: String) -> String {
    let width = frame.size.columns * Self.cellWidth + 2 * Self.margin
    let height = frame.size.rows * Self.cellHeight + 2 * Self.margin + Self.titleBar
    let name = Self.escaped(PlainText.sanitized(title))
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" \
      width="\(Self.pixels(width))" height="\(Self.pixels(height))" \
      viewBox="0 0 \(Self.pixels(width)) \(Self.pixels(height))" role="img">
      """,
      "<title>\(name)</title>",
      """
      <rect width="100%" height="100%" rx="8" fill="\(Self.ground)"/>
      <text x="50%" y="19" text-anchor="middle" fill="#8b929c" \
      font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">\(name)</text>
      <g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" \
      font-size="14" xml:space="preserve">
      """,
    ]
    for row in 0..<frame.size.rows { lines += drawing(ofRow: row) }
    if let cursor = frame.cursor, frame.bounds.contains(cursor) {
      lines.append(
        """
        <rect x="\(x(cursor.column))" y="\(y(cursor.row))" \
        width="\(Self.pixels(Self.cellWidth))" height="\(Self.pixels(Self.cellHeight))" \
        fill="none" stroke="\(Self.ink)"/>
        """)
    }
    lines += ["</g>", "</svg>", ""]
    return lines.joined(separator: "\n")
  }

  private func drawing(ofRow row: Int) -> [String] {
    var grounds: [String] = []
    var texts: [String] = []
    for run in SVGRun.runs(of: frame, row: row) {
      let look = theme.appearance(of: run.style, depth: .indexed)
      let width = Self.pixels(run.columns * Self.cellWidth)
      var ground = look.background.map(XtermPalette.hex)
      var ink = look.foreground.map(XtermPalette.hex) ?? Self.ink
      if look.isReversed { (ground, ink) = (ink, ground ?? Self.ground) }
      if let ground {
        grounds.append(
          """
          <rect x="\(x(run.column))" y="\(y(row))" width="\(width)" \
          height="\(Self.pixels(Self.cellHeight))" fill="\(ground)"/>
          """)
      }
      guard !run.isBlank || look.isUnderlined else { continue }
      let weight = look.isBold ? " font-weight=\"bold\"" : ""
      let line = look.isUnderlined ? " text-decoration=\"underline\"" : ""
      let base = Self.pixels(top(row) + Self.baseline)
      texts.append(
        """
        <text x="\(x(run.column))" y="\(base)" textLength="\(width)" \
        lengthAdjust="spacingAndGlyphs" fill="\(ink)"\(weight)\(line)>\
        \(Self.escaped(run.text))</text>
        """)
    }
    return grounds + texts
  }

  private func x(_ column: Int) -> String { Self.pixels(Self.margin + column * Self.cellWidth) }

  private func y(_ row: Int) -> String { Self.pixels(top(row)) }

  private func top(_ row: Int) -> Int { Self.titleBar + Self.margin + row * Self.cellHeight }

  /// Thousandths of a pixel as a decimal number.
  private static func pixels(_ thousandths: Int) -> String {
    let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1_000)
    return rest == 0 ? "\(whole)" : "\(whole).\(rest / 100)"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
