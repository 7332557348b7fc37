import AWS
import Deploys
import Foundation
import GitHub
import Operations
import Simulation
import Store
import Synchronization
import Testing
import Transport

/// An operator with real clients on a simulated world, whose clock every request and wait moves.
final class OperatorScene: Sendable {
  /// What happens to a request on its way.
  enum Way: Sendable {
    case pass
    /// It fails before the world sees it.
    case fail(TransportError)
    /// It is answered without the world's seeing it.
    case answer(HTTPResponse)
    /// The world carries it out, and the client sees this.
    case answerAfter(HTTPResponse)
    case failAfter(TransportError)
    /// The world sees it once the gate is open.
    case wait(Gate)
  }

  static let start = Date(timeIntervalSince1970: 1_795_394_400)
  static let shop = RepositoryName(owner: "acme", name: "shop")
  static let auth = RepositoryName(owner: "acme", name: "auth")
  static let web = RepositoryName(owner: "acme", name: "web")

  let simulator: Simulator
  let clock = ManualClock(OperatorScene.start)
  let github: GitHubClient
  let aws: AWSClients
  let state: StateDatabase?
  let repositories: [RepositoryName]
  private let waySwitch: WaySwitch
  private let environments: [Environment]

  private final class WaySwitch: Sendable {
    let way: Mutex<@Sendable (HTTPRequest, Bool) -> Way>
    init() { way = Mutex { _, _ in .pass } }
  }

  /// A world in which some things go on, and an operator whose clock may be wrong.
  init(
    seed: UInt64 = 7, _ situations: [Situation] = [.markedFailure, .rerun, .buildPhases],
    isAudited: Bool = true, clockError: TimeInterval = 0, repositories: [RepositoryName]? = nil,
    environments: (inout [Environment]) -> Void = { _ in },
    scenario change: (inout Scenario) -> Void = { _ in }
  ) throws {
    var scenario = Scenario.standard
    scenario.throttles = []
    scenario.arrivalsPerHour = 0
    scenario.history = 3
    scenario.situations = situations
    scenario.failureRate = 0
    change(&scenario)
    simulator = Simulator(
      options: SimulatorOptions(seed: seed, scenario: scenario, clock: clock))
    let clock = clock
    let waySwitch = WaySwitch()
    self.waySwitch = waySwitch
    let log = ChangeLog()
    changeLog = log
    let transport = OperatorWire(simulator: simulator) { request in
      clock.advance(by: .milliseconds(120))
      let isChange = OperatorWire.isChange(request)
      if isChange { log.changes.withLock { $0.append((clock.now, request)) } }
      return waySwitch.way.withLock { $0 }(request, isChange)
    }
    let credentials = Data(simulator.credentialsFile().utf8)
    let now: @Sendable () -> Date = { clock.now + clockError }
    let sleep: @Sendable (Duration) async throws -> Void = { length in
      try Task.checkCancellation()
      clock.advance(by: length)
      await Task.yield()
    }
    github = GitHubClient(
      apiURL: "http://127.0.0.1:1",
      credential: try GitHubCredential(token: Simulator.token, source: "test"),
      transport: transport, now: now, sleep: sleep)
    aws = AWSClients(
      environment: ["AWS_SHARED_CREDENTIALS_FILE": "/credentials", "AWS_CONFIG_FILE": "/none"],
      transport: transport, now: now,
      files: FileReader { $0 == "/credentials" ? credentials : nil }, sleep: sleep)
    state = isAudited ? try StateDatabase.inMemory(now: now) : nil
    self.repositories = repositories ?? simulator.repositories.compactMap { RepositoryName($0) }
    var list = try ["dev", "stg", "prd"].map { name in
      Environment(
        name: name, workflow: try WorkflowPattern("^(action.*\(name)-deploy)$"),
        isProtected: name == "prd", aws: Self.scope(name))
    }
    environments(&list)
    self.environments = list
    self.now = now
    self.sleep = sleep
  }

  private let changeLog: ChangeLog
  private let now: @Sendable () -> Date
  private let sleep: @Sendable (Duration) async throws -> Void

  final class ChangeLog: Sendable {
    let changes = Mutex<[(time: Date, request: HTTPRequest)]>([])
  }

  /// The changes that were sent so far, with the time of each.
  var sent: [(time: Date, request: HTTPRequest)] { changeLog.changes.withLock { $0 } }

  /// Decides about every request from now on; the second value tells whether it is a change.
  func onRequest(_ way: @escaping @Sendable (HTTPRequest, Bool) -> Way) {
    waySwitch.way.withLock { $0 = way }
  }

  /// An operator of its own, as another process would have it.
  func makeOperator(state other: StateDatabase? = nil) -> Operator {
    Operator(
      github: github, aws: aws, repositories: repositories, environments: environments,
      timeZone: TimeZone(secondsFromGMT: 0) ?? .current, state: other ?? state, now: now,
      sleep: sleep)
  }

  static func scope(_ name: String) -> AWSScope {
    AWSScope(
      profile: "acme-\(name)", region: "ap-northeast-2", endpoint: "http://127.0.0.1:1")
  }

  /// The entries of the audit log, the oldest first.
  var audit: [AuditEntry] {
    get throws { try #require(state).audit.entries().reversed() }
  }
}

/// A simulated world behind a wire that does what it is told.
struct OperatorWire: HTTPTransport {
  let simulator: Simulator
  let way: @Sendable (HTTPRequest) -> OperatorScene.Way

  static func isChange(_ request: HTTPRequest) -> Bool {
    guard request.method == "POST" else { return false }
    return request.headers["X-Amz-Target"].map { $0.hasSuffix("StopBuild") } ?? true
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let plain = SimulatedTransport(simulator)
    switch way(request) {
    case .pass: return try await plain.send(request)
    case .fail(let error): throw error
    case .answer(let response): return response
    case .answerAfter(let response):
      _ = try await plain.send(request)
      return response
    case .failAfter(let error):
      _ = try await plain.send(request)
      throw error
    case .wait(let gate):
      await gate.pass()
      return try await plain.send(request)
    }
  }
}

/// Holds back whoever comes until it is opened.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// How many wait.
  var count: Int { state.withLock(\.waiting.count) }

  func pass() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

extension OperatorScene {
  /// The newest run of a workflow that fits.
  func run(
    of name: String, where fits: (WorkflowRun) -> Bool = { _ in true }
  ) async throws -> WorkflowRun {
    for repository in repositories {
      let runs = try await github.currentRuns(in: repository)
      if let run = runs.first(where: { $0.workflowName == name && fits($0) }) { return run }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  /// A dispatch of a workflow that asks for nothing.
  func dispatch(
    _ name: String = "action-api-dev-deploy", in repository: RepositoryName = shop,
    ref: String = "main", inputs: [DispatchRequest.Input] = [], environment: String = "dev"
  ) async throws -> Mutation {
    let workflows = try await github.currentWorkflows(in: repository)
    let workflow = try #require(workflows.first { $0.name == name })
    return .dispatch(
      DispatchRequest(
        repository: repository, workflowID: workflow.id, workflowName: name, path: workflow.path,
        ref: ref, inputs: inputs, environment: environment, service: "api"))
  }

  /// The run that failed some minutes ago.
  func failedRun() async throws -> WorkflowRun {
    try await run(of: "action-api-dev-deploy") { $0.conclusion == .failure }
  }

  func retry(_ scope: RetryRequest.Scope = .failedJobs, isDebug: Bool = false) async throws
    -> Mutation
  {
    let run = try await failedRun()
    return .retry(
      RetryRequest(
        run: run.key, attempt: run.attempt, scope: scope, isDebug: isDebug, environment: "dev"))
  }

  func retryOfJob() async throws -> Mutation {
    let run = try await failedRun()
    let jobs = try await github.jobs(of: run.key, inAttempt: run.attempt)
    let job = try #require(jobs.first { $0.conclusion == .failure })
    return try await retry(.job(id: job.id, name: job.name))
  }

  /// The end of a run that goes on.
  func cancel(
    _ name: String = "action-auth-prd-deploy", isForced: Bool = false
  ) async throws -> Mutation {
    let run = try await run(of: name) { $0.isActive }
    let environment = String(name.split(separator: "-").dropLast().last ?? "")
    return .cancel(
      CancelRequest(
        run: run.key, attempt: run.attempt, isForced: isForced, environment: environment))
  }

  func review(
    _ name: String = "action-shop-prd-deploy", isApproval: Bool = true
  ) async throws -> Mutation {
    let run = try await run(of: name) { $0.isActive }
    let pending = try await github.pendingDeployments(of: run.key)
    return .review(
      ReviewRequest(
        run: run.key, attempt: run.attempt, targets: pending.map(\.target),
        isApproval: isApproval, comment: "ok", environment: "prd"))
  }

  func tag(
    _ name: String = "shop-dev-20261123-77", commit: String? = nil, environment: String = "dev"
  ) async throws -> Mutation {
    let branches = try await github.branches(of: Self.shop, page: 1)
    let main = try #require(branches.refs.first { $0.name == "main" })
    return .tag(
      TagRequest(
        repository: Self.shop, tag: name, commit: commit ?? main.commit, source: "main",
        environment: environment, service: "shop"))
  }

  /// The end of the build that was left behind by a cancelled job.
  func stopBuild() async throws -> Mutation {
    let run = try await run(of: "action-shop-dev-deploy") { $0.conclusion == .cancelled }
    return .stopBuild(
      StopBuildRequest(
        build: try await idleBuild().key, run: run.key, environment: "dev"))
  }

  func idleBuild(_ name: String = "dev") async throws -> Build {
    let client = try aws.client(for: Self.scope(name))
    let ids = try await client.listBuilds(project: "acme-\(name)-runner")
    return try #require(try await client.builds(ids: ids).last { $0.isActive })
  }
}
