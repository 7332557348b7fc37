import Foundation
import Testing
import Transport

@testable import Simulation

@Suite("Reviews of pending deployments")
struct ReviewTests {
  private let fixture = Fixture()

  private func waiting(_ workflow: String, in repository: String) async throws -> String {
    let run = try #require(
      try await fixture.run(of: workflow, in: repository) { $0.text("status") == "waiting" })
    return "/repos/\(repository)/actions/runs/\(run.number("id"))"
  }

  private func pending(_ path: String) async throws -> JSON? {
    try await fixture.get("\(path)/pending_deployments").arrayValue?.first
  }

  private func review(_ path: String, _ id: JSON?, _ state: String = "approved") async throws
    -> HTTPResponse
  {
    await fixture.send(
      "POST", "\(path)/pending_deployments",
      body: ["environment_ids": .array([id ?? nil]), "state": .string(state), "comment": "배포"])
  }

  @Test("what the user may approve names its reviewers and its timer")
  func whatTheUserMayApprove() async throws {
    let path = try await waiting("action-shop-prd-deploy", in: "acme/shop")
    let entry = try #require(try await pending(path))
    #expect(entry["current_user_can_approve"]?.boolValue == true)
    #expect(entry.number("wait_timer") == 2)
    #expect(entry.date("wait_timer_started_at") != nil)
    let logins = entry.list("reviewers").compactMap { $0["reviewer"]?.text("login") }
    #expect(logins == ["operator", "minjun-kim", "seoyeon-lee"])
    let answer = try await review(path, entry["environment"]?["id"])
    #expect(answer.status == 200)
    #expect(try answer.json().arrayValue?.map { $0.text("environment") } == ["prd"])
    #expect(fixture.simulator.effects.map(\.kind) == [.approve])
    fixture.clock.advance(by: .seconds(3))
    #expect(try await fixture.get(path).text("status") == "queued")
  }

  @Test("what the user may not approve is refused as if nothing were pending")
  func whatTheUserMayNot() async throws {
    let path = try await waiting("action-admin-prd-deploy", in: "acme/web")
    let entry = try #require(try await pending(path))
    #expect(entry["current_user_can_approve"]?.boolValue == false)
    #expect(entry.list("reviewers").map { $0.text("type") } == ["Team", "User"])
    #expect(entry.list("reviewers").first?["reviewer"]?.text("slug") == "release-managers")
    let answer = try await review(path, entry["environment"]?["id"])
    #expect(answer.status == 422)
    #expect(
      try answer.json().text("errors") == "No pending deployment requests to approve or reject")
    #expect(fixture.simulator.effects.isEmpty)
    #expect(try await fixture.get(path).text("status") == "waiting")
  }

  @Test(
    "the timer holds an approved deploy back, in real minutes at any speed", arguments: [1, 30])
  func theTimerHolds(speed: Double) async throws {
    var scenario = Scenario.standard
    scenario.arrivalsPerHour = 0
    let fixture = Fixture(scenario, speed: speed)
    let dispatch = await fixture.send(
      "POST", "/repos/acme/shop/actions/workflows/action-shop-prd-deploy.yml/dispatches",
      body: ["ref": "main", "return_run_details": true])
    let path = "/repos/acme/shop/actions/runs/\(try dispatch.json().number("workflow_run_id"))"
    fixture.clock.advance(by: .seconds(30))
    let entry = try #require(
      try await fixture.get("\(path)/pending_deployments").arrayValue?.first)
    let body: JSON = [
      "environment_ids": .array([entry["environment"]?["id"] ?? nil]), "state": "approved",
      "comment": "",
    ]
    #expect(await fixture.send("POST", "\(path)/pending_deployments", body: body).status == 200)
    fixture.clock.advance(by: .seconds(60))
    #expect(try await fixture.get(path).text("status") == "waiting")
    let held = try await fixture.get("\(path)/pending_deployments").arrayValue?.first
    #expect(held?["current_user_can_approve"]?.boolValue == false)
    #expect(await fixture.send("POST", "\(path)/pending_deployments", body: body).status == 422)
    fixture.clock.advance(by: .seconds(35))
    #expect(try await fixture.get(path).text("status") != "waiting")
    #expect(try await fixture.get("\(path)/pending_deployments") == [])
    #expect(fixture.simulator.count(of: .approve) == 1)
  }

  @Test("a rejected deploy fails, and its retry waits for a review again")
  func aRejectionFails() async throws {
    let path = try await waiting("action-shop-prd-deploy", in: "acme/shop")
    let id = try await pending(path)?["environment"]?["id"]
    #expect(try await review(path, id, "rejected").status == 200)
    fixture.clock.advance(by: .seconds(2))
    #expect(try await fixture.get(path).text("conclusion") == "failure")
    #expect(await fixture.send("POST", "\(path)/rerun-failed-jobs").status == 201)
    fixture.clock.advance(by: .seconds(600))
    #expect(try await fixture.get(path).text("status") == "waiting")
    #expect(fixture.simulator.effects.map(\.kind) == [.reject, .rerunFailedJobs])
  }

  @Test("environments tell their rules")
  func environments() async throws {
    let list = try await fixture.get("/repos/acme/shop/environments").list("environments")
    #expect(list.map { $0.text("name") } == ["dev", "stg", "prd"])
    #expect(list.first?.list("protection_rules").isEmpty == true)
    let rules = list.last?.list("protection_rules") ?? []
    #expect(rules.map { $0.text("type") } == ["wait_timer", "required_reviewers", "branch_policy"])
    let page = await fixture.send("GET", "/repos/acme/shop/environments?per_page=2")
    #expect(page.headers["Link"]?.contains("rel=\"next\"") == true)
    #expect(try page.json().number("total_count") == 3)
  }
}
