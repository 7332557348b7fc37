import Crypto
import Foundation
import Transport

/// The Signature Version 4 of a request, and what it should be.
///
/// Written from AWS's description of the signing process and by itself, so that it can judge a
/// client's signer. Only the form in the `Authorization` header is known.
struct RequestSignature: Sendable {
  let accessKeyID: String
  let day: String
  let region: String
  let service: String
  let signedHeaders: [String]
  let signature: String
  /// The request's time, as signed.
  let timestamp: String
  private let request: HTTPRequest

  /// Reads the header; `nil` where it is none of this kind.
  init?(_ request: HTTPRequest) {
    let algorithm = "AWS4-HMAC-SHA256"
    guard let field = request.headers["Authorization"], field.hasPrefix(algorithm) else {
      return nil
    }
    var parts: [Substring: Substring] = [:]
    for part in field.dropFirst(algorithm.count).split(separator: ",") {
      let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { return nil }
      parts[pair[0]] = pair[1]
    }
    guard let scope = parts["Credential"]?.split(separator: "/"), scope.count == 5,
      scope[4] == "aws4_request", let headers = parts["SignedHeaders"],
      let signature = parts["Signature"], let timestamp = request.headers["X-Amz-Date"]
    else { return nil }
    self.request = request
    accessKeyID = String(scope[0])
    day = String(scope[1])
    region = String(scope[2])
    service = String(scope[3])
    signedHeaders = headers.split(separator: ";").map(String.init)
    self.signature = String(signature)
    self.timestamp = timestamp
  }

  /// When the request says it was signed.
  var time: Date? { Timestamp.parseBasic(timestamp) }

  /// Whether the secret gives the same signature, and everything needed is signed.
  func isValid(secret: String) -> Bool {
    guard signedHeaders.contains("host"), timestamp.hasPrefix(day) else { return false }
    return expected(secret: secret) == signature
  }

  /// The signature that the secret gives.
  func expected(secret: String) -> String {
    func code(_ message: String, key: SymmetricKey) -> SymmetricKey {
      SymmetricKey(
        data: Data(HMAC<SHA256>.authenticationCode(for: Data(message.utf8), using: key)))
    }
    var key = SymmetricKey(data: Data("AWS4\(secret)".utf8))
    for part in [day, region, service, "aws4_request"] { key = code(part, key: key) }
    return Self.hex(HMAC<SHA256>.authenticationCode(for: Data(stringToSign.utf8), using: key))
  }

  /// What is signed in the end.
  var stringToSign: String {
    let digest = Self.hex(SHA256.hash(data: Data(canonicalRequest.utf8)))
    return "AWS4-HMAC-SHA256\n\(timestamp)\n\(day)/\(region)/\(service)/aws4_request\n\(digest)"
  }

  /// The request in the one form that both sides agree on.
  var canonicalRequest: String {
    let target = RequestTarget(url: request.url)
    let headers = signedHeaders.map { name in
      let values = request.headers.fields
        .filter { $0.name.lowercased() == name }.map { Self.trim($0.value) }
      let value =
        values.isEmpty && name == "host" ? target.host : values.joined(separator: ",")
      return "\(name):\(value)\n"
    }
    return [
      request.method, path(of: target), query(of: target), headers.joined(),
      signedHeaders.joined(separator: ";"), payloadHash,
    ].joined(separator: "\n")
  }

  /// S3 signs the path as it is sent; the others encode it once more.
  private func path(of target: RequestTarget) -> String {
    guard service != "s3" else { return target.path }
    return RequestTarget.encode(Self.normalized(target.path), keepingSlashes: true)
  }

  /// Resolves `.`, `..` and doubled slashes (RFC 3986, section 5.2.4).
  private static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let isFolder = path.hasSuffix("/") && !parts.isEmpty
    return "/" + parts.joined(separator: "/") + (isFolder ? "/" : "")
  }

  private func query(of target: RequestTarget) -> String {
    let pairs = target.query.split(separator: "&").map { pair -> (String, String) in
      let name = pair.prefix { $0 != "=" }
      let value = pair.dropFirst(name.count).dropFirst()
      return (
        RequestTarget.encode(RequestTarget.decode(name)),
        RequestTarget.encode(RequestTarget.decode(value))
      )
    }
    return pairs.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { "\($0.0)=\($0.1)" }
      .joined(separator: "&")
  }

  /// The hash that the client names where it names one; it must then be the body's.
  private var payloadHash: String {
    let actual = Self.hex(SHA256.hash(data: request.body))
    guard let named = request.headers["X-Amz-Content-Sha256"] else { return actual }
    return named == "UNSIGNED-PAYLOAD" || named.hasPrefix("STREAMING-") ? named : actual
  }

  private static func trim(_ value: String) -> String {
    value.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\n" })
      .joined(separator: " ")
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
