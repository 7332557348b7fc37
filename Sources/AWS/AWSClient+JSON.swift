import Deploys
import Foundation
import Transport

extension AWSClient {
  /// Asks a service that speaks JSON 1.1.
  /// - Parameters:
  ///   - service: The service.
  ///   - target: The operation with the service's version before it.
  ///   - input: The operation's input.
  ///   - action: The action as a policy names it.
  ///   - resource: What it is about, for messages.
  /// - Returns: The operation's output.
  /// - Throws: ``AWSError``.
  func ask<Answer: Decodable>(
    _ service: AWSService, _ target: String, _ input: some Encodable, action: String,
    on resource: String
  ) async throws -> Answer {
    let endpoint = endpoint(service)
    let request = jsonRequest(
      url: endpoint.url + "/", target: target, body: try JSONEncoder().encode(input))
    let call = call(action, on: resource, host: endpoint.host)
    let response = try await caller.value(
      ServiceCaller.Operation(request: request, service: service, call: call), by: identity)
    return try JSONAnswer.decode(response, in: call)
  }

  /// Builds a request of a service that speaks JSON 1.1.
  func jsonRequest(url: String, target: String, body: Data) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: url,
      headers: [
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": target,
        "User-Agent": "cdtop",
      ],
      body: body, timeout: .seconds(20))
  }
}
