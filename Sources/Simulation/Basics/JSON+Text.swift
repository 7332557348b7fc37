import Foundation

extension JSON {
  /// The value as compact JSON in UTF-8.
  var data: Data { Data(serialized.utf8) }

  /// The value as compact JSON.
  var serialized: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    case .number(let value): text += Self.text(of: value)
    case .string(let value): Self.write(value, to: &text)
    case .raw(let json): text += json
    case .array(let values):
      text += "["
      var isFirst = true
      for value in values {
        if !isFirst { text += "," }
        isFirst = false
        value.write(to: &text)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      var isFirst = true
      for field in fields {
        text += isFirst ? "\"" : ",\""
        isFirst = false
        text += field.name
        text += "\":"
        field.value.write(to: &text)
      }
      text += "}"
    }
  }

  /// Nearly every text needs no escape, so whole texts are appended where possible.
  private static func write(_ value: String, to text: inout String) {
    text += "\""
    var value = value
    let isPlain = value.withUTF8 { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }
    }
    text += isPlain ? value : escaped(value)
    text += "\""
  }

  private static func escaped(_ value: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result.append(contentsOf: #"\""#.unicodeScalars)
      case "\\": result.append(contentsOf: #"\\"#.unicodeScalars)
      case "\n": result.append(contentsOf: #"\n"#.unicodeScalars)
      case "\r": result.append(contentsOf: #"\r"#.unicodeScalars)
      case "\t": result.append(contentsOf: #"\t"#.unicodeScalars)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result.append(
          contentsOf: ("\\u00" + (digits.count < 2 ? "0" : "") + digits).unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Three decimals at the most, which is what AWS sends of a time.
  private static func text(of value: Double) -> String {
    let thousandths = Int64((value * 1000).rounded())
    let fraction = abs(thousandths % 1000)
    guard fraction != 0 else { return String(thousandths / 1000) }
    let digits = String(fraction)
    let padded = String(repeating: "0", count: 3 - digits.count) + digits
    let sign = thousandths < 0 && thousandths / 1000 == 0 ? "-" : ""
    return "\(sign)\(thousandths / 1000).\(padded)"
  }
}

/// A key of any name.
struct AnyCodingKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
