import Testing

@testable import Canvas

@Suite("Frame")
struct FrameTests {
  private static let texts = [
    "plain text here", "배포 서비스 목록", "a👨‍👩‍👧b🇰🇷c✈️d",
    "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF} NFD",
    "क्षि नमस्ते", "ＡＢＣ", "x\u{1B}[31mred\u{202E}\n한", "",
  ]

  @Test("clips text at every width and never beyond it")
  func clipping() {
    for text in Self.texts {
      let whole = DisplayWidth.of(PlainText.sanitized(text))
      for width in 0...20 {
        var frame = Frame(size: Size(columns: 24, rows: 1))
        frame.fill(frame.bounds, with: Cell("#"))
        let used = frame.put(text, at: Point(column: 2, row: 0), width: width)
        #expect(used == min(width, whole), "\(text) in \(width)")
        #expect(frame.isWhole)
        #expect(frame[column: 1, row: 0].text == "#")
        for column in (2 + used)..<24 { #expect(frame[column: column, row: 0].text == "#") }
        let shown = (2..<(2 + used)).map { frame[column: $0, row: 0].text }.joined()
        #expect(shown.contains("…") == (whole > width && width > 0), "\(text) in \(width)")
      }
    }
  }

  @Test("clips text at the frame's edges and turns halves into spaces")
  func edges() {
    for column in -6...6 {
      var frame = Frame(size: Size(columns: 4, rows: 1))
      frame.put("가나다", at: Point(column: column, row: 0))
      #expect(frame.isWhole)
      let expected = [
        -6: "", -5: "", -4: "다", -3: " 다", -2: "나다", -1: " 나", 0: "가나", 1: " 가", 2: "  가", 3: "",
      ]
      #expect(frame.lines == [expected[column] ?? ""], "column \(column)")
    }
    var frame = Frame(size: Size(columns: 4, rows: 2))
    for row in [-1, 2] { #expect(frame.put("text", at: Point(column: 0, row: row)) == 0) }
    #expect(frame.put("text", at: Point(column: 4, row: 0)) == 0)
    #expect(frame.put("text", at: .zero, width: -3) == 0)
    #expect(frame.lines == ["", ""])
  }

  @Test("cuts with the ellipsis of its glyphs and pads a column that a wide character left")
  func ellipsis() {
    var frame = Frame(size: Size(columns: 6, rows: 2), glyphs: .ascii)
    #expect(frame.put("deployment", at: .zero, width: 5) == 5)
    #expect(frame.put("가나다", at: Point(column: 0, row: 1), width: 4) == 4)
    #expect(frame.lines == ["depl~", "가~"])
    var unicode = Frame(size: Size(columns: 6, rows: 1))
    #expect(unicode.put("deployment", at: .zero, width: 99) == 6)
    #expect(unicode.lines == ["deplo…"])
  }

  @Test("leaves a space where half of a wide character was overwritten")
  func halves() {
    var frame = Frame(size: Size(columns: 6, rows: 1))
    frame.put("가나다", at: .zero)
    frame.put("x", at: Point(column: 1, row: 0))
    #expect(frame.lines == [" x나다"])
    frame.put("라", at: Point(column: 3, row: 0))
    #expect(frame.lines == [" x 라"])
    #expect(frame[column: 4, row: 0].isRightHalf)
    frame.fill(Rect(column: 4, row: 0, columns: 1, rows: 1), with: Cell("-"))
    #expect(frame.lines == [" x  -"])
  }

  @Test("lets nothing past the sanitiser")
  func sanitiser() {
    #expect(Cell("\u{1B}[2Jx").text == "x")
    #expect(Cell("\u{7}").text == "\u{FFFD}")
    #expect(Cell("").text == " ")
    #expect(Cell("\u{202E}").text == " ")
    #expect(Cell("한국").text == "한")
    var frame = Frame(size: Size(columns: 8, rows: 1))
    frame.fill(frame.bounds, with: Cell("한"))
    #expect(frame.lines == [""])
    frame.put("a\u{1B}]0;t\u{7}b\u{0}c\nd", at: .zero)
    #expect(frame.lines == ["ab\u{FFFD}c d"])
  }

  @Test("shows styles letter by letter, with what letters cannot say behind them")
  func stylePlane() {
    var frame = Frame(size: Size(columns: 8, rows: 3))
    frame.put("ok", at: .zero, style: .success.bold)
    frame.put("가", at: Point(column: 3, row: 0), style: .failure)
    frame.put("go", at: Point(column: 0, row: 1), style: .plain.bold)
    frame.restyle(Rect(column: 0, row: 1, columns: 8, rows: 1)) { $0.isSelected = true }
    frame.put("f", at: Point(column: 2, row: 2), style: .key.underlined)
    frame.put("g", at: Point(column: 4, row: 2), style: .accent.reversed)
    #expect(
      frame.stylePlane == [
        "SS.ff...", "::...... [selected 0-7]",
        "..k.a... [underlined 2-2] [reversed 4-4]",
      ])
    #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
  }

  @Test("gives blanks outside of itself and has no cells when it has no size")
  func outside() {
    let frame = Frame(size: Size(columns: -2, rows: 3))
    #expect(frame.size == Size(columns: 0, rows: 3))
    #expect(frame[column: 0, row: 0] == .blank)
    #expect(frame.lines == ["", "", ""])
    #expect(frame.changes(since: nil).isEmpty)
  }
}

extension Frame {
  /// Whether every wide character has both halves and every half its character.
  var isWhole: Bool {
    (0..<size.rows).allSatisfy { row in
      var column = 0
      while column < size.columns {
        let width = DisplayWidth.of(self[column: column, row: row].text)
        guard width == 1 || width == 2 else { return false }
        if width == 2 {
          guard column + 1 < size.columns, self[column: column + 1, row: row].isRightHalf else {
            return false
          }
        }
        column += width
      }
      return true
    }
  }
}
