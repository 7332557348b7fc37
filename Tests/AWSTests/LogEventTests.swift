import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

@Suite struct LogEventTests {
  private let group = "/aws/codebuild/shop-dev"
  private let stream = "0a1b-2c"

  private func client(
    _ transport: ScriptedTransport, _ scope: AWSScope = seoul, retry: RetryPolicy = .none
  ) throws -> AWSClient {
    try clients(transport, retry: retry).client(for: scope)
  }

  @Test func asksFromTheBeginningWithATokenForTheRest() async throws {
    let transport = ScriptedTransport(
      .text(
        #"""
        {"events":[{"timestamp":1795395723250,"message":"first\n","ingestionTime":1},
        {"timestamp":"1795395724000","message":"Running job: 배포"},
        {"timestamp":"2026-11-23T01:02:05Z","message":"text"},{"message":null}],
        "nextForwardToken":"f/1","nextBackwardToken":"b/1","more":{}}
        """#),
      .text(#"{"events":[],"nextForwardToken":"f/2"}"#),
      .text(#"{"nextForwardToken":"f/2"}"#))
    let client = try client(transport)
    let first = try await client.logEvents(group: group, stream: stream)
    #expect(
      first.events == [
        LogEvent(time: testTime + 0.25, message: "first\n"),
        LogEvent(time: testTime + 1, message: "Running job: 배포"),
        LogEvent(time: testTime + 2, message: "text"),
      ])
    #expect(first.nextToken == "f/1")
    #expect(!first.isEnd)
    let second = try await client.logEvents(group: group, stream: stream, after: first.nextToken)
    // An empty page is not the end; the same token given back is.
    #expect(second == LogEventPage(events: [], nextToken: "f/2", isEnd: false))
    let third = try await client.logEvents(group: group, stream: stream, after: second.nextToken)
    #expect(third == LogEventPage(events: [], nextToken: "f/2", isEnd: true))

    for request in transport.sent {
      #expect(request.url == "https://logs.ap-northeast-2.amazonaws.com/")
      #expect(request.headers["X-Amz-Target"] == "Logs_20140328.GetLogEvents")
      #expect(request.headers["Content-Type"] == "application/x-amz-json-1.1")
      #expect(
        request.headers["Authorization"]?.contains("/ap-northeast-2/logs/aws4_request") == true)
    }
    let body = try #require(
      try JSONSerialization.jsonObject(with: transport.sent[0].body) as? [String: NSObject])
    #expect(
      body == [
        "logGroupName": group as NSString, "logStreamName": stream as NSString,
        "startFromHead": NSNumber(value: true), "limit": NSNumber(value: 10_000),
      ])
    #expect(transport.sent[1].bodyText.contains(#""nextToken":"f\/1""#))
  }

  @Test(arguments: [
    "The specified log group does not exist.", "The specified log stream does not exist.",
  ])
  func tellsAStreamThatIsNotThere(_ message: String) async throws {
    let transport = ScriptedTransport(
      .text(#"{"__type":"ResourceNotFoundException","message":"\#(message)"}"#, status: 400))
    let client = try client(transport)
    let error = await failure { try await client.logEvents(group: group, stream: stream) }
    guard case .notFound(let call, let what)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(what == "log stream 0a1b-2c of /aws/codebuild/shop-dev")
    #expect(call.action == "logs:GetLogEvents")
  }

  @Test(arguments: [
    ("ap-northeast-2", "arn:aws:logs:ap-northeast-2:*:log-group:/aws/codebuild/shop-dev:*"),
    ("cn-north-1", "arn:aws-cn:logs:cn-north-1:*:log-group:/aws/codebuild/shop-dev:*"),
    ("us-gov-west-1", "arn:aws-us-gov:logs:us-gov-west-1:*:log-group:/aws/codebuild/shop-dev:*"),
  ])
  func namesWhatHasToBeAllowed(_ region: String, _ resource: String) async throws {
    let transport = ScriptedTransport(
      .text(
        #"{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User is not"}"#,
        status: 400))
    let client = try client(transport, AWSScope(profile: "acme", region: region))
    let error = await failure { try await client.logEvents(group: group, stream: stream) }
    guard case .accessDenied? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(error?.remedy.contains("Allow logs:GetLogEvents on \(resource)") == true)
  }

  @Test func namesTheAccountWhereItIsKnown() async throws {
    let transport = ScriptedTransport { request, _ in
      request.url.contains("//sts.")
        ? .text("<Account>111122223333</Account>")
        : .text(#"{"__type":"AccessDeniedException"}"#, status: 400)
    }
    let client = try client(transport)
    _ = try await client.accountID()
    let error = await failure { try await client.logEvents(group: group, stream: stream) }
    #expect(
      error?.call?.resource
        == "arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/codebuild/shop-dev:*")
  }

  @Test func waitsWhereItIsThrottled() async throws {
    let transport = ScriptedTransport(
      .text(#"{"__type":"ThrottlingException"}"#, status: 400),
      .text(#"{"events":[],"nextForwardToken":"f/1"}"#))
    let client = try client(transport, retry: .standard)
    let page = try await client.logEvents(group: group, stream: stream)
    #expect(page.nextToken == "f/1")
    #expect(transport.sent.count == 2)
  }

  @Test func anAnswerWithoutATokenMakesNoSense() async throws {
    let client = try client(ScriptedTransport(.text(#"{"events":[]}"#)))
    let error = await failure { try await client.logEvents(group: group, stream: stream) }
    guard case .badPayload(_, "nextForwardToken is missing")? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }

  @Test func isAskedWhereTheSettingsSay() async throws {
    let answer = HTTPResponse.text(#"{"events":[],"nextForwardToken":"f/1"}"#)
    let config = """
      [profile acme-dev]
      services = local
      [services local]
      cloudwatch_logs =
        endpoint_url = http://services:2
      """
    for (environment, url) in [
      (["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://variable:1"], "http://variable:1/"),
      ([:], "http://services:2/"),
    ] {
      let transport = ScriptedTransport(answer)
      let client = try clients(
        transport, environment: environment, files: files(["/home/kim/.aws/config": config])
      ).client(for: seoul)
      _ = try await client.logEvents(group: group, stream: stream)
      #expect(transport.sent[0].url == url)
    }
  }
}
