import AWS
import Deploys
import Foundation
import GitHub
import Polling
import Simulation
import Testing
import Transport

/// An engine on a machine whose clock is wrong.
@Suite(.serialized)
struct WrongClockTests {
  @Test func agesGoByTheServersClock() throws {
    for error in [3600.0, -3600] {
      var driver = try PollDriver()
      driver.now = noon.addingTimeInterval(error)
      driver.state.setClock(noon, error: ClockError(ahead: .seconds(error)), at: driver.now)
      var script = Script()
      script.runs = [
        makeRun(7),
        makeRun(
          6, workflow: "action-web-dev-deploy", status: .completed, conclusion: .failure,
          created: -86_000, updated: -85_000),
      ]
      script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued)]
      driver.settle(script.answer)
      let snapshot = driver.state.snapshot(at: driver.now)
      #expect(abs(snapshot.takenAt.timeIntervalSince(noon)) < 60)
      #expect(snapshot.clock?.ahead == .seconds(error))
      // The job has waited for a minute, and the failure is not a day old.
      #expect(!snapshot.deploys.flatMap(\.findings).contains { $0.kind == .noRunner })
      #expect(snapshot.deploy(script.runs[1].key)?.needsPerson == true)
      let answer = try #require(snapshot.lastAnswer)
      #expect(abs(answer.timeIntervalSince(noon)) < 60)
    }
  }

  @Test func settingTheClockDisturbsNoSchedule() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7)]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued)]
    driver.settle(script.answer)
    let calm = driver.pass(60, script.answer).count
    driver.state.setClock(
      driver.now.addingTimeInterval(-3600), error: ClockError(ahead: .seconds(3600)),
      at: driver.now)
    let disturbed = driver.pass(60, script.answer).count
    #expect(abs(disturbed - calm) <= calm / 4 + 2, "\(calm) before and \(disturbed) after")
  }

  /// What is known of a simulated world by a machine that is an hour behind it, right, or ahead.
  private func board(offset: Double) async throws -> Snapshot {
    let time = Date(timeIntervalSince1970: 1_795_394_400)
    var scenario = Scenario.standard
    scenario.clockOffset = offset
    scenario.throttles = []
    var options = SimulatorOptions(seed: 7, scenario: scenario)
    options.startedAt = time
    options.now = { time }
    let simulator = Simulator(options: options)
    let transport = SimulatedTransport(simulator)
    let credentials = Data(simulator.credentialsFile().utf8)
    let environments = try ["dev", "stg", "prd"].map { name in
      Environment(
        name: name, workflow: try WorkflowPattern("^(action.*\(name)-deploy)$"),
        aws: AWSScope(
          profile: "acme-\(name)", region: "ap-northeast-2", endpoint: "http://127.0.0.1:1"))
    }
    let poller = Poller(
      state: PollState(
        environments: environments,
        repositories: simulator.repositories.compactMap { RepositoryName($0) }, seed: 1),
      github: GitHubClient(
        apiURL: "http://127.0.0.1:1",
        credential: try GitHubCredential(token: Simulator.token, source: "test"),
        transport: transport, now: { time }, sleep: { _ in }),
      aws: AWSClients(
        environment: ["AWS_SHARED_CREDENTIALS_FILE": "/credentials", "AWS_CONFIG_FILE": "/none"],
        transport: transport, now: { time },
        files: FileReader { $0 == "/credentials" ? credentials : nil }, sleep: { _ in }),
      now: { time })
    return await poller.settle(until: .distantFuture)
  }

  /// What a person sees of every deploy, without times.
  private func signature(_ snapshot: Snapshot) -> [String] {
    snapshot.deploys.map { deploy in
      let jobs = deploy.jobs.map { item in
        "\(item.phase.name) \(item.marker.name) \(item.correlation.best?.tier.rawValue ?? "-")"
      }
      let kinds = deploy.findings.map { "\($0.kind.rawValue) \($0.needsPerson)" }
      return "\(deploy.environment) \(deploy.service) \(deploy.state.name) \(kinds) \(jobs)"
    }.sorted()
  }

  @Test func theBoardIsTheSameOnAMachineThatIsAnHourWrong() async throws {
    let right = try await board(offset: 0)
    #expect(right.clock == nil)
    let builds = right.deploys.flatMap(\.jobs).compactMap(\.build)
    #expect(builds.count > 10)
    for offset in [3600.0, -3600] {
      let wrong = try await board(offset: offset)
      #expect(wrong.clock?.text == (offset > 0 ? "60m slow" : "60m fast"))
      #expect(wrong.sections.flatMap(\.failures) == [])
      #expect(abs(wrong.takenAt.timeIntervalSince(right.takenAt) - offset) < 5)
      #expect(signature(wrong) == signature(right))
    }
  }
}
