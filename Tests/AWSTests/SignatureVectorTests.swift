import Foundation
import Testing
import Transport

@testable import AWS

/// AWS's own vectors, where the folder with them lies beside the package.
@Suite struct SignatureVectorTests {
  private struct Context: Decodable {
    struct Keys: Decodable {
      var access_key_id: String
      var secret_access_key: String
      var token: String?
    }

    var credentials: Keys
    var expiration_in_seconds: Int
    var normalize: Bool
    var region: String
    var service: String
    var sign_body: Bool
    var omit_session_token: Bool?
    var timestamp: String
  }

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/data/sigv4/v4").standardizedFileURL

  static let names: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

  @Test(
    .enabled(
      if: !names.isEmpty, "the folder with AWS's signature vectors is not beside the package"),
    arguments: names)
  func givesTheVectorsSignature(_ name: String) throws {
    let folder = Self.folder.appendingPathComponent(name)
    let context = try JSONDecoder().decode(
      Context.self, from: Data(contentsOf: folder.appendingPathComponent("context.json")))
    let keys = context.credentials
    let signer = RequestSigner(
      credentials: Credentials(
        accessKeyID: keys.access_key_id, secretAccessKey: keys.secret_access_key,
        sessionToken: keys.token),
      region: context.region, service: context.service,
      rules: RequestSigner.Rules(
        encodesPathAgain: false, normalizesPath: context.normalize,
        sendsContentHash: context.sign_body,
        signsSessionToken: !(context.omit_session_token ?? false)))
    let request = try Self.request(folder.appendingPathComponent("request.txt"))
    let date = try #require(Timestamp.date(iso8601: context.timestamp))

    let signed = signer.sign(request, at: date)
    let signature = try Self.text(folder, "header-signature.txt")
    #expect(signed.headers["Authorization"]?.hasSuffix("Signature=\(signature)") == true)
    #expect(signed.headers["X-Amz-Security-Token"] == keys.token)
    var bare = signed
    bare.headers["Authorization"] = nil
    if !signer.rules.signsSessionToken { bare.headers["X-Amz-Security-Token"] = nil }
    let canonical = CanonicalRequest(bare, rules: signer.rules)
    #expect(try canonical.text == Self.text(folder, "header-canonical-request.txt"))
    #expect(
      try signer.stringToSign(canonical, at: SigningTime(date))
        == Self.text(folder, "header-string-to-sign.txt"))

    let presigned = signer.presign(
      request, at: date, expiresAfter: .seconds(context.expiration_in_seconds))
    let inQuery = try Self.text(folder, "query-signature.txt")
    #expect(presigned.url.contains("X-Amz-Signature=\(inQuery)"))
    let token = keys.token.map { "X-Amz-Security-Token=\(PercentEncoding.encode($0))" }
    if let token { #expect(presigned.url.contains(token)) }
  }

  private static func text(_ folder: URL, _ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      .trimmingCharacters(in: .newlines)
  }

  /// Reads a request as written, which is not yet percent-encoded.
  private static func request(_ file: URL) throws -> HTTPRequest {
    let text = try String(contentsOf: file, encoding: .utf8)
    let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
    var lines = parts[0].split(separator: "\n").map(String.init)
    let start = lines.removeFirst()
    let method = String(start.prefix { $0 != " " })
    let target = start.dropFirst(method.count + 1).dropLast(" HTTP/1.1".count)
    let path = target.prefix { $0 != "?" }
    let query = target.dropFirst(path.count)
    var pairs: [(String, String)] = []
    for line in lines {
      if line.hasPrefix(" "), let last = pairs.popLast() {
        pairs.append((last.0, last.1 + "\n" + line))
      } else {
        let name = line.prefix { $0 != ":" }
        pairs.append((String(name), String(line.dropFirst(name.count + 1))))
      }
    }
    return HTTPRequest(
      method: method,
      url: "https://example.amazonaws.com" + PercentEncoding.encode(path, keepingSlashes: true)
        + query,
      headers: HTTPHeaders(pairs), body: Data((parts.count > 1 ? parts[1] : "").utf8))
  }
}
