import Foundation
import Testing
import Transport

@testable import Simulation

@Suite("Making refs")
struct RefTests {
  private let fixture = Fixture()
  private let path = "/repos/acme/web/git/refs"

  private func head(_ name: String = "main") async throws -> String {
    try await fixture.get("/repos/acme/web/commits/\(name)").text("sha")
  }

  @Test("a tag starts the workflow whose pattern it fits, once and a moment later")
  func aTagStartsItsWorkflow() async throws {
    let sha = try await head()
    let tag = "web-stg-20261123-41"
    let answer = await fixture.send(
      "POST", path, body: ["ref": "refs/tags/\(tag)", "sha": .string(sha)])
    #expect(answer.status == 201)
    #expect(answer.headers["Location"]?.hasSuffix("/git/refs/tags/\(tag)") == true)
    #expect(try answer.json()["object"]?.text("sha") == sha)
    func runs() async throws -> [JSON] {
      try await fixture.get("/repos/acme/web/actions/runs?branch=\(tag)").list("workflow_runs")
    }
    #expect(try await runs().isEmpty)
    fixture.clock.advance(by: .seconds(2))
    let run = try #require(try await runs().first)
    #expect(try await runs().count == 1)
    #expect(run.text("name") == "action-web-stg-deploy")
    #expect(run.text("event") == "push")
    #expect(run.text("head_sha") == sha)
    #expect(run["actor"]?.text("login") == "operator")
    #expect(run.text("display_title") == run["head_commit"]?.text("message"))
    let again = await fixture.send(
      "POST", path, body: ["ref": "refs/tags/\(tag)", "sha": .string(sha)])
    #expect(again.status == 422)
    #expect(try again.json().text("message") == "Reference already exists")
    fixture.clock.advance(by: .seconds(2))
    #expect(try await runs().count == 1)
    #expect(fixture.simulator.effects.map(\.kind) == [.createRef])
    #expect(fixture.simulator.effects.map(\.target) == [tag])
    fixture.clock.advance(by: .seconds(1200))
    #expect(try await runs().first?.text("status") == "completed")
  }

  @Test("refs that GitHub would refuse have no effect")
  func refusals() async throws {
    let sha = try await head()
    let missing = String(repeating: "0", count: 40)
    let cases: [(JSON, String)] = [
      (["ref": "refs/tags/x", "sha": .string(missing)], "Object does not exist"),
      (["sha": .string(sha)], "Invalid request.\n\n\"ref\" wasn't supplied."),
      (["ref": "refs/tags/x"], "Invalid request.\n\n\"sha\" wasn't supplied."),
      (
        ["ref": "x", "sha": .string(sha)],
        "Reference name must start with 'refs/' and contain at least two slashes."
      ),
      (["ref": "refs/tags/a b", "sha": .string(sha)], "refs/tags/a b is not a valid ref name."),
      (["ref": "refs/tags/a..b", "sha": .string(sha)], "refs/tags/a..b is not a valid ref name."),
      (
        ["ref": "refs/tags/x", "sha": "abc"],
        "The sha parameter must be exactly 40 characters and contain only [0-9a-f]."
      ),
    ]
    for (body, message) in cases {
      let answer = await fixture.send("POST", path, body: body)
      #expect(answer.status == 422)
      #expect(try answer.json().text("message") == message)
    }
    #expect(fixture.simulator.effects.isEmpty)
  }

  @Test("a tag that fits no pattern, or a disabled workflow's, starts nothing")
  func quietTags() async throws {
    let sha = try await head()
    func count() async throws -> Int64 {
      try await fixture.get("/repos/acme/web/actions/runs?per_page=1&actor=operator")
        .number("total_count")
    }
    for tag in ["web-stg-2026-1", "v9.9.9", "admin-stg-20261123-01"] {
      let answer = await fixture.send(
        "POST", path, body: ["ref": "refs/tags/\(tag)", "sha": .string(sha)])
      #expect(answer.status == 201)
    }
    fixture.clock.advance(by: .seconds(5))
    #expect(try await count() == 0)
    #expect(fixture.simulator.count(of: .createRef) == 3)
  }

  @Test("a branch can be made, listed, compared and dispatched")
  func branches() async throws {
    let sha = try await head("v1.42.0")
    let answer = await fixture.send(
      "POST", path, body: ["ref": "refs/heads/hotfix/로그인", "sha": .string(sha)])
    #expect(answer.status == 201)
    let names = try await fixture.get("/repos/acme/web/branches").arrayValue?.map {
      $0.text("name")
    }
    #expect(names?.contains("hotfix/로그인") == true)
    let name = RequestTarget.encode("hotfix/로그인")
    #expect(
      try await fixture.get("/repos/acme/web/compare/main...\(name)").text("status") == "behind")
    let dispatch = await fixture.send(
      "POST", "/repos/acme/web/actions/workflows/action-web-dev-deploy.yml/dispatches",
      body: ["ref": "hotfix/로그인", "return_run_details": true])
    let run = try await fixture.get(
      "/repos/acme/web/actions/runs/\(try dispatch.json().number("workflow_run_id"))")
    #expect(run.text("head_branch") == "hotfix/로그인")
    #expect(run.text("head_sha") == sha)
  }

  @Test("a ref that vanished is listed and cannot be used")
  func vanishedRefs() async throws {
    var scenario = Scenario.standard
    scenario.vanishedRefs = ["develop"]
    let fixture = Fixture(scenario)
    let names = try await fixture.get("/repos/acme/web/branches").arrayValue?.map {
      $0.text("name")
    }
    #expect(names?.contains("develop") == true)
    let answer = await fixture.send(
      "POST", "/repos/acme/web/actions/workflows/action-web-dev-deploy.yml/dispatches",
      body: ["ref": "develop"])
    #expect(answer.status == 422)
    #expect(try answer.json().text("message") == "No ref found for: develop")
    #expect(fixture.simulator.effects.isEmpty)
  }
}
