import Foundation
import Testing
import Transport

@testable import Simulation

@Suite("Faults that meet changes")
struct ChangeFaultTests {
  /// A change, the requests that it is, and what it counts as.
  struct Change: Sendable, CustomTestStringConvertible {
    var kind: SimulatedEffect.Kind
    var match: String
    var workflow = "action-api-dev-deploy"
    var repository = "acme/shop"
    var state = "failure"
    var path: @Sendable (JSON, Fixture) async throws -> String
    var body: @Sendable (JSON, Fixture) async throws -> JSON = { _, _ in [:] }

    var testDescription: String { kind.rawValue }
  }

  private static func onRun(
    _ kind: SimulatedEffect.Kind, _ verb: String, _ workflow: String, _ state: String,
    _ repository: String = "acme/shop"
  ) -> Change {
    Change(
      kind: kind, match: "POST /repos/\(repository)/actions/runs/*", workflow: workflow,
      repository: repository, state: state
    ) { run, _ in "/repos/\(repository)/actions/runs/\(run.number("id"))/\(verb)" }
  }

  private static func review(_ kind: SimulatedEffect.Kind, _ state: String) -> Change {
    var change = onRun(kind, "pending_deployments", "action-shop-prd-deploy", "waiting")
    change.body = { _, _ in
      ["environment_ids": [6_100_000_012], "state": .string(state), "comment": ""]
    }
    return change
  }

  static let changes: [Change] = [
    Change(
      kind: .dispatch, match: "POST /repos/acme/shop/actions/workflows/*",
      path: { _, _ in "/repos/acme/shop/actions/workflows/action-shop-dev-deploy.yml/dispatches" },
      body: { _, _ in ["ref": "main", "return_run_details": true] }),
    onRun(.rerun, "rerun", "action-api-dev-deploy", "failure"),
    onRun(.rerunFailedJobs, "rerun-failed-jobs", "action-api-dev-deploy", "failure"),
    Change(
      kind: .rerunJob, match: "POST /repos/acme/shop/actions/jobs/*",
      path: { run, fixture in
        let job = try #require(try await fixture.jobs(of: run).first)
        return "/repos/acme/shop/actions/jobs/\(job.number("id"))/rerun"
      }),
    onRun(.cancel, "cancel", "action-결제-stg-deploy", "queued"),
    onRun(.forceCancel, "force-cancel", "action-auth-stg-deploy", "in_progress", "acme/auth"),
    review(.approve, "approved"), review(.reject, "rejected"),
    Change(
      kind: .createRef, match: "POST /repos/acme/shop/git/refs",
      path: { _, _ in "/repos/acme/shop/git/refs" },
      body: { run, _ in
        ["ref": "refs/tags/shop-dev-20261123-70", "sha": .string(run.text("head_sha"))]
      }),
  ]

  private func request(_ change: Change, _ fixture: Fixture) async throws -> HTTPRequest {
    let run = try #require(
      try await fixture.run(of: change.workflow, in: change.repository) {
        $0.text("status") == change.state || $0.text("conclusion") == change.state
      })
    return HTTPRequest(
      method: "POST", url: Fixture.origin + (try await change.path(run, fixture)),
      headers: ["User-Agent": "test", "Authorization": "Bearer token-a"],
      body: try await change.body(run, fixture).data)
  }

  @Test(
    "each change takes effect after a lost answer and not before it", arguments: changes)
  func connectionsBreak(_ change: Change) async throws {
    for (effect, count) in [
      (Fault.Effect.reset, 0), (.stall, 0), (.lost, 1), (.unanswered, 1), (.truncated, 1),
    ] {
      var scenario = Scenario.standard
      scenario.history = 5
      scenario.faults = [Fault(match: change.match, effect: effect, times: 1)]
      let fixture = Fixture(scenario)
      let request = try await request(change, fixture)
      await #expect(throws: TransportError.self, "\(effect)") {
        try await SimulatedTransport(fixture.simulator).send(request)
      }
      #expect(fixture.simulator.effects.map(\.kind) == Array(repeating: change.kind, count: count))
    }
  }

  @Test("a limit in the middle of changes has no effect and ends", arguments: [403, 429])
  func limits(status: Int) async throws {
    let match = "POST /repos/acme/shop/actions/workflows/*"
    for (effect, word) in [(Fault.Effect.exhausted, "API rate limit"), (.throttled, "secondary")] {
      var scenario = Scenario.standard
      scenario.faults = [
        Fault(match: match, effect: effect, status: status, seconds: 20, skip: 2, times: 1)
      ]
      let fixture = Fixture(scenario)
      let request = try await request(Self.changes[0], fixture)
      var statuses: [Int] = []
      for _ in 0..<4 {
        let answer = await fixture.simulator.respond(to: request)
        statuses.append(answer.status)
        guard answer.status == status else { continue }
        #expect(try answer.json().text("message").contains(word))
        if effect == .exhausted {
          #expect(answer.headers["X-RateLimit-Remaining"] == "0")
          let reset = Double(answer.headers["X-RateLimit-Reset"] ?? "") ?? 0
          #expect(reset == Fixture.start.timeIntervalSince1970 + 20)
        } else {
          #expect(answer.headers["Retry-After"] == "20")
        }
      }
      #expect(statuses == [200, 200, status, status])
      let read = await fixture.send("GET", "/user").status
      #expect(read == (effect == .exhausted ? status : 200))
      fixture.clock.advance(by: .seconds(21))
      #expect(await fixture.simulator.respond(to: request).status == 200)
      #expect(fixture.simulator.count(of: .dispatch) == 3)
    }
  }
}
