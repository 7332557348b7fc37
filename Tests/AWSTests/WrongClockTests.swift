import Deploys
import Foundation
import Synchronization
import Testing
import Transport

@testable import AWS

/// AWS with the right time, asked by a machine whose clock is wrong.
@Suite struct WrongClockTests {
  /// Refuses what was signed with another time than ``testTime``, in each service's words, and answers
  /// anything else.
  private func aws(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPResponse)
    -> ScriptedTransport
  {
    ScriptedTransport { request, _ in
      var response = Self.refusal(of: request) ?? answer(request)
      response.headers["Date"] = "Mon, 23 Nov 2026 01:02:03 GMT"
      return response
    }
  }

  private static func refusal(of request: HTTPRequest) -> HTTPResponse? {
    guard let text = request.headers["X-Amz-Date"],
      let hour = Int(text.dropFirst(9).prefix(2)), let minute = Int(text.dropFirst(11).prefix(2)),
      abs(hour * 60 + minute - 62) > 5
    else { return nil }
    let words = "Signature expired: \(text) is now earlier than 20261123T005703Z"
    if request.headers["X-Amz-Target"] != nil {
      return .text(
        #"{"__type":"InvalidSignatureException","message":"\#(words)"}"#, status: 400)
    }
    if request.url.contains("sts.") {
      return .text(
        "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>\(words)</Message>"
          + "</Error></ErrorResponse>", status: 403)
    }
    if request.method == "HEAD" { return HTTPResponse(status: 403) }
    return .text("<Error><Code>RequestTimeTooSkewed</Code></Error>", status: 403)
  }

  private func client(_ transport: ScriptedTransport, _ error: Double) throws -> AWSClient {
    try clients(transport, now: { testTime.addingTimeInterval(error) }).client(for: seoul)
  }

  private func times(_ transport: ScriptedTransport) -> [String] {
    transport.sent.compactMap { $0.headers["X-Amz-Date"] }
  }

  @Test(arguments: [3600.0, -3600, 90_000])
  func everyServiceIsAskedOnceMoreWithItsOwnTime(_ error: Double) async throws {
    let place = S3Location(bucket: "markers", key: "shop-dev:1.txt")
    let calls: [(String, HTTPResponse, @Sendable (AWSClient) async throws -> Void)] = [
      ("builds", .text(#"{"builds":[]}"#), { _ = try await $0.builds(ids: ["shop-dev:1"]) }),
      (
        "logs", .text(#"{"events":[],"nextForwardToken":"f/1"}"#),
        { _ = try await $0.logEvents(group: "g", stream: "s") }
      ),
      (
        "sts", .text("<R><Account>111122223333</Account></R>"), { _ = try await $0.accountID() }
      ),
      ("marker", .text("failed"), { _ = try await $0.markerContent(at: place) }),
      (
        "object", .text("x"),
        { try await $0.download(place, begin: { _ in }, body: { _ in }) }
      ),
    ]
    for (name, answer, call) in calls {
      let transport = aws { _ in answer }
      let client = try client(transport, error)
      try await call(client)
      let first = times(transport)
      #expect(first.count >= 2, "\(name)")
      // One second at most is what the whole seconds of the field leave open.
      #expect(first.dropFirst().allSatisfy { $0.hasPrefix("20261123T01020") }, "\(name): \(first)")
      try await call(client)
      #expect(
        times(transport).dropFirst(first.count).allSatisfy { $0.hasPrefix("20261123T01020") },
        "\(name) is signed rightly from then on")
    }
  }

  @Test func whatChangesSomethingIsSignedAnewTooForItWasNotTaken() async throws {
    let taken = Mutex(0)
    let transport = aws { _ in
      taken.withLock { $0 += 1 }
      return .text(#"{"build":{"id":"shop-dev:1"}}"#)
    }
    try await client(transport, 3600).stopBuild(id: "shop-dev:1")
    #expect(transport.sent.count == 2)
    #expect(taken.withLock { $0 } == 1)
  }

  @Test func isSentOnceMoreAndNoOftener() async throws {
    let transport = ScriptedTransport(
      .text(
        #"{"__type":"InvalidSignatureException","message":"Signature expired: x"}"#, status: 400,
        headers: ["Date": "Mon, 23 Nov 2026 01:02:03 GMT"]))
    let client = try client(transport, -3600)
    let error = await failure { try await client.stopBuild(id: "shop-dev:1") }
    #expect(transport.sent.count == 2)
    #expect(error?.mayHaveBeenTaken == false)
    #expect(error?.message.contains("60 min behind the server's") == true)
    #expect(error?.remedy.contains("timedatectl") == true)
  }

  @Test func aWrongKeyIsNotBlamedOnTheClock() async throws {
    let wrong = #"{"__type":"InvalidSignatureException","message":"does not match"}"#
    for (error, count) in [(0.0, 1), (200, 1), (3600, 2)] {
      let transport = ScriptedTransport(
        .text(wrong, status: 400, headers: ["Date": "Mon, 23 Nov 2026 01:02:03 GMT"]))
      let client = try client(transport, error)
      let found = await failure { try await client.builds(ids: ["shop-dev:1"]) }
      #expect(transport.sent.count == count)
      #expect(found?.remedy.contains("secret access key") == true)
    }
  }

  @Test func aServerThatTellsNoTimeIsNotAskedAgainAndTheClockIsNamed() async throws {
    let transport = ScriptedTransport(
      .text("<Error><Code>RequestTimeTooSkewed</Code></Error>", status: 403))
    let client = try client(transport, 3600)
    let error = await failure {
      try await client.markerContent(at: S3Location(bucket: "b", key: "k"))
    }
    #expect(error?.remedy.contains("clock") == true)
    #expect(times(transport).allSatisfy { $0.hasPrefix("20261123T020203") })
  }

  @Test func credentialsExpireByTheServersClock() async throws {
    let transport = ScriptedTransport { _, number in
      .text(
        sts("ROLE\(number)", expiration: "02:02:03"),
        headers: ["Date": "Mon, 23 Nov 2026 01:02:03 GMT"])
    }
    let chain = chain(
      ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"], transport: transport,
      now: { testTime.addingTimeInterval(3600) })
    let scope = AWSScope(region: "r-1", roleARN: "arn:aws:iam::1:role/x")
    for _ in 0..<3 {
      #expect(try await chain.credentials(for: scope).accessKeyID == "ROLE0")
    }
    #expect(transport.sent.count == 1)
  }

  @Test func aSignInThatSeemsToHaveRunOutIsJudgedByThePortal() async throws {
    let config = """
      [profile dev]
      sso_session = corp
      sso_account_id = 111122223333
      sso_role_name = ReadOnly
      [sso-session corp]
      sso_start_url = https://corp.example/start
      sso_region = us-east-2
      """
    let cache = "/home/kim/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"
    let token = #"{"accessToken":"bearer","expiresAt":"2026-11-23T01:32:03Z"}"#
    let transport = ScriptedTransport(
      .text(
        #"{"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"s","sessionToken":"t","#
          + #""expiration":1795399323000}}"#,
        headers: ["Date": "Mon, 23 Nov 2026 01:02:03 GMT"]))
    let chain = chain(
      [:], ["/home/kim/.aws/config": config, cache: token], transport: transport,
      now: { testTime.addingTimeInterval(3600) })
    #expect(try await chain.credentials(for: AWSScope(profile: "dev")).accessKeyID == "SSO")
    #expect(try await chain.credentials(for: AWSScope(profile: "dev")).accessKeyID == "SSO")
    #expect(transport.sent.count == 1)
  }
}
