import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

@Suite struct StopBuildTests {
  private static let call = AWSCall(
    account: "acme-dev", region: "ap-northeast-2", host: "codebuild.ap-northeast-2.amazonaws.com",
    action: "codebuild:StopBuild", resource: "project/shop-dev")
  private static let id = "shop-dev:0f9c/\"x"

  /// The error that ending a build ends with.
  private func error(_ transport: ScriptedTransport, waits: Waits = Waits()) async throws
    -> AWSError
  {
    let client = try clients(transport, retry: .standard, waits: waits).client(for: seoul)
    return try #require(await failure { try await client.stopBuild(id: Self.id) })
  }

  @Test func sendsWhatItPlans() async throws {
    let transport = ScriptedTransport(.text(#"{"build":{"id":"shop-dev:0f9c"}}"#))
    let client = try clients(transport).client(for: seoul)
    let planned = client.planned(stopBuild: Self.id)
    #expect(transport.sent.isEmpty)
    #expect(
      planned
        == PlannedRequest(
          method: "POST", url: "https://codebuild.ap-northeast-2.amazonaws.com/",
          body: #"{"id":"shop-dev:0f9c/\"x"}"#, operation: "CodeBuild_20161006.StopBuild"))
    try await client.stopBuild(id: Self.id)
    let request = try #require(transport.sent.first)
    #expect(transport.sent.count == 1)
    #expect(request.method == planned.method)
    #expect(request.url == planned.url)
    #expect(request.bodyText == planned.body)
    #expect(request.headers["X-Amz-Target"] == planned.operation)
    #expect(request.headers["Authorization"]?.contains("AWS4-HMAC-SHA256") == true)
    #expect(request.needsFreshConnection)
  }

  @Test(arguments: ["", "{}", "nonsense"])
  func isTakenWhateverTheBodyOfASuccessIs(_ body: String) async throws {
    let response = HTTPResponse.text(body, headers: ["Content-Type": "text/html; charset=utf-8"])
    let client = try clients(ScriptedTransport(response)).client(for: seoul)
    try await client.stopBuild(id: Self.id)
  }

  @Test(arguments: [
    HTTPResponse(status: 500), HTTPResponse(status: 502),
    .text(#"{"__type":"InternalFailure"}"#, status: 500),
    HTTPResponse(status: 503, headers: ["Retry-After": "1"]),
    .text("\n <html>Sign in"),
  ])
  func isSentOnceWhereItMayHaveBeenTaken(_ response: HTTPResponse) async throws {
    let transport = ScriptedTransport(response)
    #expect(try await error(transport).mayHaveBeenTaken)
    #expect(transport.sent.count == 1)
  }

  @Test(arguments: [
    TransportError.connectionLost(host: "h", reason: "reset"),
    .timedOut(host: "h", after: .seconds(20)), .tooLarge(host: "h", limit: 1),
  ])
  func isSentOnceWhereTheAnswerIsLost(_ lost: TransportError) async throws {
    let transport = ScriptedTransport { _, _ in throw lost }
    let error = try await error(transport)
    #expect(error == .transport(Self.call, lost))
    #expect(error.mayHaveBeenTaken)
    #expect(transport.sent.count == 1)
  }

  @Test(arguments: [
    (400, "AccessDeniedException"), (400, "InvalidInputException"),
    (400, "ResourceNotFoundException"), (403, "InvalidSignatureException"), (404, ""),
  ])
  func isSentOnceWhereItWasRefused(_ status: Int, _ code: String) async throws {
    let transport = ScriptedTransport(.text(#"{"__type":"\#(code)"}"#, status: status))
    let error = try await error(transport)
    #expect(!error.mayHaveBeenTaken)
    #expect(error.message.contains("shop-dev"))
    #expect(transport.sent.count == 1)
  }

  @Test func isSentAgainOnlyWhereItSurelyWasNotTaken() async throws {
    let waits = Waits()
    let unsent = TransportError.notSent(host: "h", reason: "connection refused")
    let transport = ScriptedTransport { _, number in
      switch number {
      case 0: throw unsent
      case 1: .text(#"{"__type":"ThrottlingException"}"#, status: 400)
      default: .text("{}")
      }
    }
    let client = try clients(transport, retry: .standard, waits: waits).client(for: seoul)
    try await client.stopBuild(id: Self.id)
    #expect(transport.sent.count == 3)
    #expect(waits.durations == [.seconds(1), .seconds(2)])

    let never = ScriptedTransport { _, _ in throw unsent }
    #expect(try await error(never).mayHaveBeenTaken == false)
    let throttled = ScriptedTransport(.text(#"{"__type":"ThrottlingException"}"#, status: 400))
    let limit = try await error(throttled)
    #expect(limit == .throttled(Self.call, retryAfter: nil))
    #expect(!limit.mayHaveBeenTaken)
  }

  @Test func namesThePermissionThatItTakes() async throws {
    let error = try await error(
      ScriptedTransport(.text(#"{"__type":"AccessDeniedException","Message":"no"}"#, status: 400)))
    #expect(error.remedy.contains("codebuild:StopBuild on project/shop-dev"))
  }
}
