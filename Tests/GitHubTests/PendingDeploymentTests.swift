import Deploys
import Foundation
import GitHub
import Testing
import Transport

@Suite("Reads for what an operator does")
struct PendingDeploymentTests {
  @Test("What holds a run back is read with its timer in minutes, people and teams")
  func pending() async throws {
    let body = """
      [{"environment":{"id":9007199254740993,"name":"prd","new":1},"wait_timer":90,
      "wait_timer_started_at":"2026-11-23T01:02:03Z","current_user_can_approve":true,
      "reviewers":[{"type":"User","reviewer":{"login":"ann","name":"Ann"}},
        {"type":"Team","reviewer":{"name":"Ops People","slug":"ops-people"}},
        {"type":"Robot","reviewer":{"name":"r2"}},{"type":"Team","reviewer":null},7]},
      {"environment":{"id":2,"name":null},"wait_timer":0,"wait_timer_started_at":null,
      "current_user_can_approve":false,"reviewers":[]},
      {"environment":{"id":3,"name":"qa"}},
      {"environment":{}},"odd"]
      """
    let stub = StubTransport([.success(.text(body))])
    let client = try Fixtures.client(stub)
    let pending = try await client.pendingDeployments(of: Fixtures.key)
    #expect(
      pending == [
        PendingDeployment(
          target: ReviewRequest.Target(id: 9_007_199_254_740_993, name: "prd"),
          waitTimer: .seconds(5400), waitingSince: Date(timeIntervalSince1970: 1_795_395_723),
          reviewers: ["ann", "@ops-people", "r2"], canApprove: true),
        PendingDeployment(target: ReviewRequest.Target(id: 2, name: "2"), canApprove: false),
        PendingDeployment(target: ReviewRequest.Target(id: 3, name: "qa"), canApprove: false),
      ])
    #expect(client.counts.skippedElements == 2)
    #expect(
      stub.requests.map(\.url) == [
        "https://api.github.com/repos/acme/shop/actions/runs/42/pending_deployments"
      ])
  }

  @Test("What the user may do is asked without condition each time")
  func pendingIsFresh() async throws {
    let stub = StubTransport([.success(.text("[]", headers: ["ETag": "e"]))])
    let client = try Fixtures.client(stub)
    for _ in 1...2 { #expect(try await client.pendingDeployments(of: Fixtures.key).isEmpty) }
    #expect(stub.requests.allSatisfy { $0.headers["If-None-Match"] == nil })
  }

  @Test("The names of environments come from every page")
  func environmentNames() async throws {
    let stub = StubTransport { request, number in
      .text(
        number == 1
          ? #"{"total_count":3,"environments":[{"id":1,"name":"dev"},{"id":2}]}"#
          : #"{"total_count":3,"environments":[{"id":3,"name":"p r/d"}]}"#,
        headers: number == 1 ? ["Link": #"<\#(request.url)&page=2>; rel="next""#] : [:])
    }
    let client = try Fixtures.client(stub)
    #expect(try await client.environmentNames(of: Fixtures.repository) == ["dev", "p r/d"])
    let empty = try Fixtures.client(StubTransport([.success(.text(#"{"total_count":0}"#))]))
    #expect(try await empty.environmentNames(of: Fixtures.repository).isEmpty)
  }

  @Test("The newest runs of a workflow are asked for by status and number")
  func newestRuns() async throws {
    let stub = StubTransport([
      .success(.text(Fixtures.runs([Fixtures.run(8, #""status":"completed""#), "{}"])))
    ])
    let client = try Fixtures.client(stub)
    let runs = try await client.newestRuns(
      of: 5, in: Fixtures.repository, status: "success", count: 1)
    #expect(runs.map(\.key.id) == [8])
    _ = try await client.newestRuns(of: 5, in: Fixtures.repository, status: nil, count: 0)
    let root = "https://api.github.com/repos/acme/shop/actions/workflows/5/runs"
    #expect(
      stub.requests.map(\.url) == [
        "\(root)?per_page=1&status=success", "\(root)?per_page=1",
      ])
  }

  @Test("One workflow is read with a state that is not known yet")
  func workflow() async throws {
    let body = #"{"id":5,"name":"","path":".github/workflows/a.yml","state":"disabled_by_moon"}"#
    let client = try Fixtures.client(StubTransport([.success(.text(body))]))
    let workflow = try await client.workflow(5, in: Fixtures.repository)
    #expect(
      workflow
        == Workflow(
          id: 5, name: ".github/workflows/a.yml", path: ".github/workflows/a.yml",
          state: "disabled_by_moon"))
    #expect(!workflow.isActive)
  }

  @Test(
    "GitHub's own examples are read",
    .enabled(if: Fixtures.hasData, "the API description is not beside the package"))
  func examples() async throws {
    let file = try #require(Fixtures.dataFolder)
      .appendingPathComponent("github-openapi-actions.json")
    let description = try APIDescription(try Data(contentsOf: file))
    let repository = Fixtures.repository
    func client(_ name: String) throws -> GitHubClient {
      try Fixtures.client(StubTransport([.success(try description.example(name))]))
    }

    let pending = try await client("pending-deployment-items")
      .pendingDeployments(of: Fixtures.key)
    #expect(pending.map(\.target.name) == ["staging"])
    #expect(pending.first?.waitTimer == .seconds(30 * 60))
    #expect(pending.first?.waitingSince != nil)
    #expect(pending.first?.reviewers == ["octocat", "@justice-league"])
    #expect(pending.first?.canApprove == true)

    let branches = try await client("short-branch-with-protection-items")
      .branches(of: repository, page: 1)
    #expect(branches.refs.map(\.name) == ["master"])
    #expect(branches.refs.first?.commit.count == 40)
    let tags = try await client("tag-items").tags(of: repository, page: 1)
    #expect(tags.refs.map(\.name) == ["v0.1"])
    #expect(tags.refs.first?.commit.count == 40)
    let workflow = try await client("workflow").workflow(1, in: repository)
    #expect(workflow.isActive)
    let environments = try await client("environments").environmentNames(of: repository)
    #expect(environments == ["staging"])
    let branch = try await client("workflow-paginated").defaultBranch(of: repository)
    #expect(branch == "master")
  }
}
