import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct OperationTests {
  private let fixture = Fixture()
  private let shop = "/repos/acme/shop/actions"

  private func post(_ path: String, _ body: JSON? = nil) async throws -> (Int, String) {
    let response = await fixture.send("POST", path, body: body)
    return (response.status, response.body.isEmpty ? "" : try response.json().text("message"))
  }

  @Test func aDispatchStartsOneRun() async throws {
    let path = "\(shop)/workflows/action-shop-dev-deploy.yml/dispatches"
    let answer = await fixture.send(
      "POST", path,
      body: ["ref": "main", "inputs": ["log_level": "debug"], "return_run_details": true])
    #expect(answer.status == 200)
    let id = try answer.json().number("workflow_run_id")
    let run = try await fixture.get("\(shop)/runs/\(id)")
    #expect(run.text("event") == "workflow_dispatch")
    #expect(run.text("status") == "queued")
    #expect(run["actor"]?.text("login") == "operator")
    #expect(try await post(path, ["ref": "main"]).0 == 204)
    #expect(fixture.simulator.count(of: .dispatch) == 2)
    fixture.clock.advance(by: .seconds(900))
    #expect(try await fixture.get("\(shop)/runs/\(id)").text("status") == "completed")
  }

  @Test("dispatches that GitHub would refuse have no effect")
  func refusedDispatches() async throws {
    let deploy = "\(shop)/workflows/action-shop-dev-deploy.yml/dispatches"
    let payments = "\(shop)/workflows/action-payments-dev-deploy.yml/dispatches"
    let web = "/repos/acme/web/actions/workflows"
    let cases: [(String, JSON, String)] = [
      (deploy, ["ref": "none"], "No ref found for: none"),
      (
        deploy, ["ref": "main", "inputs": ["nope": "1", "more": "2"]],
        "Unexpected inputs provided: [\"nope\",\"more\"]"
      ),
      (
        deploy, ["ref": "main", "inputs": ["log_level": "loud"]],
        "Provided value 'loud' for input 'log_level' not in the list of allowed values"
      ),
      (
        deploy, ["ref": "main", "inputs": ["target": "moon"]],
        "Provided value 'moon' for input 'target' not in the list of allowed values"
      ),
      (payments, ["ref": "main"], "Required input 'reason' not provided"),
      (
        "\(web)/action-admin-prd-deploy.yml/dispatches", ["ref": "main"],
        "Workflow does not have 'workflow_dispatch' trigger"
      ),
      (
        "\(web)/action-admin-stg-deploy.yml/dispatches", ["ref": "main"],
        "Cannot trigger a 'workflow_dispatch' on a disabled workflow"
      ),
    ]
    for (path, body, message) in cases {
      let answer = try await post(path, body)
      #expect(answer == (422, message))
    }
    #expect(fixture.simulator.effects.isEmpty)
  }

  @Test func newerVersionAlwaysGivesTheRun() async throws {
    let answer = await fixture.send(
      "POST", "\(shop)/workflows/action-shop-dev-deploy.yml/dispatches", body: ["ref": "main"],
      headers: ["X-GitHub-Api-Version": "2026-03-10"])
    #expect(answer.status == 200)
  }

  @Test func failedJobsRunAgainAndOthersAreCarriedOver() async throws {
    let run = try #require(
      try await fixture.run(of: "action-api-dev-deploy") { $0.text("conclusion") == "failure" })
    let path = "\(shop)/runs/\(run.number("id"))"
    let before = try await fixture.jobs(of: run)
    #expect(try await post("\(path)/rerun-failed-jobs") == (201, ""))
    #expect(try await post("\(path)/rerun") == (403, "This workflow is already running"))
    fixture.clock.advance(by: .seconds(2))
    let again = try await fixture.get(path)
    #expect(again.number("run_attempt") == 2)
    #expect(again.text("created_at") == run.text("created_at"))
    #expect(again.text("run_started_at") > run.text("run_started_at"))
    #expect(again.text("previous_attempt_url").hasSuffix("/attempts/1"))
    let after = try await fixture.jobs(of: again)
    #expect(after.map { $0.number("run_attempt") } == [2])
    #expect(after.first?.list("labels").first?.stringValue?.hasSuffix("-2") == true)
    #expect(Set(after.map { $0.number("id") }).isDisjoint(with: before.map { $0.number("id") }))
    #expect(try await fixture.get("\(path)/attempts/1").text("conclusion") == "failure")
    #expect(try await fixture.jobs(of: run, "?filter=all").count == 3)
    #expect(fixture.simulator.effects.map(\.kind) == [.rerunFailedJobs])
  }

  @Test func aRetriedSecondJobKeepsTheLabelOfTheFirstAttempt() async throws {
    let run = try #require(
      try await fixture.run(of: "action-api-dev-deploy") {
        $0.text("conclusion") == "success" && $0.number("run_attempt") == 1
      })
    let deploy = try #require(try await fixture.jobs(of: run).last)
    #expect(try await post("\(shop)/jobs/\(deploy.number("id"))/rerun") == (201, ""))
    fixture.clock.advance(by: .seconds(3))
    let jobs = try await fixture.jobs(of: run)
    #expect(jobs.map { $0.text("status") } == ["completed", "queued"])
    #expect(jobs.map { $0.number("run_attempt") } == [2, 2])
    #expect(jobs.last?.list("labels").first?.stringValue?.hasSuffix("-1") == true)
  }

  @Test func oldRunsAreRefused() async throws {
    let old = try #require(
      try await fixture.all("\(shop)/runs?per_page=100", "workflow_runs").last)
    let answer = try await post("\(shop)/runs/\(old.number("id"))/rerun")
    #expect(
      answer == (
        403, "Unable to re-run this workflow run because it was created over a month ago"
      ))
  }

  @Test func cancellingEndsARunOnceAndLeavesItsBuildIdle() async throws {
    let run = try #require(
      try await fixture.run(of: "action-shop-dev-deploy") { $0.text("status") == "queued" })
    let path = "\(shop)/runs/\(run.number("id"))"
    #expect(try await post("\(path)/cancel").0 == 202)
    fixture.clock.advance(by: .seconds(5))
    #expect(try await fixture.get(path).text("conclusion") == "cancelled")
    let again = try await post("\(path)/cancel")
    #expect(again == (409, "Cannot cancel a workflow run that is completed."))
    #expect(fixture.simulator.count(of: .cancel) == 1)
    fixture.clock.advance(by: .seconds(600))
    let builds = try await fixture.codeBuild(
      "ListBuildsForProject", ["projectName": "acme-dev-runner"])
    let all = try await fixture.codeBuild("BatchGetBuilds", ["ids": builds["ids"] ?? []])
    let id = String(run.number("id"))
    let idle = all.list("builds").first { build in
      build["environment"]?.list("environmentVariables").contains { $0.text("value") == id } == true
    }
    #expect(idle?.text("buildStatus") == "IN_PROGRESS")
    #expect(idle?.text("currentPhase") == "BUILD")
    let stopped = try await fixture.codeBuild("StopBuild", ["id": idle?["id"] ?? nil])
    #expect(stopped["build"]?.text("id") == idle?.text("id"))
    fixture.clock.advance(by: .seconds(5))
    let after = try await fixture.codeBuild("BatchGetBuilds", ["ids": [idle?["id"] ?? nil]])
    #expect(after.list("builds").first?.text("buildStatus") == "STOPPED")
  }

  @Test func aRunCancelledBeforeItsJobsExistIsCancelled() async throws {
    let answer = await fixture.send(
      "POST", "\(shop)/workflows/action-shop-dev-deploy.yml/dispatches",
      body: ["ref": "main", "return_run_details": true])
    let path = "\(shop)/runs/\(try answer.json().number("workflow_run_id"))"
    #expect(try await post("\(path)/cancel").0 == 202)
    fixture.clock.advance(by: .seconds(10))
    #expect(try await fixture.get(path).text("conclusion") == "cancelled")
  }

  @Test func aHangingCancelIsEndedByForce() async throws {
    let dispatch = await fixture.send(
      "POST", "/repos/acme/auth/actions/workflows/action-auth-stg-deploy.yml/dispatches",
      body: ["ref": "main", "return_run_details": true])
    let path = "/repos/acme/auth/actions/runs/\(try dispatch.json().number("workflow_run_id"))"
    fixture.clock.advance(by: .seconds(150))
    #expect(try await fixture.get(path).text("status") == "in_progress")
    #expect(try await post("\(path)/cancel").0 == 202)
    fixture.clock.advance(by: .seconds(60))
    #expect(try await fixture.get(path).text("status") == "in_progress")
    #expect(try await post("\(path)/force-cancel").0 == 202)
    fixture.clock.advance(by: .seconds(5))
    #expect(try await fixture.get(path).text("conclusion") == "cancelled")
  }

  @Test("a review lets the job on, or ends it", arguments: ["approved", "rejected"])
  func review(state: String) async throws {
    let run = try #require(
      try await fixture.run(of: "action-shop-prd-deploy") { $0.text("status") == "waiting" })
    let path = "\(shop)/runs/\(run.number("id"))"
    let pending = try await fixture.get("\(path)/pending_deployments").arrayValue ?? []
    let id = try #require(pending.first?["environment"]?["id"])
    let body: JSON = ["environment_ids": .array([id]), "state": .string(state), "comment": ""]
    #expect(try await post("\(path)/pending_deployments", body).0 == 200)
    #expect(try await post("\(path)/pending_deployments", body).0 == 422)
    fixture.clock.advance(by: .seconds(5))
    #expect(try await fixture.get("\(path)/pending_deployments") == [])
    let after = try await fixture.get(path)
    #expect(after.text("status") == (state == "approved" ? "queued" : "completed"))
    #expect(after["conclusion"] == (state == "approved" ? .null : "failure"))
    fixture.clock.advance(by: .seconds(1200))
    #expect(try await fixture.get(path).text("status") == "completed")
  }

  @Test func stoppingABusyBuildLosesItsJob() async throws {
    let run = try #require(
      try await fixture.run(of: "action-web-dev-deploy", in: "acme/web") {
        $0.text("status") == "in_progress"
      })
    let id = String(run.number("id"))
    let ids = try await fixture.codeBuild(
      "ListBuildsForProject", ["projectName": "acme-dev-runner"])
    let all = try await fixture.codeBuild("BatchGetBuilds", ["ids": ids["ids"] ?? []])
    let own = all.list("builds").filter { build in
      build["environment"]?.list("environmentVariables").contains { $0.text("value") == id } == true
    }
    #expect(own.count == 2)
    _ = try await fixture.codeBuild("StopBuild", ["id": own.first?["id"] ?? nil])
    fixture.clock.advance(by: .seconds(400))
    let jobs = try await fixture.jobs(of: run, in: "acme/web")
    #expect(jobs.map { $0.text("status") }.sorted() == ["completed", "in_progress"])
    fixture.clock.advance(by: .seconds(400))
    let lost = try #require(
      try await fixture.jobs(of: run, in: "acme/web").first { $0.text("conclusion") == "failure" })
    let notes = try await fixture.get("/repos/acme/web/check-runs/\(lost.number("id"))/annotations")
    #expect(notes.arrayValue?.first?.text("message").contains("lost communication") == true)
  }

  @Test func aNewTagStartsItsWorkflow() async throws {
    let sha = try #require(
      try await fixture.get("/repos/acme/shop/branches").arrayValue?.first?["commit"]?["sha"])
    let body: JSON = ["ref": "refs/tags/결제-dev-20261123-88", "sha": sha]
    #expect(await fixture.send("POST", "/repos/acme/shop/git/refs", body: body).status == 201)
    #expect(
      try await post("/repos/acme/shop/git/refs", body) == (422, "Reference already exists"))
    #expect(
      try await fixture.run(of: "action-결제-dev-deploy")?.text("head_branch")
        != "결제-dev-20261123-88")
    fixture.clock.advance(by: .seconds(2))
    let run = try #require(try await fixture.run(of: "action-결제-dev-deploy"))
    #expect(run.text("head_branch") == "결제-dev-20261123-88")
    #expect(run.text("event") == "push")
    #expect(fixture.simulator.count(of: .createRef) == 1)
  }
}
