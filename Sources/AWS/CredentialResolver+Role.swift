import Deploys
import Foundation

extension CredentialResolver {
  /// The credentials of a profile with `role_arn`.
  /// - Parameters:
  ///   - section: The profile.
  ///   - chain: The profiles that led to it, the first one first.
  /// - Returns: Temporary credentials.
  /// - Throws: ``AWSError``.
  func role(of section: SharedConfig.Section, after chain: [String]) async throws -> Credentials {
    let request = SecurityTokenService.RoleRequest(
      roleARN: section["role_arn"] ?? "", sessionName: section["role_session_name"] ?? sessionName,
      externalID: section["external_id"], duration: section["duration_seconds"])
    if let serial = section["mfa_serial"] {
      throw AWSError.noCredentials(
        account: scope.name,
        reason: "profile '\(section.name)' needs a code of the MFA device \(serial)",
        remedy: "Let another tool ask for the code and hand the session over: "
          + "`credential_process`, or AWS_ACCESS_KEY_ID and AWS_SESSION_TOKEN.")
    }
    if let file = section["web_identity_token_file"] {
      return try await assume(request, tokenFile: file)
    }
    let source: Credentials
    switch (section["source_profile"], section["credential_source"]) {
    case (let name?, nil):
      source = try await sourceProfile(name, of: section, after: chain + [section.name])
    case (nil, let kind?):
      source = try await namedSource(kind, of: section)
    case (nil, nil), (.some, .some):
      throw misconfigured(
        section, "role_arn",
        "profile '\(section.name)' needs one of source_profile, credential_source and "
          + "web_identity_token_file beside role_arn")
    }
    return try await tokenService(of: section).assume(request, with: source)
  }

  /// The role that the environment's variables name, for a token in a file.
  func webIdentity() async throws -> Credentials? {
    guard let file = settings.variable("AWS_WEB_IDENTITY_TOKEN_FILE"),
      let role = settings.variable("AWS_ROLE_ARN")
    else { return nil }
    return try await assume(
      SecurityTokenService.RoleRequest(roleARN: role, sessionName: sessionName), tokenFile: file)
  }

  private func assume(
    _ request: SecurityTokenService.RoleRequest, tokenFile: String
  ) async throws -> Credentials {
    guard let token = try files.text(tokenFile) else {
      throw AWSError.badConfiguration(
        file: tokenFile, line: nil, reason: "there is no such web identity token file",
        remedy: "Check AWS_WEB_IDENTITY_TOKEN_FILE (web_identity_token_file).")
    }
    return try await tokenService().assume(
      request, webIdentityToken: token.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private func sourceProfile(
    _ name: String, of section: SharedConfig.Section, after chain: [String]
  ) async throws -> Credentials {
    guard let source = settings.config.profiles[name] else {
      throw misconfigured(
        section, "source_profile",
        "profile '\(section.name)' has source_profile '\(name)', which is in neither file")
    }
    // A profile may name itself: its own keys then assume its role.
    let hasKeys = source["aws_access_key_id"] != nil
    if source["role_arn"] != nil, !hasKeys {
      guard !chain.contains(name) else {
        throw misconfigured(
          section, "source_profile",
          "source_profile goes round in a circle: "
            + (chain + [name]).joined(separator: " → "))
      }
      return try await role(of: source, after: chain)
    }
    if let credentials = try await direct(source) { return credentials }
    throw misconfigured(
      section, "source_profile",
      "profile '\(name)', source_profile of '\(section.name)', holds no credentials")
  }

  private func namedSource(
    _ kind: String, of section: SharedConfig.Section
  ) async throws -> Credentials {
    let credentials: Credentials?
    switch kind.lowercased() {
    case "environment": credentials = try environmentKeys()
    case "ec2instancemetadata": credentials = try await instance()
    case "ecscontainer": credentials = try await container()
    default:
      throw misconfigured(
        section, "credential_source",
        "'\(kind)' is not one of Environment, Ec2InstanceMetadata and EcsContainer")
    }
    if let credentials { return credentials }
    throw misconfigured(
      section, "credential_source",
      "profile '\(section.name)' has credential_source \(kind), which gives no credentials here")
  }

  private func misconfigured(
    _ section: SharedConfig.Section, _ key: String, _ reason: String
  ) -> AWSError {
    .badConfiguration(
      file: section.values[key]?.file, line: section.values[key]?.line, reason: reason,
      remedy: "Correct \(key) of profile '\(section.name)'.")
  }
}
