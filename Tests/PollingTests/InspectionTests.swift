import AWS
import Deploys
import Foundation
import GitHub
import Polling
import Simulation
import Synchronization
import Testing
import Transport

/// What the clients read when somebody looks into a run, on the simulated world in this process.
struct InspectionTests {
  private struct World {
    var snapshot: Snapshot
    var github: GitHubClient
    var aws: AWSClients
    var poller: Poller
    var sent: Sent
  }

  /// Every request that reached the simulator.
  private final class Sent: Sendable {
    let requests = Mutex<[HTTPRequest]>([])
    var all: [HTTPRequest] { requests.withLock { $0 } }
  }

  /// The one world of all tests here, for it takes a while to be read.
  private static let world = Task { try await makeWorld() }

  private static func makeWorld() async throws -> World {
    let simulator = Simulator(options: SimulatorOptions(seed: 7))
    let sent = Sent()
    let transport = SimulatedTransport(simulator) { request in
      sent.requests.withLock { $0.append(request) }
      return .pass
    }
    let credentials = Data(simulator.credentialsFile().utf8)
    let aws = AWSClients(
      environment: ["AWS_SHARED_CREDENTIALS_FILE": "/credentials", "AWS_CONFIG_FILE": "/none"],
      transport: transport, files: FileReader { $0 == "/credentials" ? credentials : nil },
      sleep: { _ in })
    let environments = try ["dev", "stg", "prd"].map { name in
      Environment(
        name: name, workflow: try WorkflowPattern("^(action.*\(name)-deploy)$"),
        aws: AWSScope(
          profile: "acme-\(name)", region: "ap-northeast-2", endpoint: "http://127.0.0.1:1"))
    }
    let github = GitHubClient(
      apiURL: "http://127.0.0.1:1",
      credential: try GitHubCredential(token: Simulator.token, source: "test"),
      transport: transport, sleep: { _ in })
    let poller = Poller(
      state: PollState(
        environments: environments,
        repositories: simulator.repositories.compactMap { RepositoryName($0) }, seed: 1),
      github: github, aws: aws)
    let snapshot = await poller.settle(until: Date().addingTimeInterval(600))
    return World(snapshot: snapshot, github: github, aws: aws, poller: poller, sent: sent)
  }

  private func read(
    _ world: World, _ file: GitHubFile, from offset: Int = 0, validator: String? = nil
  ) async throws -> (data: Data, head: DownloadHead) {
    let taken = Mutex(Data())
    let head = Mutex<DownloadHead?>(nil)
    try await world.github.download(file, from: offset, validator: validator) { begun in
      head.withLock { $0 = begun }
    } body: { piece in
      taken.withLock { $0 += piece }
    }
    return (taken.withLock { $0 }, try #require(head.withLock { $0 }))
  }

  private func isFailed(_ item: DeployJob) -> Bool {
    item.job.conclusion == .failure && item.job.failedStep != nil
  }

  @Test func aFailedJobIsReadToTheGround() async throws {
    let world = try await Self.world.value
    let snapshot = world.snapshot
    let deploy = try #require(
      snapshot.deploys.first { $0.jobs.contains { isFailed($0) && $0.build != nil } })
    let item = try #require(deploy.jobs.first(where: isFailed))
    let repository = deploy.run.key.repository

    let log = try await read(world, .jobLog(repository, job: item.id))
    let text = String(decoding: log.data, as: UTF8.self)
    #expect(text.contains("##[error]"))
    let blobs = world.sent.all.filter { $0.url.contains("/_blobs/") }
    #expect(!blobs.isEmpty)
    #expect(blobs.allSatisfy { $0.headers["Authorization"] == nil })
    let rest = try await read(
      world, .jobLog(repository, job: item.id), from: 100, validator: log.head.validator)
    #expect(rest.data == log.data.dropFirst(100))
    #expect(rest.head.offset == 100)
    let none = try await read(
      world, .jobLog(repository, job: item.id), from: log.data.count,
      validator: log.head.validator)
    #expect(none.data.isEmpty)

    let annotations = try await world.github.annotations(of: item.job, in: repository)
    #expect(annotations.contains { $0.level == .failure })

    let archive = try await read(
      world, .attemptLogs(deploy.run.key, attempt: deploy.run.attempt))
    #expect(archive.data.starts(with: [0x50, 0x4B, 3, 4]))

    let build = try #require(item.build)
    let client = try world.aws.client(for: build.key.scope)
    let group = try #require(build.logGroup)
    let stream = try #require(build.logStream)
    var events: [LogEvent] = []
    var page = try await client.logEvents(group: group, stream: stream)
    while !page.isEnd {
      events += page.events
      page = try await client.logEvents(group: group, stream: stream, after: page.nextToken)
    }
    #expect(events.contains { $0.message.contains("Listening for Jobs") })
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.time <= $1.time })
    await #expect {
      _ = try await client.logEvents(group: group, stream: "no-such-stream")
    } throws: { error in
      if case AWSError.notFound = error { true } else { false }
    }
  }

  @Test func markersAreReadAndListed() async throws {
    let world = try await Self.world.value
    let snapshot = world.snapshot
    let items = snapshot.deploys.flatMap(\.jobs)
    let item = try #require(items.first { $0.marker == .failed })
    let (build, location) = (try #require(item.build), try #require(item.markerLocation))
    let client = try world.aws.client(for: build.key.scope)
    let content = try #require(try await client.markerContent(at: location))
    #expect(content.text.contains("BUILD_FAILED=true"))
    #expect(content.modifiedAt != nil)
    var absent = location
    absent.key += ".not"
    #expect(try await client.markerContent(at: absent) == nil)

    let listing = try await client.objects(
      under: S3Location(bucket: location.bucket, key: "results/"))
    let object = try #require(listing.objects.first { $0.location == location })
    let taken = Mutex(Data())
    try await client.download(location) { head in
      #expect(head.validator == object.etag)
    } body: { piece in
      taken.withLock { $0 += piece }
    }
    #expect(taken.withLock { $0 } == Data(content.text.utf8))
    #expect(object.size == content.text.utf8.count)
  }

  @Test func everyAttemptAndArtifactIsRead() async throws {
    let world = try await Self.world.value
    let snapshot = world.snapshot
    let deploy = try #require(
      snapshot.deploys.first { $0.run.attempt > 1 }, "the world has a run with two attempts")
    let first = try await world.github.run(deploy.id, attempt: 1)
    let jobs = try await world.github.jobs(of: deploy.id, inAttempt: 1)
    #expect(first.attempt == 1)
    #expect(!jobs.isEmpty)
    #expect(jobs.allSatisfy { $0.checkRunID == $0.id && $0.attempt == 1 })
    let joined = try #require(await world.poller.joined(first, jobs: jobs))
    #expect(joined.environment == deploy.environment)
    #expect(joined.service == deploy.service)
    #expect(!joined.needsPerson)

    var artifact: Artifact?
    for deploy in snapshot.deploys where deploy.state.isOver && artifact == nil {
      artifact = try await world.github.artifacts(of: deploy.id).first { !$0.isExpired }
    }
    let kept = try #require(artifact)
    let zip = try await read(world, .artifact(kept.run.repository, id: kept.id))
    #expect(zip.data.count == kept.size)
    #expect(kept.digest?.hasPrefix("sha256:") == true)
    #expect(kept.expiresAt != nil)
  }

  @Test func aRunningJobHasNoLogYet() async throws {
    let world = try await Self.world.value
    let snapshot = world.snapshot
    let deploy = try #require(
      snapshot.deploys.first { $0.jobs.contains { $0.job.status == .inProgress } })
    let item = try #require(deploy.jobs.first { $0.job.status == .inProgress })
    await #expect {
      _ = try await read(world, .jobLog(deploy.run.key.repository, job: item.id))
    } throws: { error in
      // The job may have ended since; then its log is not written for a moment longer.
      switch error {
      case GitHubError.notFound, GitHubError.storage(_, _, status: 404, _): true
      default: false
      }
    }
  }

  @Test(
    "Over sockets, what is cut, silent or expired in the middle is gone on with",
    arguments: [Fault.Effect.truncated, .expired, .silent])
  func faultsOnTheWire(effect: Fault.Effect) async throws {
    var scenario = Scenario.standard
    scenario.faults = [Fault(match: "GET /_blobs/*", effect: effect, times: 1)]
    let clock = ManualClock(Date())
    let simulator = Simulator(options: SimulatorOptions(scenario: scenario, clock: clock))
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    let server = Task {
      defer { ready.finish() }
      try await SimulatorServer.run(simulator, port: 0) { ready.yield($0) }
    }
    let port = try #require(await ports.first { _ in true })
    let transport = LiveTransport(
      environment: [:], limits: TransportLimits(idle: .seconds(effect == .silent ? 5 : 20)))
    let github = GitHubClient(
      apiURL: "http://127.0.0.1:\(port)",
      credential: try GitHubCredential(token: Simulator.token, source: "test"),
      transport: transport,
      // Links of one second are one link.
      sleep: { _ in clock.advance(by: .seconds(2)) })
    let repository = try #require(simulator.repositories.first.flatMap { RepositoryName($0) })
    let run = try #require(
      try await github.currentRuns(in: repository).first { $0.status == .completed })
    let job = try #require(
      try await github.jobs(of: run.key, inAttempt: run.attempt).first { !$0.steps.isEmpty })
    var texts: [Data] = []
    for _ in 1...2 {
      let taken = Mutex(Data())
      let begun = Mutex(0)
      try await github.download(.jobLog(repository, job: job.id)) { head in
        #expect(head.offset == 0)
        begun.withLock { $0 += 1 }
      } body: { piece in
        taken.withLock { $0 += piece }
      }
      #expect(begun.withLock { $0 } == 1)
      texts.append(taken.withLock { $0 })
    }
    #expect(texts[0].count > 100)
    #expect(texts[0] == texts[1])
    await transport.shutdown()
    server.cancel()
    _ = await server.result
  }
}
