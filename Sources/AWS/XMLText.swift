import Foundation

/// Reads single elements out of the small, flat XML of S3's and STS's answers.
enum XMLText {
  /// The text of the first element of a name; `nil` where there is none or it is empty.
  static func first(_ name: String, in data: Data) -> String? {
    let text = String(decoding: data.prefix(65_536), as: UTF8.self)
    guard let open = text.firstRange(of: "<\(name)>"),
      let close = text[open.upperBound...].firstRange(of: "</\(name)>")
    else { return nil }
    let content = text[open.upperBound..<close.lowerBound]
    return content.isEmpty ? nil : unescaped(content)
  }

  /// A text with its references to characters resolved.
  static func unescaped(_ text: some StringProtocol) -> String {
    guard text.contains("&") else { return String(text) }
    return String(text).replacing(/&(#x?[0-9A-Fa-f]+|lt|gt|quot|apos|amp);/) {
      (match) -> String in
      switch match.1 {
      case "lt": "<"
      case "gt": ">"
      case "quot": "\""
      case "apos": "'"
      case "amp": "&"
      default: character(match.1)
      }
    }
  }

  private static func character(_ reference: Substring) -> String {
    let digits = reference.dropFirst()
    let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
  }
}
