import Deploys
import Foundation
import Transport

/// Goes through the sources of credentials once, in botocore's order.
///
/// An explicit profile keeps the environment's keys out, and ends the search: what it cannot give
/// is not replaced by the machine's own role, which may belong to another account.
struct CredentialResolver: Sendable {
  let settings: AWSSettings
  let files: FileReader
  let caller: ServiceCaller
  let scope: AWSScope
  /// How long a `credential_process` may take.
  let commands: CommandLimit

  /// The credentials of the scope, with its role assumed on top where it names one.
  func resolve() async throws -> Credentials {
    let source = try await base()
    guard let role = scope.roleARN else { return source }
    return try await tokenService().assume(
      SecurityTokenService.RoleRequest(roleARN: role, sessionName: sessionName), with: source)
  }

  private func base() async throws -> Credentials {
    if let profile = scope.profile { return try await named(profile) }
    if let keys = try environmentKeys() { return keys }
    if let profile = settings.environmentProfile, settings.config.profiles[profile] == nil {
      throw settings.missingProfile(profile)
    }
    let name = settings.profileName(for: scope)
    if let section = settings.config.profiles[name], section["role_arn"] != nil {
      return try await role(of: section, after: [])
    }
    if let credentials = try await webIdentity() { return credentials }
    if let section = settings.config.profiles[name],
      let credentials = try await direct(section)
    {
      return credentials
    }
    if let credentials = try await container() { return credentials }
    if let credentials = try await instance() { return credentials }
    throw AWSError.noCredentials(
      account: scope.name,
      reason: "neither in the environment, nor as profile '\(name)' in "
        + "\(settings.config.files.joined(separator: " or ")), nor from a container or instance",
      remedy: "Set `profile` in the configuration's `aws` section, run `aws configure`, or set "
        + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
  }

  private func named(_ name: String) async throws -> Credentials {
    guard let section = settings.config.profiles[name] else { throw settings.missingProfile(name) }
    if section["role_arn"] != nil { return try await role(of: section, after: []) }
    if let credentials = try await direct(section) { return credentials }
    throw nothing(in: section)
  }

  /// What a profile gives without assuming a role; `nil` where it names no source.
  func direct(_ section: SharedConfig.Section) async throws -> Credentials? {
    if section["sso_session"] != nil || section["sso_start_url"] != nil {
      return try await signIn(section)
    }
    let config = settings.config
    if let keys = try staticKeys(config.credentialsFileProfiles[section.name]) { return keys }
    if let command = section.values["credential_process"], !command.text.isEmpty {
      return try await process(command, of: section)
    }
    if let keys = try staticKeys(config.configFileProfiles[section.name]) { return keys }
    if section["login_session"] != nil {
      throw AWSError.noCredentials(
        account: section.name, reason: "profile '\(section.name)' uses `aws login`",
        remedy: "Give it `credential_process = aws configure export-credentials --profile "
          + "\(section.name)` in a second profile, and use that one.")
    }
    return nil
  }

  /// The keys of the environment's variables.
  func environmentKeys() throws -> Credentials? {
    guard let id = settings.variable("AWS_ACCESS_KEY_ID") else { return nil }
    guard let secret = settings.variable("AWS_SECRET_ACCESS_KEY") else {
      throw AWSError.badConfiguration(
        file: nil, line: nil,
        reason: "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not",
        remedy: "Set both or none.")
    }
    return Credentials(
      accessKeyID: id, secretAccessKey: secret,
      sessionToken: settings.variable("AWS_SESSION_TOKEN")
        ?? settings.variable("AWS_SECURITY_TOKEN"),
      expiresAt: settings.variable("AWS_CREDENTIAL_EXPIRATION")
        .flatMap(Timestamp.date(iso8601:)))
  }

  private func staticKeys(_ section: SharedConfig.Section?) throws -> Credentials? {
    guard let section, let id = section["aws_access_key_id"] else { return nil }
    guard let secret = section["aws_secret_access_key"] else {
      throw AWSError.badConfiguration(
        file: section.values["aws_access_key_id"]?.file,
        line: section.values["aws_access_key_id"]?.line,
        reason: "profile '\(section.name)' has aws_access_key_id and no aws_secret_access_key",
        remedy: "Add the secret beside the id, or remove the id.")
    }
    return Credentials(
      accessKeyID: id, secretAccessKey: secret,
      sessionToken: section["aws_session_token"] ?? section["aws_security_token"])
  }

  private func nothing(in section: SharedConfig.Section) -> AWSError {
    .noCredentials(
      account: section.name,
      reason: "profile '\(section.name)' in \(settings.config.files.joined(separator: " or ")) "
        + "holds no keys, role, sign-in or credential_process",
      remedy: "Run `aws configure --profile \(section.name)`, or add one of them.")
  }

  /// STS, by the same rules for region and endpoint as any other service.
  func tokenService(
    of section: SharedConfig.Section? = nil
  ) throws -> SecurityTokenService {
    // STS has credentials for every region, so a profile without a region still gets some.
    let region = try settings.region(for: scope) ?? section?["region"] ?? "us-east-1"
    return SecurityTokenService(
      endpoint: try settings.endpoint(.sts, for: scope, region: region), region: region,
      account: scope.name, caller: caller)
  }

  /// The name by which the account's log shows who assumed a role.
  var sessionName: String { settings.variable("AWS_ROLE_SESSION_NAME") ?? "cdtop" }
}
