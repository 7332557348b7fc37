import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

@Suite struct FaultTests {
  static let call = AWSCall(
    account: "acme-dev", region: "ap-northeast-2", host: "codebuild.ap-northeast-2.amazonaws.com",
    action: "codebuild:BatchGetBuilds", resource: "project/shop-dev")

  private func error(
    _ response: HTTPResponse, waits: Waits = Waits(), retry: RetryPolicy = .standard
  ) async throws -> AWSError {
    let client = try clients(ScriptedTransport(response), retry: retry, waits: waits)
      .client(for: seoul)
    return try #require(await failure { try await client.builds(ids: ["shop-dev:1"]) })
  }

  @Test func namesTheActionThatIsNotAllowed() async throws {
    let error = try await error(
      .text(
        #"{"__type":"com.amazon.coral#AccessDeniedException","Message":"User: x is not authorized"}"#,
        status: 400))
    #expect(
      error == .accessDenied(Self.call, reason: "AccessDeniedException: User: x is not authorized"))
    #expect(
      error.message
        == "access denied: codebuild:BatchGetBuilds on project/shop-dev (acme-dev, "
        + "ap-northeast-2, codebuild.ap-northeast-2.amazonaws.com): AccessDeniedException: "
        + "User: x is not authorized")
    #expect(error.remedy.contains("codebuild:BatchGetBuilds on project/shop-dev"))
  }

  @Test(arguments: [
    (
      HTTPResponse.text(#"{"__type":"ExpiredTokenException","message":"old"}"#, status: 400),
      AWSError.expiredToken(call, reason: "old")
    ),
    (
      .text(#"{"__type":"UnrecognizedClientException","message":"bad"}"#, status: 400),
      .badCredentials(call, reason: "UnrecognizedClientException: bad")
    ),
    (
      .text(#"{"code":"ResourceNotFoundException:http://x/","message":"no"}"#, status: 400),
      .notFound(call, what: "project/shop-dev")
    ),
    (
      .text(#"{"__type":"InvalidInputException","message":"bad id"}"#, status: 400),
      .refused(call, code: "InvalidInputException", reason: "bad id")
    ),
    (
      HTTPResponse(status: 400, headers: ["x-amzn-ErrorType": "InvalidInputException:http://x"]),
      .refused(call, code: "InvalidInputException", reason: "")
    ),
    (HTTPResponse(status: 403), .accessDenied(call, reason: "")),
    (
      .text("<html><title>500 Internal Server Error</title></html>", status: 500),
      .server(
        call, status: 500, reason: "not an AWS answer but a page: 500 Internal Server Error")
    ),
    (HTTPResponse(status: 503), .server(call, status: 503, reason: "")),
    (
      .text("<html>sign in</html>", headers: ["Content-Type": "text/html"]),
      .badPayload(call, reason: "20 bytes of text/html that are no whole JSON")
    ),
    (HTTPResponse(status: 200), .badPayload(call, reason: "the body is empty")),
    (
      .text(#"{"builds":[{"id":7}]}"#),
      .badPayload(call, reason: "unexpected value at builds.0.id")
    ),
    (.text(#"{"builds":[{}]}"#), .badPayload(call, reason: "builds.0.id is missing")),
    (
      .text(
        "<Error><Code>AccessDenied</Code><Message>a &lt;b&gt; &#x26;&#38;</Message></Error>",
        status: 403),
      .accessDenied(call, reason: "AccessDenied: a <b> &&")
    ),
  ])
  func readsFaults(_ response: HTTPResponse, _ expected: AWSError) async throws {
    #expect(try await error(response) == expected)
  }

  @Test func triesThreeTimesOnThrottlingAndDoublesTheWait() async throws {
    let transport = ScriptedTransport(
      .text(#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#, status: 400))
    let waits = Waits()
    let client = try clients(transport, retry: .standard, waits: waits).client(for: seoul)
    let error = await failure { try await client.builds(ids: ["shop-dev:1"]) }
    #expect(error == .throttled(Self.call, retryAfter: nil))
    #expect(error?.isThrottling == true)
    #expect(transport.sent.count == 3)
    #expect(waits.durations == [.seconds(1), .seconds(2)])
  }

  @Test func succeedsAfterATransientFault() async throws {
    let transport = ScriptedTransport(HTTPResponse(status: 502), .text(#"{"ids":["p:1"]}"#))
    let client = try clients(transport, retry: .standard).client(for: seoul)
    #expect(try await client.listBuilds(project: "p") == ["p:1"])
    #expect(transport.sent.count == 2)
  }

  @Test func obeysRetryAfterAndLeavesALongOneToTheCaller() async throws {
    let short = Waits()
    _ = try await error(HTTPResponse(status: 429, headers: ["Retry-After": "5"]), waits: short)
    #expect(short.durations == [.seconds(5), .seconds(5)])
    let long = Waits()
    let error = try await error(
      HTTPResponse(status: 429, headers: ["Retry-After": "120"]), waits: long)
    #expect(error.retryAfter == .seconds(120))
    #expect(long.durations.isEmpty)
  }

  @Test func obeysMaxAttemptsOfTheEnvironment() async throws {
    let transport = ScriptedTransport(HTTPResponse(status: 500))
    let client = try clients(
      transport, environment: ["AWS_MAX_ATTEMPTS": "5"], retry: .standard
    ).client(for: seoul)
    _ = await failure { try await client.listBuilds(project: "p") }
    #expect(transport.sent.count == 5)
  }

  @Test func doesNotRepeatWhatCannotGoBetter() async throws {
    for code in ["AccessDeniedException", "InvalidInputException", "InvalidSignatureException"] {
      let transport = ScriptedTransport(.text(#"{"__type":"\#(code)"}"#, status: 400))
      let client = try clients(transport, retry: .standard).client(for: seoul)
      _ = await failure { try await client.listBuilds(project: "p") }
      #expect(transport.sent.count == 1)
    }
  }

  @Test func repeatsAfterNetworkFailuresAndReportsTheLast() async throws {
    let lost = TransportError.connectionLost(host: "h", reason: "reset")
    let transport = ScriptedTransport { _, _ in throw lost }
    let client = try clients(transport, retry: .standard).client(for: seoul)
    let error = await failure { try await client.builds(ids: ["shop-dev:1"]) }
    #expect(error == .transport(Self.call, lost))
    #expect(transport.sent.count == 3)
    let url = ScriptedTransport { _, _ in throw TransportError.invalidURL("x") }
    _ = await failure { try await clients(url).client(for: seoul).listBuilds(project: "p") }
    #expect(url.sent.count == 1)
  }

  @Test func staysCancelledWhenCancelled() async throws {
    let transport = ScriptedTransport { _, _ in throw CancellationError() }
    let client = try clients(transport, retry: .standard).client(for: seoul)
    await #expect(throws: CancellationError.self) { try await client.listBuilds(project: "p") }
    #expect(transport.sent.count == 1)
  }

  @Test(arguments: [(-600.0, "behind"), (600, "ahead of")])
  func blamesTheClockWhereItIsWrong(_ seconds: Double, _ word: String) async throws {
    let date = "Mon, 23 Nov 2026 01:02:03 GMT"
    let transport = ScriptedTransport(
      .text(
        #"{"__type":"InvalidSignatureException","message":"Signature expired\n\nThe Canonical"}"#,
        status: 400, headers: ["Date": date]))
    let client = try clients(transport, now: { testTime.addingTimeInterval(seconds) })
      .client(for: seoul)
    let error = await failure { try await client.builds(ids: ["shop-dev:1"]) }
    #expect(
      error
        == .signatureMismatch(
          Self.call, reason: "InvalidSignatureException: Signature expired",
          clockSkew: .seconds(seconds)))
    #expect(error?.message.contains("this clock is 10 min \(word) the server's") == true)
    #expect(error?.remedy.contains("clock") == true)
  }

  @Test func blamesTheSecretWhereTheClockIsRight() async throws {
    let error = try await error(
      .text(
        #"{"__type":"InvalidSignatureException"}"#, status: 400,
        headers: ["Date": "Mon, 23 Nov 2026 01:04:00 GMT"]))
    #expect(
      error
        == .signatureMismatch(Self.call, reason: "InvalidSignatureException", clockSkew: nil))
    #expect(error.remedy.contains("secret access key"))
  }

  @Test func neverRepeatsSecretsThatTheServerQuotes() async throws {
    let secret = FixedProvider().credentials.secretAccessKey
    let error = try await error(
      .text(#"{"__type":"InvalidInputException","message":"saw \#(secret) here"}"#, status: 400))
    #expect(error.message.contains("saw [redacted] here"))
    #expect(!error.description.contains(secret))
  }

  @Test func hasAMessageAndARemedyForEverything() {
    let errors: [AWSError] = [
      .noCredentials(account: "a", reason: "r", remedy: "do"),
      .badConfiguration(file: nil, line: nil, reason: "r", remedy: "do"),
      .noRegion(account: "a"), .accessDenied(Self.call, reason: ""),
      .badCredentials(Self.call, reason: ""), .expiredToken(Self.call, reason: ""),
      .signatureMismatch(Self.call, reason: "", clockSkew: nil),
      .throttled(Self.call, retryAfter: .seconds(2)), .notFound(Self.call, what: "x"),
      .wrongRegion(Self.call, right: "eu-west-1"), .refused(Self.call, code: "C", reason: ""),
      .server(Self.call, status: 500, reason: ""), .badPayload(Self.call, reason: "r"),
      .transport(Self.call, .timedOut(host: "h", after: .seconds(1))),
    ]
    for error in errors {
      #expect(!error.message.isEmpty && !error.message.hasSuffix("."))
      #expect(error.remedy.isEmpty == false)
      if error.call != nil {
        #expect(error.message.contains("acme-dev, ap-northeast-2, codebuild."))
      }
    }
  }
}
