/// Logs made of what breaks them.
enum NastyBytes {
  private static let pieces: [[UInt8]] =
    [
      "\n", "\n", "\n", "\r\n", "\r", "\t", "\u{1B}", "\u{1B}[", "\u{1B}[31m", "\u{1B}[0m",
      "\u{1B}[1;38;5;",
      "\u{1B}]0;", "\u{1B}\\", "\u{7}", "\u{1B}P", "\u{1B}(0", "\u{9B}31m", "\u{90}", "\u{9C}",
      "\u{FEFF}", "##[", "##[group]", "##[endgroup]", "##[error]", "##[warning]x", "[command]",
      "group]",
      "2026-11-23T04:03:53.1234567Z ", "2026-11-23T04:03:53Z",
      "[Container] 2026/11/23 04:03:53.123456 ",
      "[Container] ", "Phase complete: BUILD State: FAILED", "a", "word ", "needle", "한국어", "배포 ",
      "e\u{301}", "\u{301}", "👩‍👩‍👧", "🇰🇷", "🇰", "✅", "1️⃣", "\u{200D}", "\u{FE0F}", "\u{202E}",
      "\u{2066}", "\u{200B}",
      "\u{1161}", "\u{1112}\u{1161}\u{11AB}", "क्षि", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}",
      "\u{E0041}",
      "\u{AD}", "\u{FFFF}", "\u{3164}", "－",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xEF, 0xBB], [0xC0, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0x80],
    ]

  /// A log of some pieces.
  static func log(_ count: Int, using generator: inout SeededGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<count {
      switch generator.next(below: 12) {
      case 0: bytes.append(UInt8(truncatingIfNeeded: generator.next()))
      case 1: bytes += Array(repeating: 0x78, count: generator.next(below: 40))
      default: bytes += pieces[generator.next(below: pieces.count)]
      }
    }
    return bytes
  }
}
