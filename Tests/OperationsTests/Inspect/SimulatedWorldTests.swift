import AWS
import Deploys
import Foundation
import GitHub
import LogText
import Operations
import Simulation
import Synchronization
import Testing
import Transport

/// An inspector with its real clients on the simulated world, whose clock every wait moves on.
private final class SimulatedScene: Sendable {
  let simulator: Simulator
  let github: GitHubClient
  let aws: AWSClients
  let inspector: Inspector
  let root: String
  let clock = ManualClock(Date(timeIntervalSince1970: 1_800_000_000))

  init(_ change: (inout Scenario) -> Void = { _ in }) throws {
    var scenario = Scenario.standard
    scenario.throttles = []
    change(&scenario)
    simulator = Simulator(options: SimulatorOptions(scenario: scenario, clock: clock))
    let clock = clock
    // No two requests are at the same second, as no two links are.
    let transport = SimulatedTransport(simulator) { _ in
      clock.advance(by: .seconds(1))
      return .pass
    }
    let credentials = Data(simulator.credentialsFile().utf8)
    let sleep: @Sendable (Duration) async throws -> Void = { length in
      try Task.checkCancellation()
      clock.advance(by: length)
      await Task.yield()
    }
    github = GitHubClient(
      apiURL: "http://127.0.0.1:1",
      credential: try GitHubCredential(token: Simulator.token, source: "test"),
      transport: transport, now: { clock.now }, sleep: sleep)
    aws = AWSClients(
      environment: ["AWS_SHARED_CREDENTIALS_FILE": "/credentials", "AWS_CONFIG_FILE": "/none"],
      transport: transport, now: { clock.now },
      files: FileReader { $0 == "/credentials" ? credentials : nil }, sleep: sleep)
    root = try Scene.makeFolder()
    inspector = Inspector(
      github: github, aws: aws, folder: PrivateFolder(in: root), home: root,
      now: { clock.now }, sleep: sleep)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  static func scope(_ name: String) -> AWSScope {
    AWSScope(
      profile: "acme-\(name)", region: "ap-northeast-2", endpoint: "http://127.0.0.1:1")
  }

  /// A finished job with a failed step.
  func failedJob() async throws -> (RunKey, Job) {
    for name in simulator.repositories {
      let repository = try #require(RepositoryName(name))
      for run in try await github.currentRuns(in: repository) where run.conclusion == .failure {
        let jobs = try await github.jobs(of: run.key, inAttempt: run.attempt)
        if let job = jobs.first(where: { $0.failedStep != nil }) { return (run.key, job) }
      }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  /// A build that goes on.
  func activeBuild() async throws -> Build {
    for name in ["dev", "stg", "prd"] {
      let client = try aws.client(for: Self.scope(name))
      let ids = try await client.listBuilds(project: "acme-\(name)-runner")
      if let build = try await client.builds(ids: ids).first(where: { $0.isActive }) {
        return build
      }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  /// The bytes of a job's log as the API serves them.
  func served(_ job: Job, of run: RunKey) async throws -> Data {
    let bytes = Mutex(Data())
    try await github.download(.jobLog(run.repository, job: job.id)) { _ in
    } body: { piece in
      bytes.withLock { $0 += piece }
    }
    return bytes.withLock { $0 }
  }
}

@Suite("On the simulated world")
struct SimulatedWorldTests {
  @Test("A failed job's log equals the bytes that the API serves, and its excerpts are in it")
  func failedJob() async throws {
    let scene = try SimulatedScene()
    let (run, job) = try await scene.failedJob()
    let reading = await scene.inspector.reading(.job(run, job: job.id))
    #expect(reading.hasEnded)
    let served = try await scene.served(job, of: run)
    #expect(Data(reading.bytes) == served && !served.isEmpty)
    guard
      case .excerpts(let excerpts) = await scene.inspector.answer(
        .excerpts(job), of: run, attempt: job.attempt)
    else {
      Issue.record("no excerpts")
      return
    }
    #expect(excerpts.map(\.step) == job.steps.filter { $0.conclusion == .failure }.map(\.number))
    let log = try #require(reading.log)
    let slices = StepSlicer.slices(
      of: log,
      steps: job.steps.map {
        StepTime(
          number: $0.number, name: $0.name, startedAt: $0.startedAt, completedAt: $0.completedAt,
          isSkipped: $0.conclusion == .skipped, hasFailed: $0.conclusion == .failure)
      })
    for excerpt in excerpts {
      let slice = try #require(slices[excerpt.step])
      let lines = String(decoding: log.read(slice), as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      #expect((1...40).contains(excerpt.lines.count))
      #expect(excerpt.lines.contains { $0.isError })
      for line in excerpt.lines where line.isError {
        #expect(lines[line.number - 1].contains("##[error]"))
      }
    }
  }

  @Test("The logs of an attempt hold every step's lines once")
  func attempt() async throws {
    let scene = try SimulatedScene()
    let (run, job) = try await scene.failedJob()
    let reading = await scene.inspector.reading(.attempt(run, attempt: job.attempt))
    #expect(reading.hasEnded && reading.failures.isEmpty)
    let served = String(decoding: try await scene.served(job, of: run), as: UTF8.self)
    func plain(_ text: String) -> [Substring] {
      text.replacing("\u{FEFF}", with: "").split(separator: "\n")
    }
    let lines = plain(reading.text)
    for line in plain(served).suffix(5) {
      #expect(lines.count { $0 == line } == plain(served).count { $0 == line }, "\(line)")
    }
  }

  @Test("A link that runs out in the middle is asked for anew, and the whole equals the bytes")
  func expiredLink() async throws {
    let scene = try SimulatedScene {
      $0.faults = [Fault(match: "GET /_blobs/*", effect: .expired, times: 1)]
    }
    let (run, job) = try await scene.failedJob()
    let reading = await scene.inspector.reading(.job(run, job: job.id))
    #expect(reading.hasEnded)
    let served = try await scene.served(job, of: run)
    #expect(Data(reading.bytes) == served)
  }

  @Test("A download that is cut again and again comes whole")
  func cut() async throws {
    let scene = try SimulatedScene {
      $0.faults = [Fault(match: "GET /_blobs/*", effect: .truncated, after: 600_000, times: 6)]
    }
    let (run, _) = try await scene.failedJob()
    let artifacts = try await scene.github.artifacts(of: run)
    let artifact = try #require(artifacts.max { $0.size < $1.size })
    try #require(artifact.digest != nil)
    let news = await scene.inspector.save(SaveRequest(.artifact(artifact), to: "~/"))
      .reduce(into: []) { $0.append($1) }
    guard case .done(let path, let remark) = news.last else {
      Issue.record("\(String(describing: news.last))")
      return
    }
    #expect(remark.contains("SHA-256"))
    #expect(FileManager.default.contents(atPath: path)?.count == artifact.size)
  }

  @Test("An artifact is listed, and a text in it is read")
  func artifact() async throws {
    let scene = try SimulatedScene()
    let (run, _) = try await scene.failedJob()
    guard
      case .artifacts(let artifacts) = await scene.inspector.answer(
        .artifacts, of: run, attempt: 1), let artifact = artifacts.first
    else {
      Issue.record("no artifacts")
      return
    }
    let container = FileContainer.artifact(artifact)
    let files = try await scene.inspector.files(container).get()
    let file = try #require(files.first { $0.refusal == nil })
    let text = await scene.inspector.reading(.file(container, path: file.path))
    #expect(text.hasEnded)
    #expect(text.log?.count == file.size)
  }

  @Test("A build's log grows while the build runs and ends with it")
  func build() async throws {
    let scene = try SimulatedScene { $0.emptyLogPages = true }
    let build = try await scene.activeBuild()
    let reading = await scene.inspector.reading(.build(build.key))
    #expect(reading.hasEnded)
    #expect(reading.failures.allSatisfy { $0.kind == .notYet })
    #expect(reading.text.contains("Phase complete"))
    let client = try scene.aws.client(for: build.key.scope)
    let end = try #require(try await client.builds(ids: [build.key.id]).first)
    #expect(!end.isActive)
    var messages = ""
    var token: String?
    while true {
      let page = try await client.logEvents(
        group: try #require(end.logGroup), stream: try #require(end.logStream), after: token)
      messages += page.events.map(\.message).joined()
      if page.isEnd { break }
      token = page.nextToken
    }
    #expect(reading.text == messages)
  }

  @Test("CloudWatch switched off and denied are told apart")
  func withoutLogs() async throws {
    let off = try SimulatedScene { $0.logsOff = ["acme-dev", "acme-stg", "acme-prd"] }
    let silent = await off.inspector.reading(.build(try await off.activeBuild().key))
    #expect(silent.failures.last?.message.contains("no log to CloudWatch") == true)
    let denied = try SimulatedScene { $0.logsDenied = ["acme-dev", "acme-stg", "acme-prd"] }
    let refused = await denied.inspector.reading(.build(try await denied.activeBuild().key))
    #expect(refused.failures.last?.kind == .denied)
    #expect(
      refused.failures.last.map { "\($0.message) \($0.remedy)" }?.contains("logs:GetLogEvents")
        == true)
  }

  @Test("After the retention logs and artifacts are gone, and say so")
  func retention() async throws {
    let scene = try SimulatedScene { $0.retentionDays = 0.000_01 }
    let (run, job) = try await scene.failedJob()
    let log = await scene.inspector.reading(.job(run, job: job.id))
    #expect(log.failures.map(\.kind) == [.gone])
    if case .artifacts(let artifacts) = await scene.inspector.answer(
      .artifacts, of: run, attempt: 1), let artifact = artifacts.first
    {
      guard case .failure(let failure) = await scene.inspector.files(.artifact(artifact)) else {
        Issue.record("listed")
        return
      }
      #expect(failure.kind == .gone)
    }
  }
}
