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
    _ = try await client.dispatch(
      workflow: 5, in: repository, ref: "main", inputs: ["a": "b"])
    try await client.rerun(Fixtures.key)
    try await client.rerunFailedJobs(Fixtures.key)
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
    #expect(requests.count == 16)
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

/// The operations that an OpenAPI document describes.
private struct APIDescription {
  private let paths: [String: [String: Any]]
  private let parameters: [String: [String: Any]]

  init(_ data: Data) throws {
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    paths = try #require(json["paths"] as? [String: [String: Any]])
    let components = try #require(json["components"] as? [String: Any])
    parameters = try #require(components["parameters"] as? [String: [String: Any]])
  }

  /// What is wrong with a request; `nil` where it is described.
  func problem(with request: HTTPRequest) -> String? {
    guard let url = URLComponents(string: request.url) else { return "not a URL" }
    let operations = paths.filter { matches($0.key, url.percentEncodedPath) }.values
    guard
      let operation = operations.lazy
        .compactMap({ $0[request.method.lowercased()] as? [String: Any] }).first
    else { return "no such operation" }
    let described = (operation["parameters"] as? [[String: Any]] ?? []).map(resolve)
    let names = described.filter { $0["in"] as? String == "query" }.map { $0["name"] as? String }
    for item in url.queryItems ?? [] where !names.contains(item.name) {
      return "no such parameter: \(item.name)"
    }
    return request.body.isEmpty ? nil : problem(with: request.body, operation)
  }

  private func problem(with body: Data, _ operation: [String: Any]) -> String? {
    guard let sent = try? JSONSerialization.jsonObject(with: body) as? [String: Any] else {
      return "the body is no object"
    }
    let content = (operation["requestBody"] as? [String: Any])?["content"] as? [String: Any]
    let schema = (content?["application/json"] as? [String: Any])?["schema"] as? [String: Any]
    guard let properties = schema?["properties"] as? [String: Any] else { return "no body" }
    for name in sent.keys where properties[name] == nil { return "no such property: \(name)" }
    for name in schema?["required"] as? [String] ?? [] where sent[name] == nil {
      return "missing property: \(name)"
    }
    return nil
  }

  private func resolve(_ parameter: [String: Any]) -> [String: Any] {
    guard let reference = parameter["$ref"] as? String else { return parameter }
    return parameters[String(reference.split(separator: "/").last ?? "")] ?? [:]
  }

  private func matches(_ template: String, _ path: String) -> Bool {
    let pattern = template.split(separator: "/")
    let parts = path.split(separator: "/")
    // A file's path is the one parameter that holds slashes.
    let isOpen = template.hasSuffix("/contents/{path}")
    guard isOpen ? parts.count >= pattern.count : parts.count == pattern.count else {
      return false
    }
    return zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
