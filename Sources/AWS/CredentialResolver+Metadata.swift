import Deploys
import Foundation
import Transport

extension CredentialResolver {
  /// What the container's agent gives; `nil` where no variable names one.
  ///
  /// Source: botocore's `ContainerMetadataFetcher`, which also limits plain HTTP to these hosts.
  func container() async throws -> Credentials? {
    let url: String
    if let path = settings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      url = "http://169.254.170.2\(path)"
    } else if let full = settings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
      url = full
    } else {
      return nil
    }
    let request = HTTPRequest(url: url, timeout: .seconds(2))
    guard url.hasPrefix("https://") || Self.isLocal(request.host) else {
      throw AWSError.badConfiguration(
        file: nil, line: nil,
        reason: "AWS_CONTAINER_CREDENTIALS_FULL_URI names \(request.host) without HTTPS",
        remedy: "Use HTTPS, or the loopback address of the agent.")
    }
    return try await metadata(request, headers: try containerToken(), "container credentials")
  }

  /// What the instance's metadata service gives, by its second version; `nil` where none answers.
  func instance() async throws -> Credentials? {
    guard settings.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
    let base =
      settings.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"
    let root = base.hasSuffix("/") ? String(base.dropLast()) : base
    let ask = HTTPRequest(
      method: "PUT", url: "\(root)/latest/api/token",
      headers: ["X-aws-ec2-metadata-token-ttl-seconds": "21600"], timeout: .seconds(1))
    // Most machines have no such service: silence means that there is nothing to find here.
    guard let token = try? await caller.transport.send(ask), token.isSuccess else { return nil }
    let headers: HTTPHeaders = [
      "X-aws-ec2-metadata-token": String(decoding: token.body, as: UTF8.self)
    ]
    let roles = "\(root)/latest/meta-data/iam/security-credentials/"
    let list = HTTPRequest(url: roles, headers: headers, timeout: .seconds(1))
    guard let answer = try? await caller.transport.send(list), answer.isSuccess else { return nil }
    let role = String(decoding: answer.body, as: UTF8.self).prefix { !$0.isNewline }
    guard !role.isEmpty else { return nil }
    let request = HTTPRequest(
      url: roles + PercentEncoding.encode(role), headers: headers, timeout: .seconds(1))
    return try await metadata(request, headers: headers, "instance role")
  }

  private struct Document: Decodable {
    var accessKeyId: String
    var secretAccessKey: String
    var token: String?
    var expiration: String?

    enum CodingKeys: String, CodingKey {
      case accessKeyId = "AccessKeyId"
      case secretAccessKey = "SecretAccessKey"
      case token = "Token"
      case expiration = "Expiration"
    }
  }

  private func metadata(
    _ request: HTTPRequest, headers: HTTPHeaders, _ what: String
  ) async throws -> Credentials {
    var request = request
    request.headers = headers
    let call = AWSCall(
      account: scope.name, region: "this machine", host: request.host, action: what)
    var single = caller
    single.retry = .none
    let response = try await single.value(
      ServiceCaller.Operation(request: request, service: .sts, call: call), by: .none)
    let document: Document = try JSONAnswer.decode(response, in: call)
    return Credentials(
      accessKeyID: document.accessKeyId, secretAccessKey: document.secretAccessKey,
      sessionToken: document.token,
      expiresAt: document.expiration.flatMap(Timestamp.date(iso8601:)))
  }

  private func containerToken() throws -> HTTPHeaders {
    if let file = settings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      let token = try files.text(file) ?? ""
      return ["Authorization": token.trimmingCharacters(in: .whitespacesAndNewlines)]
    }
    guard let token = settings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN") else { return [:] }
    return ["Authorization": token]
  }

  private static func isLocal(_ host: String) -> Bool {
    let name =
      host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    return [
      "localhost", "127.0.0.1", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]",
    ].contains(String(name))
  }
}
