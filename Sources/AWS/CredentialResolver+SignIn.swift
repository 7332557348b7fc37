import Crypto
import Deploys
import Foundation
import Transport

extension CredentialResolver {
  /// The credentials of a profile that is signed in with `aws sso login`.
  ///
  /// Reads the token that the AWS CLI has left in its cache; an old one is not renewed here.
  /// Source: botocore's `credentials.py` and `tokens.py`.
  func signIn(_ section: SharedConfig.Section) async throws -> Credentials {
    let session = try session(of: section)
    let hash = Data(Insecure.SHA1.hash(data: Data(session.cacheKey.utf8))).hexadecimal
    let directory = SharedConfig.directory(settings.environment)
    let file = "\(directory)/sso/cache/\(hash).json"
    let login = "Run `aws sso login --profile \(section.name)`."
    guard let text = try files.text(file) else {
      throw AWSError.noCredentials(
        account: scope.name, reason: "profile '\(section.name)' is not signed in", remedy: login)
    }
    guard let token = try? JSONDecoder().decode(CachedToken.self, from: Data(text.utf8)) else {
      throw AWSError.badConfiguration(
        file: file, line: nil, reason: "is no sign-in token", remedy: login)
    }
    let expiry = Timestamp.date(iso8601: token.expiresAt)
    let hasRunOut = AWSError.noCredentials(
      account: scope.name, reason: "the sign-in of profile '\(section.name)' has run out",
      remedy: login)
    guard let expiry else { throw hasRunOut }
    if expiry > caller.time {
      return try await roleCredentials(session, token: token.accessToken)
    }
    // This machine's clock may be fast. Who has no answer that tells the time lets the portal judge.
    guard !caller.clock.isKnown,
      let credentials = try? await roleCredentials(session, token: token.accessToken)
    else { throw hasRunOut }
    return credentials
  }

  private struct Session {
    /// What the cache file's name is a hash of.
    var cacheKey: String
    var region: String
    var account: String
    var role: String
  }

  private struct CachedToken: Decodable {
    var accessToken: String
    var expiresAt: String
  }

  private struct Answer: Decodable {
    struct Keys: Decodable {
      var accessKeyId: String
      var secretAccessKey: String
      var sessionToken: String
      /// Milliseconds since 1970.
      var expiration: Double?
    }

    var roleCredentials: Keys
  }

  private func session(of section: SharedConfig.Section) throws -> Session {
    let name = section["sso_session"]
    let settingsOfSession = name.flatMap { settings.config.sessions[$0] } ?? section
    let missing = { (key: String) in
      AWSError.badConfiguration(
        file: section.values["sso_session"]?.file ?? section.values["sso_start_url"]?.file,
        line: section.values["sso_session"]?.line ?? section.values["sso_start_url"]?.line,
        reason: "profile '\(section.name)' signs in and has no \(key)",
        remedy: "Run `aws configure sso --profile \(section.name)`.")
    }
    if let name, settings.config.sessions[name] == nil { throw missing("[sso-session \(name)]") }
    guard let region = settingsOfSession["sso_region"] else { throw missing("sso_region") }
    guard Endpoint.isHostLabel(region) else { throw missing("valid sso_region") }
    guard let url = settingsOfSession["sso_start_url"] else { throw missing("sso_start_url") }
    guard let account = section["sso_account_id"] else { throw missing("sso_account_id") }
    guard let role = section["sso_role_name"] else { throw missing("sso_role_name") }
    return Session(cacheKey: name ?? url, region: region, account: account, role: role)
  }

  private func roleCredentials(_ session: Session, token: String) async throws -> Credentials {
    let endpoint = try settings.endpoint(.sso, for: scope, region: session.region)
    let query = PercentEncoding.form([
      ("role_name", session.role), ("account_id", session.account),
    ])
    let call = AWSCall(
      account: scope.name, region: session.region, host: endpoint.host,
      action: "sso:GetRoleCredentials", resource: "\(session.role) in \(session.account)")
    let request = HTTPRequest(
      url: "\(endpoint.url)/federation/credentials?\(query)",
      headers: ["x-amz-sso_bearer_token": token, "User-Agent": "cdtop"], timeout: .seconds(20))
    let response = try await caller.value(
      ServiceCaller.Operation(request: request, service: .sso, call: call), by: .none)
    let answer: Answer = try JSONAnswer.decode(response, in: call)
    let keys = answer.roleCredentials
    return Credentials(
      accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey,
      sessionToken: keys.sessionToken,
      expiresAt: keys.expiration.map { Date(timeIntervalSince1970: $0 / 1_000) })
  }
}
