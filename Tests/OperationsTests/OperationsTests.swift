import Deploys
import Foundation
import GitHub
import Operations
import Synchronization
import Testing
import Transport

/// A GitHub of one workflow that loses answers on command and counts what it did.
final class LossyGitHub: HTTPTransport {
  enum Loss: CaseIterable {
    case none
    case beforeTheRequest
    case afterTheRequest
    case refusedByLimit
  }

  struct World {
    var runs: [(id: Int64, attempt: Int, status: String)] = [(1, 1, "completed")]
    var conclusion = "failure"
    var mutations = 0
    var effects = 0
    var givesDetails = true
    var isListingBehind = false
  }

  let world: Mutex<World>
  private let loss: Loss

  init(_ loss: Loss = .none, world: World = World()) {
    self.loss = loss
    self.world = Mutex(world)
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let path = String(request.url.dropFirst("http://gh".count).prefix { $0 != "?" })
    if request.method == "POST" { return try mutate(path, request) }
    let text = world.withLock { world -> String in
      let visible = world.isListingBehind ? Array(world.runs.prefix(1)) : world.runs
      if path == "/user" { return #"{"login":"Ann"}"# }
      if path.hasSuffix("/actions/runs") {
        let list = visible.map { Self.run($0, world.conclusion) }.joined(separator: ",")
        return #"{"total_count":\#(visible.count),"workflow_runs":[\#(list)]}"#
      }
      return Self.run(visible[0], world.conclusion)
    }
    return HTTPResponse(status: 200, body: Data(text.utf8))
  }

  private func mutate(_ path: String, _ request: HTTPRequest) throws -> HTTPResponse {
    try world.withLock { world in
      world.mutations += 1
      switch loss {
      case .beforeTheRequest:
        throw TransportError.connectionLost(host: "gh", reason: "reset")
      case .refusedByLimit:
        return HTTPResponse(status: 429, headers: ["Retry-After": "60"])
      case .none, .afterTheRequest: break
      }
      world.effects += 1
      let response: HTTPResponse
      if path.hasSuffix("/dispatches") {
        world.runs.append((2, 1, "queued"))
        response =
          world.givesDetails
          ? HTTPResponse(
            status: 200, body: Data(#"{"workflow_run_id":2,"run_url":"u","html_url":"h"}"#.utf8))
          : HTTPResponse(status: 204)
      } else {
        world.runs[0] = (1, 2, "queued")
        response = HTTPResponse(status: 201, body: Data("{}".utf8))
      }
      if loss == .afterTheRequest {
        throw TransportError.connectionLost(host: "gh", reason: "reset")
      }
      return response
    }
  }

  private static func run(
    _ run: (id: Int64, attempt: Int, status: String), _ conclusion: String
  ) -> String {
    let ended = run.status == "completed" ? "\"\(conclusion)\"" : "null"
    return """
      {"id":\(run.id),"name":"action-shop-dev-deploy","run_number":\(run.id),"workflow_id":5,
       "run_attempt":\(run.attempt),"status":"\(run.status)","conclusion":\(ended),
       "event":"workflow_dispatch","head_branch":"main","head_sha":"a","path":"p",
       "actor":{"login":"\(run.id == 2 ? "ann" : "bob")"},
       "created_at":"2026-11-23T00:00:00Z","updated_at":"2026-11-23T00:00:00Z","html_url":"u"}
      """
  }
}

struct OperationsTests {
  private static let now = Date(timeIntervalSince1970: 1_795_400_000)
  private let repository = RepositoryName(owner: "acme", name: "shop")

  private func operations(on server: LossyGitHub) throws -> Operator {
    Operator(
      github: GitHubClient(
        apiURL: "http://gh",
        credential: try GitHubCredential(token: "secret-token", source: "test"),
        transport: server, now: { Self.now }, sleep: { _ in }),
      now: { Self.now }, sleep: { _ in })
  }

  private var dispatch: DispatchRequest {
    DispatchRequest(
      repository: repository, workflowID: 5, workflowName: "action-shop-dev-deploy", path: "p",
      ref: "refs/heads/main", environment: "dev", service: "shop")
  }

  private func retry(_ scope: RetryRequest.Scope = .failedJobs, attempt: Int = 1) -> RetryRequest {
    RetryRequest(
      run: RunKey(repository: repository, id: 1), attempt: attempt, scope: scope,
      environment: "dev")
  }

  @Test(arguments: LossyGitHub.Loss.allCases, [true, false])
  func aDispatchHappensAtMostOnceAndIsReportedTruly(
    loss: LossyGitHub.Loss, givesDetails: Bool
  ) async throws {
    var world = LossyGitHub.World()
    world.givesDetails = givesDetails
    let server = LossyGitHub(loss, world: world)
    let outcome = try await operations(on: server).dispatch(dispatch)
    let after = server.world.withLock { $0 }
    #expect(after.mutations == 1)
    switch (loss, outcome) {
    case (.none, .done(_, let run)), (.afterTheRequest, .done(_, let run)):
      #expect(after.effects == 1)
      #expect(run?.id == 2)
    case (.beforeTheRequest, .unknown), (.refusedByLimit, .refused):
      #expect(after.effects == 0)
    default:
      Issue.record("\(loss) was reported as \(outcome)")
    }
  }

  @Test(arguments: LossyGitHub.Loss.allCases, RetryRequest.Scope.allCases)
  func aRetryHappensAtMostOnceAndIsReportedTruly(
    loss: LossyGitHub.Loss, scope: RetryRequest.Scope
  ) async throws {
    let server = LossyGitHub(loss)
    let outcome = try await operations(on: server).retry(retry(scope))
    let after = server.world.withLock { $0 }
    #expect(after.mutations == 1)
    switch (loss, outcome) {
    case (.none, .done), (.afterTheRequest, .done): #expect(after.effects == 1)
    case (.beforeTheRequest, .unknown), (.refusedByLimit, .refused): #expect(after.effects == 0)
    default: Issue.record("\(loss) was reported as \(outcome)")
    }
  }

  @Test func whatCannotBeKnownIsCalledUnknown() async throws {
    var world = LossyGitHub.World()
    world.isListingBehind = true
    let server = LossyGitHub(.afterTheRequest, world: world)
    let outcome = try await operations(on: server).dispatch(dispatch)
    guard case .unknown(let message) = outcome else {
      Issue.record("reported as \(outcome)")
      return
    }
    #expect(message.contains("may or may not"))
    #expect(!message.contains("secret-token"))
  }

  @Test func aTargetThatChangedIsLeftAlone() async throws {
    var retried = LossyGitHub.World()
    retried.runs = [(1, 2, "completed")]
    var running = LossyGitHub.World()
    running.runs = [(1, 1, "in_progress")]
    var good = LossyGitHub.World()
    good.conclusion = "success"
    for (world, word) in [(retried, "attempt 2"), (running, "still"), (good, "no failed jobs")] {
      let server = LossyGitHub(world: world)
      let outcome = try await operations(on: server).retry(retry())
      guard case .refused(let message, _) = outcome else {
        Issue.record("\(word): \(outcome)")
        continue
      }
      #expect(message.contains(word))
      #expect(server.world.withLock(\.mutations) == 0)
    }
  }
}
