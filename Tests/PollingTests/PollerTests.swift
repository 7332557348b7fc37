import AWS
import Deploys
import Foundation
import GitHub
import Polling
import Simulation
import Testing
import Transport

/// The engine with its real clients, on the simulated world in this process.
@Suite(.serialized)
struct PollerTests {
  private func poller(
    _ simulator: Simulator,
    _ interfere: @escaping @Sendable (HTTPRequest) -> SimulatedTransport.Interference = { _ in
      .pass
    }
  ) throws -> Poller {
    let transport = SimulatedTransport(simulator, interfere: interfere)
    let credentials = Data(simulator.credentialsFile().utf8)
    let aws = AWSClients(
      environment: ["AWS_SHARED_CREDENTIALS_FILE": "/credentials", "AWS_CONFIG_FILE": "/none"],
      transport: transport, files: FileReader { $0 == "/credentials" ? credentials : nil },
      sleep: { _ in })
    let environments = try ["dev", "stg", "prd"].map { name in
      Environment(
        name: name, workflow: try WorkflowPattern("^(action.*\(name)-deploy)$"),
        isProtected: name == "prd",
        aws: AWSScope(
          profile: "acme-\(name)", region: "ap-northeast-2", endpoint: "http://127.0.0.1:1"))
    }
    return Poller(
      state: PollState(
        environments: environments,
        repositories: simulator.repositories.compactMap { RepositoryName($0) }, seed: 1),
      github: GitHubClient(
        apiURL: "http://127.0.0.1:1",
        credential: try GitHubCredential(token: Simulator.token, source: "test"),
        transport: transport, sleep: { _ in }),
      aws: aws)
  }

  private func settle(_ poller: Poller) async -> Snapshot {
    await poller.settle(until: Date().addingTimeInterval(600))
  }

  @Test func theTeamsWorldIsJoined() async throws {
    let simulator = Simulator(options: SimulatorOptions(seed: 7))
    let snapshot = try await settle(poller(simulator))
    let isComplete = snapshot.isComplete
    #expect(isComplete)
    #expect(snapshot.sections.map(\.environment.name) == ["dev", "stg", "prd"])
    let jobs = snapshot.deploys.flatMap(\.jobs)
    let linked = jobs.filter { $0.build != nil }
    #expect(linked.count * 10 > jobs.count * 7, "\(linked.count) of \(jobs.count) jobs have builds")
    let accounts = Set(linked.compactMap { $0.build?.account })
    #expect(accounts.count == 3)
    let kinds = Set(snapshot.deploys.flatMap(\.findings).map(\.kind))
    #expect(
      kinds.isSuperset(of: [.failed, .noRunner, .approvalNeeded, .runnerFailed, .runnerGone]))
    let markers = Set(jobs.map(\.marker.name))
    #expect(markers.contains("failed"))
    #expect(Set(jobs.compactMap { $0.correlation.best?.tier }).count >= 3)
  }

  @Test func aBrokenRepositoryLeavesTheOthersAlive() async throws {
    let simulator = Simulator(options: SimulatorOptions(seed: 7))
    let snapshot = try await settle(
      poller(simulator) { request in
        guard request.url.contains("/repos/acme/web/") else { return .pass }
        return .respond(
          HTTPResponse(
            status: 502, headers: ["Content-Type": "text/html"], body: Data("<html>".utf8)))
      })
    let names = Set(snapshot.deploys.map(\.run.key.repository.name))
    #expect(names.contains("shop"))
    #expect(!names.contains("web"))
    let failing = Set(snapshot.sections.flatMap(\.failures).map(\.source.name))
    #expect(failing.contains("acme/web"))
    #expect(!failing.contains("acme/shop"))
  }

  @Test func aSilentAccountLeavesTheOthersAlive() async throws {
    let simulator = Simulator(options: SimulatorOptions(seed: 7))
    let snapshot = try await settle(
      poller(simulator) { request in
        // The signature names the key, and each account has its own.
        guard request.url == "http://127.0.0.1:1/",
          request.headers["X-Amz-Target"] != nil,
          String(decoding: request.body, as: UTF8.self).contains("acme-prd")
        else { return .pass }
        return .fail(.timedOut(host: "127.0.0.1:1", after: .seconds(30)))
      })
    let prd = try #require(snapshot.sections.last)
    let dev = try #require(snapshot.sections.first)
    #expect(prd.failures.map(\.source.name).contains { $0.contains("acme-prd") })
    #expect(dev.failures.map(\.source.name) == [])
    let devBuilds = dev.deploys.flatMap(\.jobs).compactMap(\.build).count
    #expect(devBuilds > 0)
    let prdRuns = prd.deploys.count
    #expect(prdRuns > 0)
  }

  @Test func anExhaustedLimitIsObeyed() async throws {
    let simulator = Simulator(options: SimulatorOptions(seed: 7))
    let reset = Int(Date().timeIntervalSince1970) + 600
    let snapshot = try await settle(
      poller(simulator) { request in
        guard request.url.contains("/repos/") else { return .pass }
        return .respond(
          HTTPResponse(
            status: 403,
            headers: [
              "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "0",
              "x-ratelimit-used": "5000", "x-ratelimit-reset": "\(reset)",
            ], body: Data(#"{"message":"API rate limit exceeded"}"#.utf8)))
      })
    let until = try #require(snapshot.pausedUntil)
    #expect(abs(until.timeIntervalSince1970 - Double(reset)) < 5)
  }
}
