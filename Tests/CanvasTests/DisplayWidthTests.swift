import Testing

@testable import Canvas

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "counts columns as terminals do",
    arguments: [
      ("", 0), ("deploy", 6), ("a b", 3),
      ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{1112}\u{1161}\u{11AB}글", 4),
      ("e\u{301}", 1), ("é", 1), ("日本語", 6), ("ＡＢ", 4), ("ｱｲ", 2), ("、。", 4),
      ("👨‍👩‍👧", 2), ("🇰🇷", 2), ("🇰🇷🇯🇵", 4), ("✈️", 2), ("✈", 1), ("☀️", 2), ("❤️", 2), ("👍🏽", 2),
      ("☝🏽", 2), ("1️⃣", 2), ("🏳️‍🌈", 2), ("⌚", 2), ("✅", 2), ("✓", 1), ("…", 1), ("─", 1), ("▾", 1),
      ("\u{200D}", 0), ("\u{200B}", 0), ("\u{FEFF}", 0), ("\u{301}", 0), ("\u{0}", 0), ("\n", 0),
      ("\u{1B}", 0), ("ก็", 1), ("שלום", 4), ("नमस्ते", 4), ("क्ष", 2), ("a🏽", 3),
    ] as [(String, Int)])
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test("gives every glyph of both sets one column")
  func glyphs() {
    for glyphs in [GlyphSet.unicode, .ascii] {
      for glyph in glyphs.all {
        #expect(glyph.count == 1 && DisplayWidth.of(glyph) == 1, "\(glyph)")
      }
    }
    #expect(GlyphSet.ascii.all.allSatisfy { $0.utf8.count == 1 })
  }

  @Test("has tables in ascending order with whole ranges")
  func tables() {
    for edges in [DisplayWidth.wideEdges, DisplayWidth.zeroEdges] {
      #expect(edges.count % 2 == 0)
      #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test("agrees with the scalar properties of the standard library on marks and pictures")
  func properties() {
    var marks = 0
    var pictures = 0
    for value in UInt32(0x300)..<0x2_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      if properties.generalCategory == .nonspacingMark
        || properties.generalCategory == .enclosingMark
      {
        marks += 1
        #expect(DisplayWidth.of(scalar) == 0, "U+\(String(value, radix: 16))")
      }
      if properties.isEmojiPresentation {
        pictures += 1
        #expect(DisplayWidth.of(scalar) == 2, "U+\(String(value, radix: 16))")
      }
    }
    #expect(marks > 1_500)
    #expect(pictures > 1_100)
  }

  @Test("cuts at characters only, at every width")
  func prefix() {
    let texts = ["배포 서비스 v1.2", "a👨‍👩‍👧b🇰🇷c", "e\u{301}e\u{301}가나", "plain text", "✈️1️⃣क्षि"]
    for text in texts {
      for columns in -1...(DisplayWidth.of(text) + 2) {
        let (kept, used) = DisplayWidth.prefix(text, fitting: columns)
        #expect(text.hasPrefix(kept))
        #expect(used == DisplayWidth.of(kept))
        #expect(used <= max(0, columns))
        let next = text.dropFirst(kept.count).first
        #expect(next == nil || used + DisplayWidth.of(next ?? " ") > columns)
        #expect(DisplayWidth.of(DisplayWidth.padded(text, to: columns)) == max(0, columns))
      }
    }
  }
}

extension GlyphSet {
  /// Every glyph of the set.
  var all: [String] {
    [
      success, failure, running, queued, waiting, cancelled, skipped, unknown, attention, expanded,
      collapsed, ellipsis, arrow, up, down, separator, selection, box.horizontal, box.vertical,
      box.topLeft, box.topRight, box.bottomLeft, box.bottomRight, box.branch, box.lastBranch,
      bars.wait, bars.setup, bars.around, bars.gap,
    ] + spinner + bars.parts
  }
}
