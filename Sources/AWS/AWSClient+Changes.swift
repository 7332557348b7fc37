package import Deploys
import Foundation
import Transport

extension AWSClient {
  /// The request that ending a build sends; nothing is sent.
  /// - Parameter id: The build's id, such as `shop-dev:1f0c…`.
  /// - Returns: The request without its signature.
  package func planned(stopBuild id: String) -> PlannedRequest {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    // Text always has a form in JSON.
    let body = (try? encoder.encode(["id": id])).map { String(decoding: $0, as: UTF8.self) }
    return PlannedRequest(
      method: "POST", url: endpoint(.codebuild).url + "/", body: body,
      operation: Self.stopBuildTarget)
  }

  /// Ends a build, at most once: it is not sent again once AWS may have taken it.
  ///
  /// What is sent is what ``planned(stopBuild:)`` tells. A build that has ended already stays as it
  /// is.
  /// - Parameter id: The build's id, such as `shop-dev:1f0c…`.
  /// - Throws: ``AWSError``, whose ``AWSError/mayHaveBeenTaken`` tells whether AWS may end the build
  ///   nevertheless.
  package func stopBuild(id: String) async throws {
    let planned = planned(stopBuild: id)
    var request = jsonRequest(
      url: planned.url, target: Self.stopBuildTarget, body: Data((planned.body ?? "").utf8))
    request.needsFreshConnection = true
    let call = call(
      "codebuild:StopBuild", on: Self.projects(of: [id]), host: endpoint(.codebuild).host)
    let operation = ServiceCaller.Operation(
      request: request, service: .codebuild, call: call, isChange: true)
    let response = try await caller.value(operation, by: identity)
    // A page comes from something on the way, and nobody knows what became of the call. Whatever else
    // the body of a success is, AWS has taken it. The type says nothing: stand-ins name it wrongly.
    if response.body.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "<") {
      throw AWSError.badPayload(call, reason: "a page instead of an answer")
    }
  }

  private static let stopBuildTarget = "CodeBuild_20161006.StopBuild"
}
