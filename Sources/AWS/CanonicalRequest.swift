import Crypto
import Foundation
import Transport

/// A request in the one form that both sides sign.
///
/// Source: AWS General Reference, "Create a signed AWS API request".
struct CanonicalRequest {
  /// The whole text.
  let text: String
  /// The signed header names, joined with semicolons.
  let signedNames: String

  /// Fields that a transport or a proxy may add or change, which therefore stay unsigned.
  private static let unsigned: Set<String> = [
    "authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id",
  ]

  init(_ request: HTTPRequest, rules: RequestSigner.Rules) {
    let parts = Self.split(request.url)
    var values: [String: [String]] = [:]
    for field in request.headers.fields {
      let name = field.name.lowercased()
      guard !Self.unsigned.contains(name) else { continue }
      values[name, default: []].append(Self.collapsed(field.value))
    }
    if values["host"] == nil { values["host"] = [Self.host(of: request.url)] }
    let names = values.keys.sorted()
    signedNames = names.joined(separator: ";")
    var lines = [request.method, Self.path(parts.path, rules), Self.query(parts.query)]
    lines += names.map { "\($0):\((values[$0] ?? []).joined(separator: ","))" }
    lines += ["", signedNames, Self.hash(request.body)]
    text = lines.joined(separator: "\n")
  }

  /// The SHA-256 of some bytes in hexadecimal.
  static func hash(_ data: Data) -> String { Data(SHA256.hash(data: data)).hexadecimal }

  /// The `Host` field as the transport sends it: without the port where it is the scheme's own.
  static func host(of url: String) -> String {
    let origin = HTTPRequest.origin(of: url)
    for (scheme, port) in [("https://", ":443"), ("http://", ":80")] where origin.hasPrefix(scheme)
    {
      let host = origin.dropFirst(scheme.count)
      return String(host.hasSuffix(port) ? host.dropLast(port.count) : host)
    }
    return origin
  }

  private static func split(_ url: String) -> (path: Substring, query: Substring) {
    var rest = url[...]
    if let slashes = rest.firstRange(of: "://") { rest = rest[slashes.upperBound...] }
    rest = rest.drop { $0 != "/" && $0 != "?" && $0 != "#" }.prefix { $0 != "#" }
    guard let mark = rest.firstIndex(of: "?") else { return (rest, "") }
    return (rest[..<mark], rest[rest.index(after: mark)...])
  }

  private static func path(_ path: Substring, _ rules: RequestSigner.Rules) -> String {
    var path = path.isEmpty ? "/" : String(path)
    if rules.normalizesPath { path = normalized(path) }
    return rules.encodesPathAgain ? PercentEncoding.encode(path, keepingSlashes: true) : path
  }

  private static func normalized(_ path: String) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    for segment in segments {
      switch segment {
      case "", ".": continue
      case "..": _ = kept.popLast()
      default: kept.append(segment)
      }
    }
    let endsWithSlash = segments.last.map { ["", ".", ".."].contains($0) } ?? false
    return "/" + kept.joined(separator: "/") + (endsWithSlash && !kept.isEmpty ? "/" : "")
  }

  private static func query(_ query: Substring) -> String {
    let pairs = query.split(separator: "&").map { pair in
      let name = pair.prefix { $0 != "=" }
      let value = pair.dropFirst(name.count + 1)
      return (
        PercentEncoding.encode(PercentEncoding.decode(name)),
        PercentEncoding.encode(PercentEncoding.decode(value))
      )
    }
    return pairs.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }

  /// A value with every run of blanks and line ends made one space, and none at its ends.
  private static func collapsed(_ value: String) -> String {
    value.utf8.split { $0 == 32 || (9...13).contains($0) }
      .map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }
}

extension Data {
  /// The bytes in lower-case hexadecimal.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
