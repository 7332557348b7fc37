import Deploys
import Foundation
import GitHub
import Testing
import Transport

@Suite(
  "GitHub's own description of its API",
  .enabled(if: Fixtures.hasData, "the API description is not beside the package"))
struct APIDescriptionTests {
  /// Every request that the client knows to make.
  private func allRequests() async throws -> [HTTPRequest] {
    let stub = StubTransport { request, _ in
      switch request.url {
      case let url where url.hasSuffix("/user"): .text(#"{"login":"x"}"#)
      case let url where url.hasSuffix("/rate_limit"):
        .text(#"{"resources":{"core":{"limit":1,"remaining":1,"reset":1}}}"#)
      case let url where url.contains("/workflows?"): .text(#"{"workflows":[]}"#)
      case let url where url.hasSuffix("/workflows/5"): .text(#"{"id":5,"path":"p"}"#)
      case let url where url.contains("/environments?"): .text(#"{"environments":[]}"#)
      case let url where url.contains("/compare/"):
        .text(#"{"ahead_by":0,"behind_by":0,"commits":[]}"#)
      case let url
      where ["/branches?", "/tags?", "/matching-refs/", "/pending_"].contains(where: url.contains):
        .text("[]")
      case let url where url.hasSuffix("/logs") || url.hasSuffix("/zip"): .text("bytes")
      case let url where url.contains("/jobs"): .text(#"{"jobs":[]}"#)
      case let url where url.contains("/artifacts?"): .text(#"{"artifacts":[]}"#)
      case let url where url.contains("/annotations"): .text("[]")
      case let url where url.hasSuffix("/runs/42") || url.hasSuffix("/attempts/3"):
        .text(Fixtures.run(42))
      default: .text(Fixtures.runs([]))
      }
    }
    let client = try Fixtures.client(stub)
    let repository = Fixtures.repository
    _ = try await client.runs(in: repository, page: 2, perPage: 100)
    _ = try await client.run(Fixtures.key)
    _ = try await client.jobs(of: Fixtures.key, attempt: 3)
    _ = try await client.run(Fixtures.key, attempt: 3)
    _ = try await client.artifacts(of: Fixtures.key)
    let job = Job(id: 5, runID: 42, attempt: 3, name: "build", status: .completed)
    _ = try await client.annotations(of: job, in: repository)
    for file in [
      GitHubFile.jobLog(repository, job: 5), .attemptLogs(Fixtures.key, attempt: 3),
      .artifact(repository, id: 9),
    ] {
      try await client.download(file) { _ in
      } body: { _ in
      }
    }
    _ = try await client.workflows(in: repository)
    _ = try await client.fileContents(".github/workflows/a.yml", in: repository, ref: "main")
    _ = try await client.workflow(5, in: repository)
    _ = try await client.newestRuns(of: 5, in: repository, status: "success", count: 1)
    _ = try await client.newestRuns(of: 5, in: repository, status: nil, count: 500)
    _ = try await client.branches(of: repository, page: 2)
    _ = try await client.tags(of: repository, page: 1)
    _ = try await client.matchingTags("shop/dev-20261123-", in: repository)
    _ = try await client.matchingTags("", in: repository)
    _ = try await client.ref(.branch, named: "release/1.0", in: repository)
    _ = try await client.environmentNames(of: repository)
    _ = try await client.pendingDeployments(of: Fixtures.key)
    for change in Fixtures.changes { try await client.send(change) }
    _ = try await client.rateLimit()
    _ = try await client.viewer()
    return stub.requests
  }

  @Test("Every request is one that the description has, by path, query and body")
  func requestsAreDescribed() async throws {
    let file = try #require(Fixtures.dataFolder)
      .appendingPathComponent("github-openapi-actions.json")
    let description = try APIDescription(try Data(contentsOf: file))
    let requests = try await allRequests()
    #expect(requests.count == 36)
    for request in requests {
      let problem = description.problem(with: request)
      #expect(problem == nil, "\(request.method) \(request.url)")
    }
  }

  @Test("The comparison notices a wrong path, method, query and body")
  func comparisonNotices() throws {
    let file = try #require(Fixtures.dataFolder)
      .appendingPathComponent("github-openapi-actions.json")
    let description = try APIDescription(try Data(contentsOf: file))
    let api = "https://api.github.com/repos/a/b"
    for request in [
      HTTPRequest(url: "\(api)/actions/run/1"),
      HTTPRequest(method: "DELETE", url: "\(api)/actions/runs/1"),
      HTTPRequest(url: "\(api)/actions/runs?colour=red"),
      HTTPRequest(url: "\(api)/actions/runs?status=running"),
      HTTPRequest(url: "\(api)/actions/runs?page=first"),
      HTTPRequest(
        method: "POST", url: "\(api)/actions/runs/1/cancel", body: Data(#"{"force":true}"#.utf8)),
      HTTPRequest(method: "POST", url: "\(api)/git/refs"),
      HTTPRequest(
        method: "POST", url: "\(api)/actions/runs/1/rerun",
        body: Data(#"{"enable_debug_logging":"yes"}"#.utf8)),
      HTTPRequest(
        method: "POST", url: "\(api)/actions/runs/1/pending_deployments",
        body: Data(#"{"environment_ids":[1],"state":"approve","comment":""}"#.utf8)),
      HTTPRequest(
        method: "POST", url: "\(api)/actions/runs/1/pending_deployments",
        body: Data(#"{"environment_ids":["1"],"state":"approved","comment":""}"#.utf8)),
      HTTPRequest(
        method: "POST", url: "\(api)/actions/workflows/1/dispatches",
        body: Data(#"{"ref":"x","colour":1}"#.utf8)),
      HTTPRequest(
        method: "POST", url: "\(api)/actions/workflows/1/dispatches",
        body: Data(#"{"inputs":{}}"#.utf8)),
    ] {
      #expect(description.problem(with: request) != nil)
    }
  }

  @Test("What a preview tells of a change is what is sent, byte for byte")
  func previewIsSent() async throws {
    let stub = StubTransport([.success(HTTPResponse(status: 204))])
    let client = try Fixtures.client(stub)
    for change in Fixtures.changes {
      try await client.send(change)
      let planned = client.planned(change)
      let sent = try #require(stub.requests.last)
      #expect(sent.method == planned.method)
      #expect(sent.url == planned.url)
      #expect(String(decoding: sent.body, as: UTF8.self) == planned.body ?? "")
      #expect(planned.operation == nil)
    }
    #expect(stub.requests.count == Fixtures.changes.count)
    #expect(stub.requests.allSatisfy { $0.needsFreshConnection })
  }

  @Test("Every request carries the headers that GitHub asks for")
  func headers() async throws {
    for request in try await allRequests() {
      #expect(request.headers["X-GitHub-Api-Version"] == "2022-11-28")
      #expect(request.headers["User-Agent"] == "cdtop/test")
      #expect(request.headers["Authorization"] == "Bearer \(Fixtures.token)")
      #expect(request.headers["Accept"]?.hasPrefix("application/vnd.github") == true)
      #expect(!request.url.contains(Fixtures.token))
    }
  }
}
