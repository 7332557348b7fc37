import Crypto
import Foundation
import Transport

/// Signs requests with AWS Signature Version 4, in header fields or in the query.
struct RequestSigner: Sendable {
  /// Where services differ in how they want to be signed.
  struct Rules: Sendable, Hashable {
    /// Whether the sent path is percent-encoded once more before it is signed.
    var encodesPathAgain = true
    /// Whether `.`, `..` and empty segments are taken out of the signed path.
    var normalizesPath = true
    /// Whether the body's hash is sent in `x-amz-content-sha256`.
    var sendsContentHash = false
    /// Whether the session token is signed; otherwise it is added afterwards.
    var signsSessionToken = true

    /// Every service but S3.
    static let standard = Rules()
    /// S3, whose keys may hold anything, so that the path is signed exactly as sent.
    static let s3 = Rules(
      encodesPathAgain: false, normalizesPath: false, sendsContentHash: true)

    /// Creates rules.
    init(
      encodesPathAgain: Bool = true, normalizesPath: Bool = true, sendsContentHash: Bool = false,
      signsSessionToken: Bool = true
    ) {
      self.encodesPathAgain = encodesPathAgain
      self.normalizesPath = normalizesPath
      self.sendsContentHash = sendsContentHash
      self.signsSessionToken = signsSessionToken
    }
  }

  /// The key that signs.
  var credentials: Credentials
  /// The region in the signature's scope.
  var region: String
  /// The service's signing name, such as `codebuild`.
  var service: String
  /// How the service wants to be signed.
  var rules: Rules

  /// Creates a signer.
  init(
    credentials: Credentials, region: String, service: String, rules: Rules = .standard
  ) {
    self.credentials = credentials
    self.region = region
    self.service = service
    self.rules = rules
  }

  /// The request with its signature in the `Authorization` field.
  func sign(_ request: HTTPRequest, at date: Date) -> HTTPRequest {
    let time = SigningTime(date)
    var signed = request
    signed.headers["X-Amz-Date"] = time.text
    if rules.signsSessionToken { signed.headers["X-Amz-Security-Token"] = credentials.sessionToken }
    if rules.sendsContentHash {
      signed.headers["X-Amz-Content-SHA256"] = CanonicalRequest.hash(request.body)
    }
    let canonical = CanonicalRequest(signed, rules: rules)
    signed.headers["Authorization"] =
      "\(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope(time)), "
      + "SignedHeaders=\(canonical.signedNames), Signature=\(signature(of: canonical, at: time))"
    if !rules.signsSessionToken {
      signed.headers["X-Amz-Security-Token"] = credentials.sessionToken
    }
    return signed
  }

  /// The request with its signature in the query, good for a while.
  func presign(
    _ request: HTTPRequest, at date: Date, expiresAfter lifetime: Duration
  ) -> HTTPRequest {
    let time = SigningTime(date)
    let names = CanonicalRequest(request, rules: rules).signedNames
    var parameters = [
      ("X-Amz-Algorithm", Self.algorithm),
      ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope(time))"),
      ("X-Amz-Date", time.text),
      ("X-Amz-SignedHeaders", names),
      ("X-Amz-Expires", String(lifetime.components.seconds)),
    ]
    let token = credentials.sessionToken.map { [("X-Amz-Security-Token", $0)] } ?? []
    if rules.signsSessionToken { parameters += token }
    var signed = request
    signed.url = Self.append(parameters, to: request.url)
    let canonical = CanonicalRequest(signed, rules: rules)
    var rest = [("X-Amz-Signature", signature(of: canonical, at: time))]
    if !rules.signsSessionToken { rest = token + rest }
    signed.url = Self.append(rest, to: signed.url)
    return signed
  }

  /// The text whose keyed hash is the signature.
  func stringToSign(_ canonical: CanonicalRequest, at time: SigningTime) -> String {
    let hash = CanonicalRequest.hash(Data(canonical.text.utf8))
    return [Self.algorithm, time.text, scope(time), hash].joined(separator: "\n")
  }

  private static let algorithm = "AWS4-HMAC-SHA256"

  private func scope(_ time: SigningTime) -> String {
    "\(time.day)/\(region)/\(service)/aws4_request"
  }

  private func signature(of canonical: CanonicalRequest, at time: SigningTime) -> String {
    var key = SymmetricKey(data: Data("AWS4\(credentials.secretAccessKey)".utf8))
    for part in [time.day, region, service, "aws4_request"] {
      key = SymmetricKey(data: Self.code(part, key))
    }
    return Self.code(stringToSign(canonical, at: time), key).hexadecimal
  }

  private static func code(_ text: String, _ key: SymmetricKey) -> Data {
    Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
  }

  private static func append(_ parameters: [(String, String)], to url: String) -> String {
    url + (url.contains("?") ? "&" : "?") + PercentEncoding.form(parameters)
  }
}
