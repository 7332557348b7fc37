import Testing

@testable import Canvas

@Suite("Plain text")
struct PlainTextTests {
  @Test(
    "takes escape sequences away whole",
    arguments: [
      ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{9B}1;31mred", "red"),
      ("a\u{1B}]0;title\u{7}b", "ab"), ("a\u{1B}]0;title\u{1B}\\b", "ab"),
      ("\u{1B}]8;;https://evil.example\u{1B}\\safe\u{1B}]8;;\u{1B}\\", "safe"),
      ("a\u{9D}52;c;cHduZWQ=\u{9C}b", "ab"), ("a\u{1B}P+q544e\u{1B}\\b", "ab"),
      ("a\u{1B}_apc\u{1B}\\b\u{1B}^pm\u{1B}\\c\u{1B}Xsos\u{1B}\\d", "abcd"),
      ("a\u{1B}cb\u{1B}7\u{1B}(0c", "abc"), ("a\u{1B}[?1049hb", "ab"), ("a\u{1B}[1;2", "a"),
      ("a\u{1B}[12\u{1B}[31mb", "ab"),
    ] as [(String, String)])
  func escapes(text: String, plain: String) {
    #expect(PlainText.sanitized(text) == plain)
  }

  @Test("shows what follows a string sequence that never ends")
  func unterminated() {
    #expect(PlainText.sanitized("a\u{1B}]0;rest of the name") == "a0;rest of the name")
    #expect(PlainText.sanitized("a\u{1B}]0;x\nnext") == "a0;x next")
    #expect(PlainText.sanitized("\u{1B}]0;x\u{1B}[31my") == "0;xy")
  }

  @Test(
    "replaces white space, controls and what nobody can see",
    arguments: [
      ("a\tb\nc\r\nd\u{2028}e\u{85}f", "a b c d e f"), ("a\u{0}\u{1}\u{2}b", "a\u{FFFD}b"),
      ("a\u{7F}b\u{84}c", "a\u{FFFD}b\u{FFFD}c"), ("a\u{1B}", "a\u{FFFD}"),
      ("a\u{FFFF}b\u{1FFFE}", "a\u{FFFD}b\u{FFFD}"), ("a\u{378}b", "a\u{FFFD}b"),
      ("txt.\u{202E}exe", "txt.exe"), ("\u{2066}a\u{2069}\u{200E}\u{200F}\u{61C}b", "ab"),
      ("\u{FEFF}a\u{200B}b\u{2060}c\u{AD}d", "abcd"), ("a\u{E0041}\u{E0042}b", "ab"),
      ("a\u{FE00}b\u{E0100}", "ab"), ("a\u{3164}b\u{115F}\u{FFA0}", "ab"),
      ("a\u{200D}b", "ab"), ("\u{200D}", ""), ("\u{301}a", "a"), (" \u{301}a", " a"),
      ("a\u{1161}b", "ab"),
      ("a\u{A0}b", "a b"),
    ] as [(String, String)])
  func replacements(text: String, plain: String) {
    #expect(Array(PlainText.sanitized(text).unicodeScalars) == Array(plain.unicodeScalars))
  }

  @Test(
    "leaves honest text alone",
    arguments: [
      "deploy-prd v1.2.3 (#42)", "결제 서비스 배포", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}",
      "cafe\u{301}", "日本語、テスト", "👨‍👩‍👧‍👦", "🧑🏽‍❤️‍💋‍🧑🏽", "🇰🇷", "✈️ ☀︎", "👍🏽", "1️⃣", "🏳️‍🌈", "ＡＢ", "नमस्ते क्षि",
      "ไทย ก็", "שָׁלוֹם", "Tiếng Việt", "…→─✓", "\u{E0B0}",
    ])
  func honest(text: String) {
    #expect(Array(PlainText.sanitized(text).unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test("keeps four marks upon a character and eight joined pictures")
  func limits() {
    let marked = "a" + String(repeating: "\u{301}", count: 500) + "b"
    #expect(PlainText.sanitized(marked).unicodeScalars.count == 2 + Sanitizer.markLimit)
    for link in ["👨", "👨🏽", "❤️"] {
      let chain = Array(repeating: link, count: 500).joined(separator: "\u{200D}")
      let first = PlainText.sanitized(chain).first
      let joiners = first?.unicodeScalars.count { $0 == DisplayWidth.joiner }
      #expect(joiners == Sanitizer.joinLimit, "\(link)")
    }
  }

  @Test("lets nothing harmful through, whatever comes in")
  func fuzz() {
    var generator = SeededGenerator(seed: 20_260_101)
    let count = 100_000
    var changed = 0
    for _ in 0..<count {
      let text = Nasty.text(using: &generator)
      let plain = PlainText.sanitized(text)
      if plain != text { changed += 1 }
      let harmful = plain.unicodeScalars.first(where: Self.isHarmful)
      #expect(harmful == nil, "\(text.debugDescription)")
      #expect(PlainText.sanitized(plain) == plain, "\(text.debugDescription)")
      #expect(plain.allSatisfy { DisplayWidth.of($0) > 0 }, "\(text.debugDescription)")
    }
    #expect(changed > count / 4)
    print("sanitised \(count) random texts, of which \(changed) had to change")
  }

  @Test("copes with long hostile texts")
  func hostileLengths() {
    let cases = [
      ("\u{1B}]", ""), ("\u{90}", ""), ("\u{1B}[", ""), ("\u{301}", ""), ("\u{1B}]x\n", "x "),
      ("\u{9D}\u{1B}[", ""), ("\u{90}a", "a"), ("a\u{202E}", "a"),
    ]
    for (piece, plain) in cases {
      let text = String(repeating: piece, count: 100_000)
      #expect(PlainText.sanitized(text) == String(repeating: plain, count: 100_000))
    }
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200C, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F:
      true
    case 0x61C, 0xFEFF, 0xE0000...0xE0FFF, 0xAD: true
    default:
      [.unassigned, .control, .surrogate].contains(scalar.properties.generalCategory)
    }
  }
}
