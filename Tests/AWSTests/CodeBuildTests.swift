import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

@Suite struct CodeBuildTests {
  @Test func listsTheNewestBuildsWithoutAnOrder() async throws {
    let transport = ScriptedTransport(
      .text(#"{"ids":["shop-dev:2","shop-dev:1"],"nextToken":"x"}"#))
    let client = try clients(transport).client(for: seoul)
    #expect(try await client.listBuilds(project: "shop-dev") == ["shop-dev:2", "shop-dev:1"])
    let request = try #require(transport.sent.first)
    #expect(request.method == "POST")
    #expect(request.url == "https://codebuild.ap-northeast-2.amazonaws.com/")
    #expect(request.headers["X-Amz-Target"] == "CodeBuild_20161006.ListBuildsForProject")
    #expect(request.headers["Content-Type"] == "application/x-amz-json-1.1")
    #expect(request.bodyText == #"{"projectName":"shop-dev"}"#)
    #expect(request.headers["Authorization"]?.contains("/ap-northeast-2/codebuild/") == true)
    #expect(transport.sent.count == 1)
  }

  @Test func readsABuild() async throws {
    let json = """
      {"builds":[{"id":"shop-dev:1","arn":"arn:aws:codebuild:ap-northeast-2:111122223333:build/x",
      "buildNumber":7,"buildStatus":"FAILED","currentPhase":"COMPLETED","startTime":1795395700.25,
      "endTime":"2026-11-23T01:02:03Z","initiator":"GitHub-Hookshot/951dca1","new":{"a":[1]},
      "environment":{"environmentVariables":[
        {"name":"CODEBUILD_WEBHOOK_RUN_ID","value":"42"},
        {"name":"A","value":"plain","type":"PLAINTEXT"},
        {"name":"B","value":"/path","type":"PARAMETER_STORE"},
        {"name":"C","value":"id","type":"SECRETS_MANAGER"}]},
      "logs":{"groupName":"/aws/codebuild/shop-dev","streamName":"1"},
      "phases":[{"phaseType":"SUBMITTED","phaseStatus":"SUCCEEDED","startTime":1795395700,
        "endTime":1795395701,"durationInSeconds":1,"contexts":[]},
        {"phaseType":"DOWNLOAD_SOURCE","phaseStatus":"SPLENDID","contexts":[
          {"statusCode":"CLIENT_ERROR","message":"no access"},{"statusCode":"","message":" "},
          {"message":"only words"},{}]},
        {"phaseType":"BUILD","startTime":1795395702}]}],"buildsNotFound":["shop-dev:9"]}
      """
    let client = try clients(ScriptedTransport(.text(json))).client(for: seoul)
    let builds = try await client.builds(ids: ["shop-dev:9", "shop-dev:1"])
    let build = try #require(builds.first)
    #expect(builds.count == 1)
    #expect(build.key == BuildKey(scope: seoul, id: "shop-dev:1"))
    #expect(build.account == "111122223333")
    #expect(build.number == 7)
    #expect(build.status == .failed)
    #expect(build.startedAt == Date(timeIntervalSince1970: 1_795_395_700.25))
    #expect(build.endedAt == testTime)
    #expect(build.isFromWebhook)
    #expect(build.variables == ["CODEBUILD_WEBHOOK_RUN_ID": "42", "A": "plain"])
    #expect(build.logGroup == "/aws/codebuild/shop-dev")
    #expect(build.logStream == "1")
    #expect(build.phases.map(\.name) == ["SUBMITTED", "DOWNLOAD_SOURCE", "BUILD"])
    #expect(build.phases[1].status == .other("SPLENDID"))
    #expect(build.phases[1].messages == ["CLIENT_ERROR: no access", "only words"])
    #expect(build.phases[2].status == nil)
    #expect(build.phases[2].endedAt == nil)
  }

  @Test func takesWhatAStandInLeavesOut() async throws {
    let json = """
      {"builds":[{"id":"p:1","buildStatus":"IN_PROGRESS","endTime":"2026-11-23T01:02:03Z",
      "logs":{"groupName":null,"streamName":null},"phases":null,"environment":{}},{"id":"p:2"}]}
      """
    let client = try clients(ScriptedTransport(.text(json))).client(for: seoul)
    let builds = try await client.builds(ids: ["p:1", "p:2"])
    #expect(builds.map(\.status) == [.inProgress, .other("UNKNOWN")])
    #expect(builds[0].endedAt == nil)
    #expect(builds[0].phases.isEmpty)
    let empty = try clients(ScriptedTransport(.text("{}"))).client(for: seoul)
    #expect(try await empty.builds(ids: ["p:1"]).isEmpty)
    #expect(try await empty.listBuilds(project: "p").isEmpty)
    #expect(try await empty.projects(names: ["p"]).isEmpty)
  }

  @Test func asksForAHundredAtATimeAndOnceForEach() async throws {
    let transport = ScriptedTransport { request, _ in
      let input = try JSONDecoder().decode([String: [String]].self, from: request.body)
      let builds = (input["ids"] ?? []).reversed().map { #"{"id":"\#($0)"}"# }
      return .text(#"{"builds":[\#(builds.joined(separator: ","))]}"#)
    }
    let client = try clients(transport).client(for: seoul)
    let ids = (1...250).map { "p:\($0)" }
    #expect(try await client.builds(ids: ids + ids).map(\.key.id) == ids)
    let sizes = try transport.sent.map {
      try JSONDecoder().decode([String: [String]].self, from: $0.body)["ids"]?.count
    }
    #expect(sizes == [100, 100, 50])
    #expect(try await client.builds(ids: []).isEmpty)
    #expect(transport.sent.count == 3)
  }

  @Test func readsAProject() async throws {
    let json = """
      {"projects":[{"name":"shop-dev","arn":"arn:x","concurrentBuildLimit":2,
      "timeoutInMinutes":60,"queuedTimeoutInMinutes":480,
      "source":{"type":"GITHUB","location":"https://github.com/acme/shop.git"},
      "logsConfig":{"cloudWatchLogs":{"status":"ENABLED"}},
      "webhook":{"status":"ACTIVE","scopeConfiguration":{"scope":"GITHUB_ORGANIZATION"},
        "filterGroups":[[{"type":"EVENT","pattern":"WORKFLOW_JOB_QUEUED"},
        {"type":"WORKFLOW_NAME","pattern":"^x$","excludeMatchedPattern":true},{"type":"HALF"}]]}},
      {"name":"bare","logsConfig":{"cloudWatchLogs":{"status":"DISABLED","groupName":"g"}}}],
      "projectsNotFound":["gone"]}
      """
    let client = try clients(ScriptedTransport(.text(json))).client(for: seoul)
    let projects = try await client.projects(names: ["bare", "gone", "shop-dev"])
    #expect(projects.map(\.name) == ["bare", "shop-dev"])
    let project = projects[1]
    #expect(project.concurrentBuildLimit == 2)
    #expect(project.timeout == .seconds(3_600))
    #expect(project.queuedTimeout == .seconds(28_800))
    #expect(project.logGroup == "/aws/codebuild/shop-dev")
    #expect(project.webhook?.status == "ACTIVE")
    #expect(project.webhook?.scope == "GITHUB_ORGANIZATION")
    #expect(
      project.webhook?.filterGroups == [
        [
          ProjectWebhook.Filter(type: "EVENT", pattern: "WORKFLOW_JOB_QUEUED"),
          ProjectWebhook.Filter(type: "WORKFLOW_NAME", pattern: "^x$", isExcluding: true),
        ]
      ])
    #expect(projects[0].logGroup == nil)
    #expect(projects[0].webhook == nil)
  }

  @Test func asksForTheAccountOnce() async throws {
    let transport = ScriptedTransport(
      .text("<R><Arn>arn:aws:sts::1:x</Arn><Account>111122223333</Account></R>"))
    let client = try clients(transport).client(for: seoul)
    #expect(try await client.accountID() == "111122223333")
    #expect(try await client.accountID() == "111122223333")
    let request = try #require(transport.sent.first)
    #expect(transport.sent.count == 1)
    #expect(request.url == "https://sts.ap-northeast-2.amazonaws.com/")
    #expect(request.bodyText == "Action=GetCallerIdentity&Version=2011-06-15")
  }
}
