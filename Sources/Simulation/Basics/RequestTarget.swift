import Foundation
import Transport

/// The parts of a request's URL, both as sent and decoded.
struct RequestTarget: Sendable {
  /// One pair of the query.
  struct Item: Sendable, Hashable {
    var name: String
    var value: String
  }

  /// `http://127.0.0.1:8080`.
  let origin: String
  /// The path as sent, percent-encoded.
  let path: String
  /// The query as sent, without its question mark; empty for none.
  let query: String

  init(url: String) {
    origin = HTTPRequest.origin(of: url)
    var rest = Substring(url)
    if let slashes = url.firstRange(of: "://") {
      rest = url[slashes.upperBound...].drop { $0 != "/" && $0 != "?" && $0 != "#" }
    }
    rest = rest.prefix { $0 != "#" }
    let path = rest.prefix { $0 != "?" }
    self.path = path.isEmpty ? "/" : String(path)
    query = String(rest.dropFirst(path.count).dropFirst())
  }

  /// The host, with its port where it has one.
  var host: String {
    guard let slashes = origin.firstRange(of: "://") else { return origin }
    return String(origin[slashes.upperBound...])
  }

  /// The path's segments, decoded.
  var segments: [String] {
    path.split(separator: "/").map { Self.decode($0) }
  }

  /// The query's pairs, decoded, in order.
  var items: [Item] { Self.items(of: query) }

  /// The first value of a query's name.
  subscript(name: String) -> String? { items.first { $0.name == name }?.value }

  /// The pairs of a query or of a form.
  static func items(of text: String) -> [Item] {
    text.split(separator: "&").map { pair in
      let name = pair.prefix { $0 != "=" }
      let value = pair.dropFirst(name.count).dropFirst()
      return Item(
        name: decode(Substring(name.replacing("+", with: " "))),
        value: decode(Substring(value.replacing("+", with: " "))))
    }
  }

  /// Undoes percent-encoding; a text that is not encoded well stays as it is.
  static func decode(_ text: Substring) -> String {
    text.contains("%") ? String(text).removingPercentEncoding ?? String(text) : String(text)
  }

  /// Encodes all but RFC 3986's unreserved characters.
  static func encode(_ text: String, keepingSlashes: Bool = false) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "/") where keepingSlashes:
        result.append("/")
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}
