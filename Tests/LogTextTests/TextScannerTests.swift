import Canvas
import Testing

@testable import LogText

@Suite("Bytes read as text")
struct TextScannerTests {
  @Test("What is drawn as it is needs no cleaning, and has the width that the screen gives it")
  func plainScalars() {
    var checked = 0
    for value in UInt32(0x20)...0x2_0000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      let width = Array(text.utf8).withUnsafeBytes { UTF8Scalar($0, at: 0)?.plainWidth }
      guard let plain = width.flatMap(\.self) else { continue }
      checked += 1
      if PlainText.sanitized(text) != text || DisplayWidth.of(text) != plain {
        Issue.record("U+\(String(value, radix: 16)) is not plain")
      }
      if ("a" + text + "가").count != 3 || (text + text).count != 2 {
        Issue.record("U+\(String(value, radix: 16)) joins what stands beside it")
      }
    }
    #expect(checked > 30_000)
  }

  @Test("Scalars are read as the standard library reads them")
  func scalars() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<20_000 {
      var bytes = (0..<4).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      if generator.next(below: 2) == 0 {
        bytes[0] |= 0xC0
        for index in 1..<4 { bytes[index] = bytes[index] & 0x3F | 0x80 }
      }
      var decoder = UTF8()
      var iterator = bytes.makeIterator()
      let scalar = bytes.withUnsafeBytes { UTF8Scalar($0, at: 0) }
      switch decoder.decode(&iterator) {
      case .scalarValue(let expected): #expect(scalar?.value == expected.value)
      case .error, .emptyInput: #expect(scalar == nil)
      }
    }
  }
}
