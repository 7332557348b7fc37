import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct SituationTests {
  private let fixture = Fixture()

  private func run(_ name: String, _ repository: String = "acme/shop", status: String)
    async throws -> (JSON, [JSON])
  {
    let run = try #require(
      try await fixture.run(of: name, in: repository) {
        $0.text("status") == status || $0.text("conclusion") == status
      })
    return (run, try await fixture.jobs(of: run, in: repository))
  }

  private func builds(for run: JSON, _ environment: String) async throws -> [JSON] {
    let ids =
      try await fixture.codeBuild(
        "ListBuildsForProject", ["projectName": "acme-\(environment)-runner"],
        as: "acme-\(environment)")["ids"] ?? []
    let builds = try await fixture.codeBuild(
      "BatchGetBuilds", ["ids": ids], as: "acme-\(environment)"
    ).list("builds")
    let created = try #require(run.date("created_at")).timeIntervalSince1970
    return builds.filter { build in
      guard case .number(let start)? = build["startTime"] else { return false }
      return (created...(created + 12)).contains(start)
    }
  }

  @Test func aFailedDeployHasItsMarkerAndAFailedBuild() async throws {
    let (run, jobs) = try await run("action-api-dev-deploy", status: "failure")
    #expect(jobs.map { $0.text("conclusion") } == ["failure", "skipped"])
    let build = try #require(try await builds(for: run, "dev").first)
    #expect(build.text("buildStatus") == "FAILED")
    #expect(try await marker(of: build) == 200)
  }

  @Test func anUnmarkedFailureLooksLikeSuccessToCodeBuild() async throws {
    let (run, jobs) = try await run("action-결제-dev-deploy", status: "failure")
    let steps = jobs.flatMap { $0.list("steps") }
    #expect(
      steps.first { $0.text("name") == StepTemplate.markerName }?.text("conclusion") == "failure")
    let build = try #require(try await builds(for: run, "dev").first)
    #expect(build.text("buildStatus") == "SUCCEEDED")
    #expect(try await marker(of: build) == 404)
  }

  private func marker(of build: JSON) async throws -> Int {
    let key = "results/failure_build_\(build.text("id")).txt".replacing(":", with: "%3A")
    let request = fixture.sign(
      .init(method: "HEAD", url: "\(Fixture.origin)/codebuild-acme-dev-runner/\(key)"),
      service: "s3", as: "acme-dev")
    let response = await fixture.simulator.respond(to: request)
    #expect(response.body.isEmpty)
    if response.status == 200 { #expect(response.headers["Content-Length"] == "18") }
    return response.status
  }

  @Test func aCancelledDeployWritesNoMarker() async throws {
    let (_, jobs) = try await run("action-web-prd-deploy", "acme/web", status: "cancelled")
    let names = jobs.flatMap { $0.list("steps") }
      .filter { $0.text("name") == StepTemplate.markerName }.map { $0.text("conclusion") }
    #expect(!names.isEmpty && names.allSatisfy { $0 == "skipped" })
  }

  @Test func aRunnerNeverComes() async throws {
    let (run, jobs) = try await run("action-결제-stg-deploy", status: "queued")
    #expect(jobs.map { $0.text("status") } == ["queued"])
    let age = fixture.clock.now.timeIntervalSince(try #require(run.date("created_at")))
    #expect(age >= 600)
    #expect(try await builds(for: run, "stg").isEmpty)
    fixture.clock.advance(by: .seconds(3600))
    #expect(try await fixture.jobs(of: run).map { $0.text("status") } == ["queued"])
    fixture.clock.advance(by: .seconds(86_400))
    #expect(try await fixture.jobs(of: run).map { $0.text("conclusion") } == ["cancelled"])
  }

  @Test func aProductionDeployWaitsForAReview() async throws {
    let (run, jobs) = try await run("action-shop-prd-deploy", status: "waiting")
    #expect(jobs.map { $0.text("status") } == ["waiting"])
    let pending = try await fixture.get(
      "/repos/acme/shop/actions/runs/\(run.number("id"))/pending_deployments")
    #expect(pending.arrayValue?.first?["environment"]?.text("name") == "prd")
  }

  @Test func buildsStandInTheirPhases() async throws {
    for (name, repository, environment, phase) in [
      ("shop", "acme/shop", "stg", "SUBMITTED"), ("auth", "acme/auth", "prd", "QUEUED"),
      ("shop", "acme/shop", "dev", "PROVISIONING"), ("web", "acme/web", "stg", "INSTALL"),
    ] {
      let (run, _) = try await run(
        "action-\(name)-\(environment)-deploy", repository, status: "queued")
      let phases = try await builds(for: run, environment).map { $0.text("currentPhase") }
      #expect(phases.contains(phase), "\(name) \(environment): \(phases)")
    }
  }

  @Test func aBuildFailsInInstallAndItsJobStaysQueued() async throws {
    let (run, jobs) = try await run("action-admin-dev-deploy", "acme/web", status: "queued")
    #expect(jobs.map { $0.text("status") } == ["queued"])
    let build = try #require(try await builds(for: run, "dev").first)
    #expect(build.text("buildStatus") == "FAILED")
    let failed = build.list("phases").filter { $0.text("phaseStatus") == "FAILED" }
    #expect(failed.map { $0.text("phaseType") } == ["INSTALL"])
  }

  @Test func aRunnerLeavesWithoutHavingRunAnything() async throws {
    let (run, jobs) = try await run("action-auth-dev-deploy", "acme/auth", status: "queued")
    #expect(jobs.map { $0.text("status") } == ["queued"])
    #expect(
      try await builds(for: run, "dev").map { $0.text("buildStatus") } == ["SUCCEEDED"])
  }

  @Test func aSecondJobWaitsForItsRunner() async throws {
    let (run, jobs) = try await run("action-api-prd-deploy", status: "queued")
    #expect(jobs.map { $0.text("status") } == ["completed", "queued"])
    #expect(run.text("status") == "queued")
  }

  @Test func matrixLegsShareLabelsAndSwapBuilds() async throws {
    let (run, jobs) = try await run("action-web-dev-deploy", "acme/web", status: "in_progress")
    #expect(jobs.map { $0.text("name") } == ["build (20.x)", "build (22.x)"])
    #expect(jobs[0]["labels"] == jobs[1]["labels"])
    for build in try await builds(for: run, "dev") {
      let requested = build["environment"]?.list("environmentVariables")
        .first { $0.text("name") == "CODEBUILD_WEBHOOK_JOB_ID" }?.text("value")
      let name = jobs.first { String($0.number("id")) == requested }?.text("name")
      let log = try await log(of: build)
      let ran = log.first { $0.contains("Running job: ") }
      #expect(ran != nil && name.map { ran?.contains($0) } == false)
    }
  }

  private func log(of build: JSON) async throws -> [String] {
    try await fixture.aws(
      "logs", "Logs_20140328.GetLogEvents",
      [
        "logGroupName": build["logs"]?["groupName"] ?? nil,
        "logStreamName": build["logs"]?["streamName"] ?? nil, "startFromHead": true,
      ], as: "acme-dev"
    ).json().list("events").map { $0.text("message") }
  }

  @Test func labelsComeInTheirThreeForms() async throws {
    let plain = try await fixture.jobs(
      of: try #require(try await fixture.run(of: "action-shop-dev-deploy")))
    let spaced = try await fixture.jobs(
      of: try #require(try await fixture.run(of: "action-auth-dev-deploy", in: "acme/auth")),
      in: "acme/auth")
    let suffixed = try await fixture.jobs(
      of: try #require(try await fixture.run(of: "action-admin-dev-deploy", in: "acme/web")),
      in: "acme/web")
    #expect(plain.first?.list("labels").count == 2)
    #expect(spaced.first?.list("labels").first?.stringValue?.contains(" instance-size:") == true)
    #expect(
      suffixed.first?.list("labels").first?.stringValue?.hasSuffix("-1-with-buildspec") == true)
  }

  @Test func aDeployIsRunThreeTimes() async throws {
    let run = try #require(
      try await fixture.run(of: "action-api-stg-deploy") { $0.number("run_attempt") == 3 })
    #expect(run.text("conclusion") == "success")
    let path = "/repos/acme/shop/actions/runs/\(run.number("id"))/attempts"
    var conclusions: [[String]] = []
    for attempt in 1...3 {
      let jobs = try await fixture.get("\(path)/\(attempt)/jobs").list("jobs")
      #expect(jobs.map { $0.text("name") } == ["build", "deploy"])
      #expect(jobs.allSatisfy { $0.number("run_attempt") == Int64(attempt) })
      conclusions.append(jobs.map { $0.text("conclusion") })
    }
    #expect(
      conclusions == [["success", "failure"], ["success", "failure"], ["success", "success"]])
    #expect(try await fixture.get("\(path)/1").text("conclusion") == "failure")
    #expect(fixture.simulator.effects.isEmpty)
  }

  @Test func oneDeployAlwaysRuns() async throws {
    let (run, _) = try await run("action-auth-stg-deploy", "acme/auth", status: "in_progress")
    for _ in 0..<6 {
      fixture.clock.advance(by: .seconds(300))
      let jobs = try await fixture.jobs(of: run, in: "acme/auth")
      #expect(jobs.map { $0.text("status") } == ["in_progress"])
    }
  }

  @Test func aCallOfAnotherWorkflowIsNamedAfterItsCaller() async throws {
    let runs = try await fixture.all(
      "/repos/acme/web/actions/runs?per_page=100", "workflow_runs"
    ).filter { $0.text("name").hasPrefix("action-admin-") && $0.text("status") == "completed" }
    #expect(runs.count > 5)
    var lists: Set<[String]> = []
    for run in runs {
      #expect(run.list("referenced_workflows").count == 1)
      lists.insert(try await fixture.jobs(of: run, in: "acme/web").map { $0.text("name") })
    }
    #expect(
      lists.contains([
        "build (20.x)", "rollout / deploy", "rollout / smoke (chrome)",
        "rollout / smoke (firefox)",
      ]))
    #expect(lists.contains(["build (20.x)", "rollout"]))
  }
}
