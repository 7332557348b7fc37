import Foundation

extension JSON {
  /// Reads a text (RFC 8259); fields keep their order.
  /// - Throws: ``JSONReader/Malformed``.
  init(parsing data: Data) throws(JSONReader.Malformed) {
    var reader = JSONReader(bytes: Array(data))
    self = try reader.document()
  }
}

/// Reads JSON byte by byte.
struct JSONReader {
  /// Where a text stops being JSON.
  struct Malformed: Error, Hashable {
    let offset: Int
  }

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The one value of a whole text.
  mutating func document() throws(Malformed) -> JSON {
    let value = try self.value()
    skipSpace()
    guard place == bytes.count else { throw malformed }
    return value
  }

  private var malformed: Malformed { Malformed(offset: place) }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  private mutating func take(_ byte: Character) -> Bool {
    skipSpace()
    guard next == byte.asciiValue else { return false }
    place += 1
    return true
  }

  private mutating func value() throws(Malformed) -> JSON {
    skipSpace()
    guard let byte = next, depth < 200 else { throw malformed }
    depth += 1
    defer { depth -= 1 }
    switch byte {
    case UInt8(ascii: "{"): return .object(try fields())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ text: String, _ value: JSON) throws(Malformed) -> JSON {
    guard bytes[place...].starts(with: text.utf8) else { throw malformed }
    place += text.utf8.count
    return value
  }

  private mutating func fields() throws(Malformed) -> [JSON.Field] {
    place += 1
    var fields: [JSON.Field] = []
    if take("}") { return fields }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw malformed }
      let name = try string()
      guard take(":") else { throw malformed }
      fields.append(JSON.Field(name: name, value: try value()))
    } while take(",")
    guard take("}") else { throw malformed }
    return fields
  }

  private mutating func elements() throws(Malformed) -> [JSON] {
    place += 1
    var elements: [JSON] = []
    if take("]") { return elements }
    repeat { elements.append(try value()) } while take(",")
    guard take("]") else { throw malformed }
    return elements
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func number() throws(Malformed) -> JSON {
    let start = place
    while let byte = next, Self.isOfNumber(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if let whole = Int64(text) { return .int(whole) }
    guard let value = Double(text), value.isFinite else { throw malformed }
    return .number(value)
  }

  private mutating func string() throws(Malformed) -> String {
    place += 1
    var result = ""
    var start = place
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        result += String(decoding: bytes[start..<place], as: UTF8.self)
        place += 1
        return result
      case UInt8(ascii: "\\"):
        result += String(decoding: bytes[start..<place], as: UTF8.self)
        place += 1
        result.unicodeScalars.append(try escape())
        start = place
      case 0..<0x20: throw malformed
      default: place += 1
      }
    }
    throw malformed
  }

  private mutating func escape() throws(Malformed) -> Unicode.Scalar {
    guard let byte = next else { throw malformed }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw malformed
    }
    let unit = try hexadecimal()
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
      bytes[place + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    place += 2
    let low = try hexadecimal()
    guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(Malformed) -> UInt32 {
    guard place + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
    else { throw malformed }
    place += 4
    return value
  }
}
