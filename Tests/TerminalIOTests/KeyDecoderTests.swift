import Canvas
import Testing

@testable import TerminalIO

@Suite("Key decoder")
struct KeyDecoderTests {
  @Test(
    "makes keys of bytes",
    arguments: [
      ("j", ["j"]), ("G?", ["G", "?"]), (" ", ["space"]), ("\r", ["enter"]), ("\n", ["enter"]),
      ("\t", ["tab"]), ("\u{7F}", ["backspace"]), ("\u{8}", ["backspace"]), ("\u{3}", ["ctrl-c"]),
      ("\u{0}", ["ctrl-space"]), ("\u{1C}\u{1F}", ["ctrl-\\", "ctrl-_"]), ("\u{1A}", ["ctrl-z"]),
      ("한é👍", ["한", "é", "👍"]), ("\u{1B}", ["esc"]), ("\u{1B}\u{1B}", ["esc", "esc"]),
      ("\u{1B}x", ["alt-x"]), ("\u{1B}한", ["alt-한"]), ("\u{1B}[", ["alt-["]),
      ("\u{1B}O", ["alt-O"]),
      ("\u{1B}\r", ["alt-enter"]), ("\u{1B}[A", ["up"]), ("\u{1B}OA", ["up"]),
      ("\u{1B}[1;5A", ["ctrl-up"]),
      ("\u{1B}[1;3D", ["alt-left"]), ("\u{1B}[1;2C", ["right"]), ("\u{1B}[Z", ["shift-tab"]),
      ("\u{1B}[5~\u{1B}[6~", ["pgup", "pgdn"]), ("\u{1B}[3;5~", ["ctrl-del"]), ("\u{1B}OP", ["f1"]),
      ("\u{1B}[24~", ["f12"]), ("\u{1B}[H\u{1B}[F", ["home", "end"]),
      ("a\u{1B}[99;5;7~b", ["a", "b"]), ("\u{1B}[?1;2cq", ["q"]), ("\u{1B}[I", []),
      ("\u{1B}[", ["alt-["]),
    ] as [(String, [String])])
  func keys(text: String, names: [String]) {
    var decoder = KeyDecoder()
    #expect(decoder.decode(bytes(text)).map(\.name) == names)
  }

  @Test("passes over bytes that are no UTF-8 and goes on behind them")
  func invalid() {
    var decoder = KeyDecoder()
    let bytes: [UInt8] = [
      0xFF, 0x6A, 0xC3, 0x28, 0xE0, 0x80, 0x80, 0x6B, 0xED, 0xA0, 0x80, 0xC0, 0xAF, 0xF5, 0x6C,
    ]
    #expect(decoder.decode(bytes.map(InputToken.byte)).map(\.name) == ["j", "(", "k", "l"])
  }

  @Test("waits for the rest of a character that was cut")
  func cut() {
    for text in ["é", "한", "👍"] {
      let all = bytes(text)
      for index in 1..<all.count {
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array(all[..<index])).isEmpty)
        #expect(decoder.decode(Array(all[index...])).map(\.name) == [text])
      }
    }
    var decoder = KeyDecoder()
    #expect(decoder.decode([.byte(0xED), .byte(0x95)]).isEmpty)
    #expect(decoder.decode([.key("up"), .byte(0x6A)]).map(\.name) == ["up", "j"])
  }

  @Test("adds alt to a named key behind an escape")
  func altKeys() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([.byte(0x1B), .key("up"), .key("f5")]).map(\.name) == ["alt-up", "f5"])
  }

  @Test("keeps pasted text apart from keys, however it is cut")
  func paste() {
    let all = bytes("a\u{1B}[200~q\r\u{1B}[31m한\u{1B}[201~b")
    let whole = ["a", "paste:q\r\u{1B}[31m한", "b"]
    for index in 7..<all.count {
      var decoder = KeyDecoder()
      let inputs = decoder.decode(Array(all[..<index])) + decoder.decode(Array(all[index...]))
      #expect(inputs.map(\.name) == whole, "cut at \(index)")
    }
  }

  @Test("keeps no more of a paste than its limit")
  func hugePaste() {
    var decoder = KeyDecoder()
    let text = String(repeating: "x", count: 400_000)
    let inputs = decoder.decode(bytes("\u{1B}[200~\(text)\u{1B}[201~j"))
    #expect(inputs.count == 2)
    #expect(inputs.first == .paste(String(repeating: "x", count: KeyDecoder.pasteLimit)))
    #expect(inputs.last?.name == "j")
  }

  @Test("survives any bytes")
  func fuzz() {
    var generator = SystemlessGenerator(state: 11)
    var keys = 0
    for _ in 0..<20_000 {
      var decoder = KeyDecoder()
      let count = Int.random(in: 0...24, using: &generator)
      let tokens = (0..<count).map { _ in
        InputToken.byte(
          Bool.random(using: &generator)
            ? [0x1B, 0x5B, 0x4F, 0x32, 0x3B, 0x7E, 0xED].randomElement(using: &generator) ?? 0
            : UInt8.random(in: 0...255, using: &generator))
      }
      keys += decoder.decode(tokens).count
      #expect(decoder.decode(bytes("\u{1B}[201~")).count <= 8)
    }
    #expect(keys > 20_000)
  }

  private func bytes(_ text: String) -> [InputToken] { text.utf8.map(InputToken.byte) }
}

extension KeyDecoder.Input {
  /// The input as a short text.
  var name: String {
    switch self {
    case .key(let key): key.description
    case .paste(let text): "paste:\(text)"
    }
  }
}

/// Random numbers that are the same in every run (a linear congruential generator).
struct SystemlessGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
