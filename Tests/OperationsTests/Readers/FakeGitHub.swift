import Foundation
import Synchronization
import Transport

/// A GitHub of a few repositories that only answers, for readers to ask.
final class FakeGitHub: HTTPTransport {
  struct Workflow: Sendable {
    var id: Int
    var name: String
    var path = ".github/workflows/deploy.yml"
    var state = "active"
  }

  /// An attempt of a run that is not its newest.
  struct Attempt: Sendable {
    var conclusion = "success"
    var startedAt: String
    var updatedAt: String
  }

  struct Run: Sendable {
    var id: Int
    var workflow: Int
    var ref: String?
    var sha: String
    var status = "completed"
    var conclusion: String? = "success"
    var event = "push"
    var createdAt = "2026-11-20T01:00:00Z"
    var startedAt: String?
    var updatedAt = "2026-11-20T01:05:00Z"
    /// The attempts before the newest one, the first one first.
    var earlier: [Attempt] = []
  }

  struct Repository: Sendable {
    var workflows: [Workflow] = []
    /// The newest first.
    var runs: [Run] = []
    var branches: [String: String] = [:]
    var tags: [String: String] = [:]
    /// The tags that are objects of their own.
    var annotated: Set<String> = []
    /// By `path` or `path@ref`.
    var files: [String: String] = [:]
    var environments: [String] = []
    /// By `base...head`: ahead and behind.
    var comparisons: [String: (ahead: Int, behind: Int)] = [:]
    var defaultBranch: String? = "main"
  }

  struct World: Sendable {
    var repositories: [String: Repository] = [:]
    /// The status of every request whose URL holds a text.
    var failures: [String: Int] = [:]
    var date = "Mon, 23 Nov 2026 03:00:00 GMT"
    var requests: [String] = []
    var underWay = 0
    var mostUnderWay = 0
  }

  let world: Mutex<World>

  init(_ repositories: [String: Repository]) {
    world = Mutex(World(repositories: repositories))
  }

  func change(_ change: (inout World) -> Void) { world.withLock { change(&$0) } }

  var requests: [String] { world.withLock(\.requests) }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try Task.checkCancellation()
    let url = String(request.url.dropFirst("http://gh".count))
    world.withLock {
      $0.requests.append(url)
      $0.underWay += 1
      $0.mostUnderWay = max($0.mostUnderWay, $0.underWay)
    }
    for _ in 0..<20 { await Task.yield() }
    return world.withLock { world in
      world.underWay -= 1
      let failure = world.failures.first { url.contains($0.key) }?.value
      let text = failure == nil ? Self.answer(url, world) : nil
      return HTTPResponse(
        status: failure ?? (text == nil ? 404 : 200),
        headers: [
          "Content-Type": url.contains("/contents/")
            ? "application/vnd.github.raw+json" : "application/json",
          "Date": world.date,
        ],
        body: Data((text ?? #"{"message":"Not Found"}"#).utf8))
    }
  }

  private static func answer(_ url: String, _ world: World) -> String? {
    let parts = url.split(separator: "?", maxSplits: 1).map(String.init)
    let names = parts[0].split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
    let query = parts.count > 1 ? parts[1].removingPercentEncoding ?? "" : ""
    guard names.count > 3, let repository = world.repositories["\(names[1])/\(names[2])"]
    else { return nil }
    let rest = Array(names.dropFirst(3))
    switch (rest[0], rest.count) {
    case ("actions", 2): return list("workflows", repository.workflows.map(repository.json))
    case ("actions", 3):
      return repository.workflows.first { "\($0.id)" == rest[2] }.map(repository.json)
    case ("actions", 4) where rest[3] == "runs":
      let runs = repository.runs.filter {
        "\($0.workflow)" == rest[2]
          && (!query.contains("status=") || query.contains("status=\($0.conclusion ?? $0.status)"))
      }
      let count = query.split(separator: "&").first { $0.hasPrefix("per_page=") }
        .flatMap { Int($0.dropFirst(9)) }
      return list(
        "workflow_runs", runs.prefix(count ?? 30).map { repository.json($0) }, total: runs.count)
    case ("actions", 4): return rest[3] == "pending_deployments" ? pending : nil
    case ("actions", 5) where rest[3] == "attempts":
      guard let run = repository.runs.first(where: { "\($0.id)" == rest[2] }),
        let attempt = Int(rest[4]), (1...run.earlier.count + 1).contains(attempt)
      else { return nil }
      return repository.json(run, attempt: attempt)
    case ("environments", 1):
      return list("environments", repository.environments.map { #"{"id":1,"name":"\#($0)"}"# })
    case ("branches", 1), ("tags", 1):
      let refs = rest[0] == "tags" ? repository.tags : repository.branches
      return array(
        refs.sorted { $0.key > $1.key }.map {
          #"{"name":"\#($0.key)","commit":{"sha":"\#($0.value)"}}"#
        })
    case ("git", 4...): return repository.matching(rest[2], rest[3...].joined(separator: "/"))
    case ("compare", 2...):
      return repository.comparisons[rest[1...].joined(separator: "/")].map {
        #"{"ahead_by":\#($0.ahead),"behind_by":\#($0.behind),"commits":[]}"#
      }
    case ("contents", 2...):
      let path = rest[1...].joined(separator: "/")
      let ref = query.hasPrefix("ref=") ? String(query.dropFirst(4)) : repository.defaultBranch
      guard let ref, repository.knows(ref) else { return nil }
      return repository.files["\(path)@\(ref)"] ?? repository.files[path]
    default: return nil
    }
  }

  private static let pending = """
    [{"environment":{"id":5,"name":"production"},"wait_timer":0,"wait_timer_started_at":null,
    "current_user_can_approve":true,"reviewers":[]}]
    """

  private static func list(_ name: String, _ elements: [String], total: Int? = nil) -> String {
    #"{"total_count":\#(total ?? elements.count),"\#(name)":\#(array(elements))}"#
  }

  fileprivate static func array(_ elements: [String]) -> String {
    "[\(elements.joined(separator: ","))]"
  }
}

extension FakeGitHub.Repository {
  fileprivate func knows(_ ref: String) -> Bool {
    branches[ref] != nil || tags[ref] != nil || branches.values.contains(ref)
      || tags.values.contains(ref) || runs.contains { $0.sha == ref }
  }

  fileprivate func matching(_ folder: String, _ beginning: String) -> String {
    let refs = (folder == "tags" ? tags : branches).filter { $0.key.hasPrefix(beginning) }
    return FakeGitHub.array(
      refs.sorted { $0.key < $1.key }.map { name, sha in
        let type = annotated.contains(name) ? "tag" : "commit"
        return #"{"ref":"refs/\#(folder)/\#(name)","object":{"type":"\#(type)","sha":"\#(sha)"}}"#
      })
  }

  fileprivate func json(_ workflow: FakeGitHub.Workflow) -> String {
    let page = defaultBranch.map { #","html_url":"http://gh/a/b/blob/\#($0)/\#(workflow.path)""# }
    return #"{"id":\#(workflow.id),"name":"\#(workflow.name)","path":"\#(workflow.path)","#
      + #""state":"\#(workflow.state)"\#(page ?? "")}"#
  }

  fileprivate func json(_ run: FakeGitHub.Run, attempt: Int? = nil) -> String {
    var run = run
    let attempt = attempt ?? run.earlier.count + 1
    if attempt <= run.earlier.count {
      let earlier = run.earlier[attempt - 1]
      run.status = "completed"
      run.conclusion = earlier.conclusion
      run.startedAt = earlier.startedAt
      run.updatedAt = earlier.updatedAt
    }
    let ref = run.ref.map { "\"\($0)\"" } ?? "null"
    let conclusion = run.conclusion.map { "\"\($0)\"" } ?? "null"
    return """
      {"id":\(run.id),"run_number":\(run.id),"run_attempt":\(attempt),"workflow_id":\(run.workflow),
      "name":"w","path":".github/workflows/deploy.yml","event":"\(run.event)",
      "head_branch":\(ref),"head_sha":"\(run.sha)","status":"\(run.status)",
      "conclusion":\(run.status == "completed" ? conclusion : "null"),
      "actor":{"login":"ann"},"created_at":"\(run.createdAt)",
      "run_started_at":"\(run.startedAt ?? run.createdAt)","updated_at":"\(run.updatedAt)",
      "html_url":"http://gh/runs/\(run.id)"}
      """
  }
}
