import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct BuildLogTests {
  private func events(_ build: JSON, token: JSON?, _ fixture: Fixture) async throws -> JSON {
    var body: JSON = [
      "logGroupName": "/aws/codebuild/acme-dev-runner", "startFromHead": true,
      "logStreamName": .string(String(build.text("id").split(separator: ":").last ?? "")),
    ]
    if let token { body = body.adding(["nextToken": token]) }
    return try await fixture.aws("logs", "Logs_20140328.GetLogEvents", body, as: "acme-dev").json()
  }

  /// The newest build of the development account that meets a condition.
  private func build(_ fixture: Fixture, where test: (JSON) -> Bool) async throws -> JSON? {
    let ids = try await fixture.codeBuild(
      "ListBuildsForProject", ["projectName": "acme-dev-runner"])
    return try await fixture.codeBuild("BatchGetBuilds", ["ids": ids["ids"] ?? []])
      .list("builds").first(where: test)
  }

  @Test func aStreamComesToBeAndGrowsWhileItsBuildRuns() async throws {
    let fixture = Fixture()
    let early = try #require(
      try await build(fixture) { $0.text("currentPhase") == "PROVISIONING" })
    #expect(early["logs"]?.text("streamName").isEmpty == false)
    let refusal = try await events(early, token: nil, fixture)
    #expect(refusal.text("__type") == "ResourceNotFoundException")
    #expect(refusal.text("message") == "The specified log stream does not exist.")
    var lines: [String] = []
    var growths = 0
    var token: JSON?
    for _ in 0..<120 {
      fixture.clock.advance(by: .seconds(5))
      let page = try await events(early, token: token, fixture)
      guard let next = page["nextForwardToken"] else { continue }
      token = next
      lines += page.list("events").map { $0.text("message") }
      if !page.list("events").isEmpty { growths += 1 }
    }
    #expect(growths > 12)
    #expect(lines.contains { $0.contains("Running job: build") })
    #expect(lines.contains { $0.contains("Job build (20.x) completed with result: Succeeded") })
    #expect(lines.contains { $0.dropLast().contains("\r") && $0.contains("remaining") })
    #expect(lines.contains { $0.contains("[자원]") })
    #expect(Set(lines).count == lines.count)
  }

  @Test func pagesMayBeEmptyBeforeTheEnd() async throws {
    var scenario = Scenario.standard
    scenario.emptyLogPages = true
    let fixture = Fixture(scenario)
    let done = try #require(try await build(fixture) { $0.text("buildStatus") == "SUCCEEDED" })
    var body: JSON = [
      "logGroupName": "/aws/codebuild/acme-dev-runner", "startFromHead": true, "limit": 5,
      "logStreamName": .string(String(done.text("id").split(separator: ":").last ?? "")),
    ]
    var counts: [Int] = []
    var token: JSON?
    var isEnd = false
    while !isEnd, counts.count < 60 {
      let page = try await fixture.aws(
        "logs", "Logs_20140328.GetLogEvents", body, as: "acme-dev"
      ).json()
      counts.append(page.list("events").count)
      isEnd = page["nextForwardToken"] == token
      token = page["nextForwardToken"]
      body = [
        "logGroupName": "/aws/codebuild/acme-dev-runner", "startFromHead": true, "limit": 5,
        "logStreamName": body["logStreamName"] ?? nil, "nextToken": token ?? nil,
      ]
    }
    #expect(isEnd)
    #expect(counts.dropLast().contains(0))
    #expect(counts.reduce(0, +) > 20)
  }

  @Test func anAccountMayKeepNoLogsOrHideThem() async throws {
    var scenario = Scenario.standard
    scenario.logsOff = ["acme-dev"]
    var fixture = Fixture(scenario)
    var found = try #require(try await build(fixture) { $0.text("currentPhase") == "BUILD" })
    #expect(found["logs"]?["groupName"] == nil)
    #expect(found["logs"]?["cloudWatchLogs"]?.text("status") == "DISABLED")
    var answer = try await events(found, token: nil, fixture)
    #expect(answer.text("__type") == "ResourceNotFoundException")
    #expect(answer.text("message") == "The specified log group does not exist.")
    scenario.logsOff = []
    scenario.logsDenied = ["acme-dev"]
    fixture = Fixture(scenario)
    found = try #require(try await build(fixture) { $0.text("currentPhase") == "BUILD" })
    #expect(found["logs"]?.text("groupName").isEmpty == false)
    answer = try await events(found, token: nil, fixture)
    #expect(answer.text("__type") == "AccessDeniedException")
    #expect(answer.text("message").contains("logs:GetLogEvents"))
  }
}
