import Deploys
import Foundation
import Transport

/// The few calls of STS that give identity and credentials.
struct SecurityTokenService: Sendable {
  /// The settings with which a role is assumed.
  struct RoleRequest: Sendable, Hashable {
    var roleARN: String
    var sessionName: String
    var externalID: String?
    var duration: String?
  }

  let endpoint: Endpoint
  let region: String
  /// The account's name in messages.
  let account: String
  let caller: ServiceCaller

  /// The account of whoever signs.
  func accountID(by identity: ServiceCaller.Identity) async throws -> String {
    let (response, call) = try await post("GetCallerIdentity", [], on: nil, by: identity)
    guard let id = XMLText.first("Account", in: response.body) else {
      throw AWSError.badPayload(call, reason: "no Account in it")
    }
    return id
  }

  /// Temporary credentials of a role.
  func assume(_ role: RoleRequest, with source: Credentials) async throws -> Credentials {
    var parameters = [("RoleArn", role.roleARN), ("RoleSessionName", role.sessionName)]
    if let duration = role.duration { parameters.append(("DurationSeconds", duration)) }
    if let externalID = role.externalID { parameters.append(("ExternalId", externalID)) }
    return try await credentials("AssumeRole", parameters, role, by: .fixed(source))
  }

  /// Temporary credentials of a role for a token of another identity provider; nobody signs.
  func assume(_ role: RoleRequest, webIdentityToken token: String) async throws -> Credentials {
    var parameters = [("RoleArn", role.roleARN), ("RoleSessionName", role.sessionName)]
    if let duration = role.duration { parameters.append(("DurationSeconds", duration)) }
    parameters.append(("WebIdentityToken", token))
    return try await credentials("AssumeRoleWithWebIdentity", parameters, role, by: .none)
  }

  private func credentials(
    _ operation: String, _ parameters: [(String, String)], _ role: RoleRequest,
    by identity: ServiceCaller.Identity
  ) async throws -> Credentials {
    let (response, call) = try await post(operation, parameters, on: role.roleARN, by: identity)
    guard let id = XMLText.first("AccessKeyId", in: response.body),
      let secret = XMLText.first("SecretAccessKey", in: response.body),
      let token = XMLText.first("SessionToken", in: response.body)
    else { throw AWSError.badPayload(call, reason: "no credentials in it") }
    let expiry = XMLText.first("Expiration", in: response.body)
    return Credentials(
      accessKeyID: id, secretAccessKey: secret, sessionToken: token,
      expiresAt: expiry.flatMap(Timestamp.date(iso8601:)))
  }

  private func post(
    _ operation: String, _ parameters: [(String, String)], on resource: String?,
    by identity: ServiceCaller.Identity
  ) async throws -> (HTTPResponse, AWSCall) {
    let body = PercentEncoding.form(
      [("Action", operation), ("Version", "2011-06-15")] + parameters)
    let request = HTTPRequest(
      method: "POST", url: endpoint.url + "/",
      headers: [
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "User-Agent": "cdtop",
      ],
      body: Data(body.utf8), timeout: .seconds(20))
    let call = AWSCall(
      account: account, region: region, host: endpoint.host, action: "sts:\(operation)",
      resource: resource)
    let response = try await caller.value(
      ServiceCaller.Operation(request: request, service: .sts, call: call), by: identity)
    return (response, call)
  }
}
