import Canvas
import Testing

@testable import TerminalIO

@Suite("Terminal glyphs")
struct TerminalGlyphTests {
  /// Counts like a C library of Unicode 15: scalar by scalar, unknown beyond.
  private func width(_ value: UInt32) -> Int {
    switch value {
    case 0x1F1E6...0x1F1FF: 1
    case 0x1FAE9: -1
    default: Unicode.Scalar(value).map { DisplayWidth.of(Character($0)) } ?? -1
    }
  }

  private func glyph(_ text: String, _ columns: Int, utf8: Bool = true) -> [String] {
    TerminalGlyph(text, columns: columns, speaksUTF8: utf8, width: width).cells.map { cell in
      String(String.UnicodeScalarView(cell.compactMap(Unicode.Scalar.init)))
    }
  }

  @Test("are the text itself where nobody disagrees")
  func plain() {
    #expect(glyph("a", 1) == ["a"])
    #expect(glyph("한", 2) == ["한"])
    #expect(glyph("👍", 2) == ["👍"])
    #expect(glyph("─", 1) == ["─"])
    #expect(glyph("e\u{301}", 1) == ["e\u{301}"])
    #expect(glyph("שָ", 1) == ["שָ"])
  }

  @Test("take the columns of the frame where terminals disagree")
  func disputed() {
    #expect(glyph("👨‍👩‍👧", 2) == ["👨"])
    #expect(glyph("👍🏽", 2) == ["👍"])
    #expect(glyph("🇰🇷", 2) == ["K", "R"])
    #expect(glyph("🇰", 2) == ["K", " "])
    #expect(glyph("✈️", 2) == ["✈", " "])
    #expect(glyph("1️⃣", 2) == ["1", " "])
    #expect(glyph("\u{1FAE9}", 2) == ["?", " "])
    #expect(glyph("", 1) == [" "])
  }

  @Test("compose conjoining Hangul")
  func hangul() {
    let han = glyph("\u{1112}\u{1161}\u{11AB}", 2)
    #expect(han.map { Array($0.unicodeScalars) } == [["\u{D55C}"]])
    #expect(glyph("\u{1112}\u{1161}", 2).map { Array($0.unicodeScalars) } == [["\u{D558}"]])
  }

  @Test("are ASCII where the terminal speaks no UTF-8")
  func ascii() {
    #expect(glyph("한", 2, utf8: false) == ["?", " "])
    #expect(glyph("é", 1, utf8: false) == ["?"])
    #expect(glyph("e\u{301}", 1, utf8: false) == ["e"])
    #expect(glyph("x", 1, utf8: false) == ["x"])
  }
}
