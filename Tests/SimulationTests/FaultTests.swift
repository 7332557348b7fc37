import Foundation
import Synchronization
import Testing
import Transport

@testable import Simulation

@Suite struct FaultTests {
  private let runs = HTTPRequest(
    url: "\(Fixture.origin)/repos/acme/shop/actions/runs",
    headers: ["User-Agent": "test", "Authorization": "Bearer token-a"])

  private func fixture(_ faults: Fault...) -> Fixture {
    var scenario = Scenario.standard
    scenario.faults = faults
    return Fixture(scenario)
  }

  @Test func answersAreReplacedForAWhile() async throws {
    let fixture = fixture(
      Fault(
        match: "GET /repos/acme/shop/actions/*", status: 502, body: "html", skip: 1, times: 2))
    var statuses: [Int] = []
    for _ in 0..<4 { statuses.append(await fixture.simulator.respond(to: runs).status) }
    #expect(statuses == [200, 502, 502, 200])
  }

  @Test func connectionsBreakBeforeAndAfterTheEffect() async throws {
    let path = "POST /repos/acme/shop/actions/workflows/*"
    let fixture = fixture(
      Fault(match: path, effect: .reset, times: 1), Fault(match: path, effect: .lost, times: 1),
      Fault(match: path, effect: .stall, skip: 0, times: 1))
    let transport = SimulatedTransport(fixture.simulator)
    var request = runs
    request.method = "POST"
    request.url =
      "\(Fixture.origin)/repos/acme/shop/actions/workflows/action-shop-dev-deploy.yml/dispatches"
    request.body = Data(#"{"ref":"main"}"#.utf8)
    let lost = TransportError.connectionLost(
      host: "127.0.0.1:8499", reason: "reset by the simulator")
    await #expect(throws: lost) { try await transport.send(request) }
    #expect(fixture.simulator.count(of: .dispatch) == 0)
    await #expect(throws: lost) { try await transport.send(request) }
    #expect(fixture.simulator.count(of: .dispatch) == 1)
    await #expect(throws: TransportError.timedOut(host: "127.0.0.1:8499", after: .seconds(30))) {
      try await transport.send(request)
    }
    #expect(try await transport.send(request).status == 204)
    #expect(fixture.simulator.count(of: .dispatch) == 2)
  }

  @Test func aCutAnswerIsHalfAnAnswer() async throws {
    let fixture = fixture(
      Fault(match: "GET /repos/acme/shop/actions/runs", effect: .truncated, times: 1))
    let cut = await fixture.simulator.respond(to: runs).body
    let whole = await fixture.simulator.respond(to: runs).body
    #expect(cut.count == whole.count / 2)
    #expect(throws: (any Error).self) { try JSON(parsing: cut) }
  }

  @Test func operationsOfAWSCanBeMeant() async throws {
    let fixture = fixture(
      Fault(match: "codebuild:BatchGetBuilds", status: 503, body: "empty", times: 1))
    let answer = await fixture.aws(
      "codebuild", "CodeBuild_20161006.BatchGetBuilds", ["ids": ["x:1"]], as: "acme-dev")
    #expect(answer.status == 503)
    #expect(try await fixture.codeBuild("ListProjects", [:]).list("projects").count == 1)
  }

  @Test func testsMayInterfere() async throws {
    let fixture = Fixture()
    let error = TransportError.connectionLost(host: "x", reason: "y")
    let transport = SimulatedTransport(fixture.simulator) { request in
      request.url.hasSuffix("/user") ? .failAfter(error) : .respond(HTTPResponse(status: 418))
    }
    #expect(try await transport.send(runs).status == 418)
    var user = runs
    user.url = "\(Fixture.origin)/user"
    await #expect(throws: error) { try await transport.send(user) }
    #expect(
      try await fixture.get("/rate_limit")["resources"]?["core"]?.number("used") == 1)
  }

  @Test func aScenarioIsReadStrictly() throws {
    func read(_ text: String) throws -> Scenario {
      try JSONDecoder().decode(Scenario.self, from: Data(text.utf8))
    }
    let scenario = try read(
      #"{"world":"idle","repositories":3,"faults":[{"match":"GET /user","status":500}]}"#)
    #expect(scenario.arrivalsPerHour == 0)
    #expect(scenario.repositories == 3)
    #expect(scenario.faults == [Fault(match: "GET /user", status: 500)])
    #expect(try read("{}") == .standard)
    let again = try JSONDecoder().decode(
      Scenario.self, from: try JSONEncoder().encode(scenario))
    #expect(again == scenario)
    #expect(throws: DecodingError.self) { try read(#"{"arrivals":3}"#) }
    let large = try read(
      #"{"large_logs":[{"workflow":"w","bytes":9}],"storage_rate":5,"retention_days":2}"#)
    #expect(large.largeLogs == [Scenario.LargeLog(workflow: "w", bytes: 9)])
    #expect(large.storageRate == 5 && large.retentionDays == 2)
    #expect(
      try JSONDecoder().decode(Scenario.self, from: try JSONEncoder().encode(large)) == large)
    #expect(throws: DecodingError.self) {
      try read(#"{"large_logs":[{"workflow":"w","bytes":9,"lines":1}]}"#)
    }
    #expect(throws: DecodingError.self) { try read(#"{"faults":[{"math":"GET /user"}]}"#) }
    let operate = try read(
      #"{"missing_permissions":["contents=write"],"read_only_repositories":["acme/web"],"#
        + #""workflow_flaws":[{"workflow":"action-api-dev-deploy","flaw":"no_dispatch"}],"#
        + #""cancel_hangs":["action-web-dev-deploy"],"stop_denied":["acme-prd"],"#
        + #""vanished_refs":["develop"],"clock_offset":3600,"#
        + #""faults":[{"match":"POST /*","effect":"throttled","seconds":5}]}"#)
    #expect(operate.workflowFlaws.map(\.flaw) == [.noDispatch])
    #expect(operate.cancelHangs == ["action-web-dev-deploy"])
    #expect(operate.faults.first?.seconds == 5)
    #expect(
      try JSONDecoder().decode(Scenario.self, from: try JSONEncoder().encode(operate)) == operate)
    for text in [
      #"{"missing_permissions":["contents"]}"#, #"{"stop_denied":["prd"]}"#,
      #"{"cancel_hangs":["x"]}"#, #"{"read_only_repositories":["web"]}"#,
      #"{"workflow_flaws":[{"workflow":"x","flaw":"disabled"}]}"#,
      #"{"workflow_flaws":[{"workflow":"CI","flaw":"broken"}]}"#,
      #"{"workflow_flaws":[{"workflow":"CI","flaw":"disabled","more":1}]}"#,
    ] { #expect(throws: DecodingError.self, "\(text)") { try read(text) } }
  }

  @Test func theLogNamesRequestsAndNoSecrets() async throws {
    let lines = Mutex<[String]>([])
    let clock = ManualClock(Fixture.start)
    let simulator = Simulator(
      options: SimulatorOptions(clock: clock) { entry in
        lines.withLock { $0.append(entry.jsonLine) }
      })
    var request = runs
    request.headers["Authorization"] = "Bearer very-secret"
    let first = await simulator.respond(to: request)
    request.headers["If-None-Match"] = first.headers["ETag"]
    _ = await simulator.respond(to: request)
    request.url = "http://localhost:8499/_blobs/job-log/1?se=1&sig=very-secret"
    _ = await simulator.respond(to: request)
    let entries = try lines.withLock { $0 }.map { try JSON(parsing: Data($0.utf8)) }
    #expect(entries.map { $0.number("status") } == [200, 304, 400])
    #expect(entries.map { $0["is_charged"]?.boolValue } == [true, false, false])
    #expect(entries.map { $0["is_conditional"]?.boolValue } == [false, true, true])
    #expect(entries.map { $0.text("service") } == ["github", "github", "blobs"])
    #expect(entries[0].number("response_bytes") == Int64(first.body.count))
    #expect(!lines.withLock { $0 }.joined().contains("very-secret"))
  }
}
