import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct SchemaTests {
  private static let file = "github-openapi-actions.json"
  private static let r = "/repos/{owner}/{repo}"

  /// Method, template, path, body, status.
  private struct Sample {
    var method = "GET"
    let template: String
    let path: String
    var body: JSON?
    var status = 200
  }

  private func samples(_ fixture: Fixture) async throws -> [Sample] {
    let shop = "/repos/acme/shop"
    let failed = try #require(
      try await fixture.run(of: "action-api-dev-deploy") { $0.text("conclusion") == "failure" })
    let waiting = try #require(
      try await fixture.run(of: "action-shop-prd-deploy") { $0.text("status") == "waiting" })
    let foreign = try #require(
      try await fixture.run(of: "action-admin-prd-deploy", in: "acme/web"))
    let queued = try #require(
      try await fixture.run(of: "action-결제-stg-deploy") { $0.text("status") == "queued" })
    let job = try #require(try await fixture.jobs(of: failed).first).number("id")
    let id = failed.number("id")
    let run = "\(shop)/actions/runs/\(id)"
    let artifact = try #require(try await fixture.get("\(run)/artifacts").list("artifacts").first)
      .number("id")
    let rerun = try #require(
      try await fixture.run(of: "action-api-stg-deploy") { $0.number("run_attempt") == 3 }
    ).number("id")
    let runTemplate = "\(Self.r)/actions/runs/{run_id}"
    let ids: [JSON] = [.int(6_100_000_012)]
    let workflow = "\(shop)/actions/workflows/action-shop-dev-deploy.yml"
    return [
      Sample(template: "\(Self.r)/actions/runs", path: "\(shop)/actions/runs?per_page=100"),
      Sample(template: "\(Self.r)/actions/runs", path: "/repos/acme/web/actions/runs?per_page=100"),
      Sample(
        template: "\(Self.r)/actions/workflows/{workflow_id}/runs", path: "\(workflow)/runs"),
      Sample(template: runTemplate, path: run),
      Sample(template: runTemplate, path: "\(shop)/actions/runs/\(waiting.number("id"))"),
      Sample(template: "\(runTemplate)/attempts/{attempt_number}", path: "\(run)/attempts/1"),
      Sample(template: "\(runTemplate)/jobs", path: "\(run)/jobs?filter=all"),
      Sample(
        template: "\(runTemplate)/jobs", path: "\(shop)/actions/runs/\(queued.number("id"))/jobs"),
      Sample(
        template: "\(runTemplate)/jobs", path: "\(shop)/actions/runs/\(waiting.number("id"))/jobs"),
      Sample(
        template: "\(runTemplate)/attempts/{attempt_number}/jobs", path: "\(run)/attempts/1/jobs"),
      Sample(template: "\(Self.r)/actions/jobs/{job_id}", path: "\(shop)/actions/jobs/\(job)"),
      Sample(
        template: "\(Self.r)/actions/jobs/{job_id}/logs", path: "\(shop)/actions/jobs/\(job)/logs",
        status: 302),
      Sample(template: "\(runTemplate)/logs", path: "\(run)/logs", status: 302),
      Sample(
        template: "\(runTemplate)/attempts/{attempt_number}/logs", path: "\(run)/attempts/1/logs",
        status: 302),
      Sample(template: "\(runTemplate)/artifacts", path: "\(run)/artifacts"),
      Sample(
        template: "\(Self.r)/actions/artifacts/{artifact_id}/{archive_format}",
        path: "\(shop)/actions/artifacts/\(artifact)/zip", status: 302),
      Sample(
        template: "\(runTemplate)/artifacts", path: "\(shop)/actions/runs/\(rerun)/artifacts"),
      Sample(
        template: "\(runTemplate)/attempts/{attempt_number}",
        path: "\(shop)/actions/runs/\(rerun)/attempts/2"),
      Sample(
        template: "\(runTemplate)/attempts/{attempt_number}/jobs",
        path: "\(shop)/actions/runs/\(rerun)/attempts/2/jobs"),
      Sample(template: "\(Self.r)/actions/workflows", path: "\(shop)/actions/workflows"),
      Sample(template: "\(Self.r)/actions/workflows", path: "/repos/acme/web/actions/workflows"),
      Sample(template: "\(Self.r)/actions/workflows/{workflow_id}", path: workflow),
      Sample(template: "\(Self.r)/actions/runners", path: "/repos/acme/web/actions/runners"),
      Sample(
        template: "\(Self.r)/check-runs/{check_run_id}/annotations",
        path: "\(shop)/check-runs/\(job)/annotations"),
      Sample(
        template: "\(Self.r)/contents/{path}",
        path: "\(shop)/contents/.github/workflows/action-payments-dev-deploy.yml?ref=main"),
      Sample(template: "\(Self.r)/contents/{path}", path: "\(shop)/contents/.github/workflows"),
      Sample(template: "\(Self.r)/branches", path: "\(shop)/branches"),
      Sample(template: "\(Self.r)/tags", path: "\(shop)/tags?per_page=100"),
      Sample(
        template: "\(Self.r)/git/matching-refs/{ref}", path: "\(shop)/git/matching-refs/tags/shop-"),
      Sample(template: "\(Self.r)/environments", path: "\(shop)/environments"),
      Sample(template: "/rate_limit", path: "/rate_limit"),
      Sample(template: "/user", path: "/user"), Sample(template: "/", path: "/"),
      Sample(
        template: "\(runTemplate)/pending_deployments",
        path: "\(shop)/actions/runs/\(waiting.number("id"))/pending_deployments"),
      Sample(
        method: "POST", template: "\(runTemplate)/pending_deployments",
        path: "\(shop)/actions/runs/\(waiting.number("id"))/pending_deployments",
        body: ["environment_ids": .array(ids), "state": "approved", "comment": "좋아요"]),
      Sample(
        method: "POST", template: "\(Self.r)/actions/workflows/{workflow_id}/dispatches",
        path: "\(workflow)/dispatches", body: ["ref": "main", "return_run_details": true]),
      Sample(
        method: "POST", template: "\(Self.r)/actions/workflows/{workflow_id}/dispatches",
        path: "\(workflow)/dispatches", body: ["ref": "main"], status: 204),
      Sample(
        method: "POST", template: "\(runTemplate)/rerun-failed-jobs",
        path: "\(run)/rerun-failed-jobs", status: 201),
      Sample(
        method: "POST", template: "\(runTemplate)/cancel", path: "\(run)/cancel", status: 202),
      Sample(
        method: "POST", template: "\(runTemplate)/force-cancel", path: "\(run)/force-cancel",
        status: 202),
      Sample(
        method: "POST", template: "\(Self.r)/git/refs", path: "\(shop)/git/refs",
        body: [
          "ref": "refs/tags/shop-dev-20261123-77",
          "sha": .string(failed.text("head_sha")),
        ], status: 201),
      Sample(
        method: "POST", template: "\(Self.r)/git/refs", path: "\(shop)/git/refs",
        body: ["ref": "refs/tags/x", "sha": .string(String(repeating: "a", count: 40))],
        status: 422),
      Sample(template: "\(Self.r)/environments", path: "/repos/acme/web/environments"),
      Sample(
        template: "\(Self.r)/git/matching-refs/{ref}", path: "\(shop)/git/matching-refs/tags/v1"),
      Sample(
        template: "\(runTemplate)/pending_deployments",
        path: "/repos/acme/web/actions/runs/\(foreign.number("id"))/pending_deployments"),
    ]
  }

  @Test(
    "every answer is valid under GitHub's own description",
    .enabled(
      if: SchemaChecker.location("github-openapi-actions.json") != nil,
      "GitHub's REST description does not lie beside the package"))
  func everyAnswerIsValid() async throws {
    let url = try #require(SchemaChecker.location(Self.file))
    let checker = SchemaChecker(document: try JSON(parsing: Data(contentsOf: url)))
    let fixture = Fixture()
    let samples = try await samples(fixture)
    for sample in samples {
      let response = await fixture.send(sample.method, sample.path, body: sample.body)
      #expect(response.status == sample.status, "\(sample.method) \(sample.path)")
      guard
        let schema = try checker.schema(
          sample.method, sample.template, status: sample.status)
      else { continue }
      let problems = checker.problems(try response.json(), schema)
      #expect(problems.isEmpty, "\(sample.path): \(problems.prefix(5))")
    }
    #expect(samples.count > 35)
  }

  @Test(
    "runs and jobs stay valid through twenty minutes of the team's day",
    .enabled(
      if: SchemaChecker.location("github-openapi-actions.json") != nil,
      "GitHub's REST description does not lie beside the package"))
  func answersStayValid() async throws {
    let url = try #require(SchemaChecker.location(Self.file))
    let checker = SchemaChecker(document: try JSON(parsing: Data(contentsOf: url)))
    let runs = try #require(try checker.schema("GET", "\(Self.r)/actions/runs", status: 200))
    let jobs = try #require(
      try checker.schema("GET", "\(Self.r)/actions/runs/{run_id}/jobs", status: 200))
    let fixture = Fixture()
    for _ in 0..<8 {
      fixture.clock.advance(by: .seconds(150))
      for repository in Simulator.repositories {
        let list = try await fixture.get("/repos/\(repository)/actions/runs?per_page=15")
        #expect(checker.problems(list, runs).isEmpty)
        for run in list.list("workflow_runs") {
          let answer = try await fixture.get(
            "/repos/\(repository)/actions/runs/\(run.number("id"))/jobs")
          #expect(checker.problems(answer, jobs).isEmpty)
        }
      }
    }
  }

  @Test func theCheckerRefusesWhatIsWrong() throws {
    let checker = SchemaChecker(document: ["components": ["schemas": ["x": ["type": "integer"]]]])
    let schema: JSON = [
      "type": "object", "required": ["a", "b"],
      "properties": [
        "a": ["type": "string", "format": "date-time"], "b": ["$ref": "#/components/schemas/x"],
        "c": ["type": "string", "nullable": true, "enum": ["one", nil]],
      ],
    ]
    #expect(checker.problems(["a": "2026-11-23T00:40:00Z", "b": 1, "c": nil], schema).isEmpty)
    #expect(checker.problems(["a": "yesterday", "b": 1], schema).count == 1)
    #expect(checker.problems(["a": "2026-11-23T00:40:00Z", "b": "1"], schema).count == 1)
    #expect(checker.problems(["a": nil, "c": "two"], schema).count == 3)
  }
}
