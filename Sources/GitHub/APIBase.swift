import Foundation
import Transport

/// Where the API is: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server.
struct APIBase: Sendable, Hashable {
  /// The URL without a slash at its end.
  let text: String
  /// Scheme, host and port.
  let origin: String
  /// The path that every URL of the API starts with; empty on github.com.
  let path: String

  init(_ url: String) {
    var text = url.trimmingCharacters(in: .whitespacesAndNewlines)[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    self.text = String(text)
    origin = HTTPRequest.origin(of: self.text)
    path = Self.path(of: self.text)
  }

  /// The host, with its port where the URL names one.
  var host: String { HTTPRequest(url: text).host }

  /// The URL of an endpoint.
  func url(of endpoint: Endpoint) -> String {
    let query = endpoint.query.map { "\(Self.encode($0.name))=\(Self.encode($0.value))" }
    return text + endpoint.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  /// The page after one page.
  ///
  /// A target elsewhere is not followed, for the token would go with it; only its query is taken
  /// over. So listings work as well where the server is reached under another name than its own.
  func page(after current: String, link: String?) -> String? {
    guard let target = LinkHeader(link ?? "").target(of: "next") else { return nil }
    if contains(target) { return target }
    guard let question = target.firstIndex(of: "?") else { return nil }
    return String(current.prefix { $0 != "?" }) + String(target[question...])
  }

  /// Whether a URL belongs to this API.
  func contains(_ url: String) -> Bool {
    guard HTTPRequest.origin(of: url) == origin else { return false }
    let other = Self.path(of: url)
    return other == path || other.hasPrefix(path + "/")
  }

  /// Percent-encodes one component of a path or query: all but RFC 3986's unreserved characters.
  static func encode(_ component: String) -> String {
    var encoded = ""
    for byte in component.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }

  private static func path(of url: String) -> String {
    guard let slashes = url.firstRange(of: "://"),
      let slash = url[slashes.upperBound...].firstIndex(where: { "/?#".contains($0) })
    else { return "" }
    return String(url[slash...].prefix { $0 != "?" && $0 != "#" })
  }
}
