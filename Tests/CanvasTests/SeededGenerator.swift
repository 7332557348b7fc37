/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Text made of what breaks screens: escapes, controls, wide and joined characters, any scalar.
enum Nasty {
  static let pieces: [String] = [
    "a", "deploy", " ", "한국어", "\u{1112}\u{1161}\u{11AB}", "é", "e\u{301}", "👨‍👩‍👧", "🇰🇷", "✈️", "👍🏽", "1️⃣",
    "ＡＢ", "क्षि", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{200B}", "\u{202E}", "\u{2066}", "\u{2069}",
    "\u{200F}", "\u{61C}", "\u{FEFF}", "\u{E0041}", "\u{2028}", "\n", "\r\n", "\t", "\u{0}",
    "\u{7F}",
    "\u{85}", "\u{9B}31m", "\u{1B}", "\u{1B}[31m", "\u{1B}[", "\u{1B}]0;owned\u{7}",
    "\u{1B}]0;open",
    "\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "\u{1B}P1$r\u{1B}\\", "\u{1B}c", "\u{1B}(0",
    "\u{90}payload\u{9C}", "\u{FFFF}", "\u{10FFFE}", "\u{E000}", "\u{1161}", "\u{3164}", "\u{AD}",
    "🇰", "[", "\\",
    "\u{7}", "\u{9C}", "日本",
  ]

  static func text(using generator: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      if Int.random(in: 0..<4, using: &generator) == 0 {
        let ceiling: UInt32 = Bool.random(using: &generator) ? 0x3000 : 0x11_0000
        let value = UInt32.random(in: 0..<ceiling, using: &generator)
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
      } else {
        text += pieces.randomElement(using: &generator) ?? ""
      }
    }
    return text
  }
}
