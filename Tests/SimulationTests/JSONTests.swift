import Foundation
import Testing

@testable import Simulation

@Suite struct JSONTests {
  private static let values: [JSON] = [
    [:], [], "", nil, true, 0, -7, .number(1.5), .number(1_795_394_400.123), "결제 👩‍👧 \u{202E}",
    "a\"b\\c\n\r\t\u{1B}\u{7F}\0", ["a": [1, [nil, false], ["b": "c"]], "z": "1", "y": "2"],
  ]

  @Test(arguments: values) func whatIsWrittenIsReadAgain(value: JSON) throws {
    #expect(try JSON(parsing: value.data) == value)
    let judged = try JSONSerialization.jsonObject(with: value.data, options: [.fragmentsAllowed])
    #expect(judged is NSNull == (value == .null))
  }

  @Test func escapesAreUndone() throws {
    let text = #" { "a" : "\u00e9\ud83d\ude00\/\b", "b":[1e3, -0.5] } "#
    let value = try JSON(parsing: Data(text.utf8))
    #expect(value.text("a") == "é😀/\u{8}")
    #expect(value.list("b") == [.number(1000), .number(-0.5)])
  }

  @Test(
    "what is no JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\"}", "\"a", "tru", "1 2", "{\"a\":1,}", "\"\\x\"", "\u{1}", "nul",
    ])
  func refused(text: String) {
    #expect(throws: JSONReader.Malformed.self) { try JSON(parsing: Data(text.utf8)) }
  }

  @Test func deepNestingIsRefusedNotFatal() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONReader.Malformed.self) { try JSON(parsing: Data(text.utf8)) }
  }
}
