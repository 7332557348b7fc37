import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct ProtocolTests {
  private let runs = "/repos/acme/shop/actions/runs"

  @Test func sameSeedAndTimesGiveTheSameBytes() async throws {
    func transcript(_ seed: UInt64) async -> [HTTPResponse] {
      let fixture = Fixture(seed: seed)
      var answers: [HTTPResponse] = []
      for _ in 0..<4 {
        for repository in Simulator.repositories {
          answers.append(
            await fixture.send("GET", "/repos/\(repository)/actions/runs?per_page=100"))
        }
        answers.append(
          await fixture.aws(
            "codebuild", "CodeBuild_20161006.ListBuildsForProject",
            ["projectName": "acme-dev-runner"], as: "acme-dev"))
        fixture.clock.advance(by: .seconds(97))
      }
      return answers
    }
    let first = await transcript(7)
    #expect(await transcript(7) == first)
    #expect(await transcript(8).map(\.body) != first.map(\.body))
  }

  @Test func tagsHoldWhileNothingChangesAnd304IsFree() async throws {
    let fixture = Fixture(.idle(repositories: 1))
    let first = await fixture.send("GET", runs)
    let tag = try #require(first.headers["ETag"])
    #expect(tag.hasPrefix("W/\""))
    #expect(first.headers["X-RateLimit-Remaining"] == "4999")
    for _ in 0..<20 {
      fixture.clock.advance(by: .seconds(15))
      let next = await fixture.send("GET", runs, headers: ["If-None-Match": tag])
      #expect(next.status == 304)
      #expect(next.body.isEmpty)
      #expect(next.headers["ETag"] == tag)
      #expect(next.headers["X-RateLimit-Remaining"] == "4999")
    }
    #expect(
      await fixture.send("GET", runs, headers: ["If-None-Match": "W/\"old\""]).status == 200)
  }

  @Test func tagsDifferBetweenCredentials() async throws {
    var fixture = Fixture(.idle(repositories: 1))
    let first = await fixture.send("GET", runs)
    fixture.token = "token-b"
    let tag = try #require(first.headers["ETag"])
    let second = await fixture.send("GET", runs, headers: ["If-None-Match": tag])
    #expect(second.status == 200)
    #expect(second.body == first.body)
    #expect(second.headers["X-RateLimit-Remaining"] == "4999")
  }

  @Test func theLimitRefusesAtZeroAndComesBackOnTheHour() async throws {
    var scenario = Scenario.idle(repositories: 1)
    scenario.rateLimit = 3
    let fixture = Fixture(scenario)
    for left in ["2", "1", "0"] {
      #expect(await fixture.send("GET", runs).headers["X-RateLimit-Remaining"] == left)
    }
    let refused = await fixture.send("GET", runs)
    #expect(refused.status == 403)
    #expect(refused.headers["X-RateLimit-Remaining"] == "0")
    #expect(try refused.json().text("message").hasPrefix("API rate limit exceeded"))
    let rate = try await fixture.get("/rate_limit")
    #expect(rate["resources"]?["core"]?.number("remaining") == 0)
    let reset = try #require(refused.headers["X-RateLimit-Reset"].flatMap(Double.init))
    fixture.clock.advance(by: .seconds(reset - fixture.clock.now.timeIntervalSince1970))
    #expect(await fixture.send("GET", runs).status == 200)
  }

  @Test func tooManyPointsAMinuteMeetTheSecondaryLimit() async throws {
    var scenario = Scenario.idle(repositories: 1)
    scenario.pointsPerMinute = 6
    let fixture = Fixture(scenario)
    #expect(await fixture.send("POST", "\(runs)/1/cancel").status == 404)
    #expect(await fixture.send("GET", "/user").status == 200)
    let refused = await fixture.send("GET", "/user")
    #expect(refused.status == 403)
    #expect(refused.headers["Retry-After"] == "60")
    #expect(refused.headers["X-RateLimit-Remaining"] == "4998")
    fixture.clock.advance(by: .seconds(60))
    #expect(await fixture.send("GET", "/user").status == 200)
  }

  @Test func pagesTogetherAreTheWhole() async throws {
    let fixture = Fixture()
    let whole = try await fixture.get("\(runs)?per_page=100")
    for size in [7, 30, 100] {
      let all = try await fixture.all("\(runs)?per_page=\(size)", "workflow_runs")
      let ids = all.map { $0.number("id") }
      #expect(Int64(ids.count) == whole.number("total_count"))
      #expect(Set(ids).count == ids.count)
      #expect(all.map { $0.text("created_at") } == all.map { $0.text("created_at") }.sorted(by: >))
    }
    let middle = await fixture.send("GET", "\(runs)?per_page=50&page=2")
    let link = try #require(middle.headers["Link"])
    let names = link.split(separator: ", ").map { String($0.split(separator: "\"")[1]) }
    #expect(names == ["prev", "next", "last", "first"])
    #expect(link.contains("/repositories/510000001/actions/runs?per_page=50&page=3"))
    #expect(try await fixture.get("\(runs)?page=500").list("workflow_runs").isEmpty)
  }

  @Test func filtersFilter() async throws {
    let fixture = Fixture()
    let all = try await fixture.all("\(runs)?per_page=100", "workflow_runs")
    func check(_ query: String, _ test: (JSON) -> Bool) async throws {
      let found = try await fixture.all("\(runs)?per_page=100&\(query)", "workflow_runs")
      #expect(!found.isEmpty, "\(query)")
      #expect(found.map { $0.number("id") } == all.filter(test).map { $0.number("id") }, "\(query)")
    }
    try await check("status=failure") { $0.text("conclusion") == "failure" }
    try await check("status=queued") { $0.text("status") == "queued" }
    try await check("event=workflow_dispatch") { $0.text("event") == "workflow_dispatch" }
    try await check("branch=main") { $0.text("head_branch") == "main" }
    try await check("actor=jpark") { $0["actor"]?.text("login") == "jpark" }
    try await check("created=%3E%3D2026-11-22") { $0.text("created_at") >= "2026-11-22" }
    #expect(await fixture.send("GET", "\(runs)?created=yesterday").status == 422)
  }

  @Test func refusalsAreInGitHubsShape() async throws {
    let fixture = Fixture()
    func status(_ path: String, _ headers: HTTPHeaders) async throws -> (Int, String) {
      let response = await fixture.send("GET", path, headers: headers)
      return (response.status, try response.json().text("message"))
    }
    #expect(
      try await status("/user", ["Authorization": "Bearer wrong"]) == (401, "Bad credentials"))
    #expect(try await status("/repos/acme/none/actions/runs", [:]) == (404, "Not Found"))
    #expect(try await status("/no/such/route", [:]) == (404, "Not Found"))
    #expect(try await status("/user", ["X-GitHub-Api-Version": "1999-01-01"]).0 == 400)
    var bare = HTTPRequest(url: Fixture.origin + "/user")
    bare.headers["User-Agent"] = "test"
    #expect(await fixture.simulator.respond(to: bare).status == 401)
    bare.headers["User-Agent"] = nil
    #expect(await fixture.simulator.respond(to: bare).status == 403)
  }

  @Test func enterprisePathsWork() async throws {
    let fixture = Fixture()
    let run = try await fixture.get("/api/v3\(runs)?per_page=1").list("workflow_runs").first
    #expect(run?.text("url").hasPrefix("\(Fixture.origin)/api/v3/repos/acme/shop/") == true)
  }

  @Test func logsAreOnAnotherOriginThatRefusesTokens() async throws {
    let fixture = Fixture()
    let run = try #require(
      try await fixture.run(of: "action-api-dev-deploy") { $0.text("conclusion") == "failure" })
    let job = try #require(try await fixture.jobs(of: run).first)
    let answer = await fixture.send("GET", "/repos/acme/shop/actions/jobs/\(job.number("id"))/logs")
    let url = try #require(answer.headers["Location"])
    #expect(url.hasPrefix("http://localhost:8499/_blobs/"))
    #expect(await fixture.simulator.respond(to: HTTPRequest(url: url)).status == 200)
    let log = await fixture.simulator.respond(to: HTTPRequest(url: url)).body
    #expect(String(decoding: log, as: UTF8.self).contains("##[error]Process completed"))
    #expect(await fixture.send("GET", url).status == 400)
    #expect(
      await fixture.simulator.respond(
        to: HTTPRequest(url: url.replacing("sig=", with: "sig=0"))
      ).status == 404)
    fixture.clock.advance(by: .seconds(61))
    #expect(await fixture.simulator.respond(to: HTTPRequest(url: url)).status == 403)
    let active = try #require(
      try await fixture.run(of: "action-결제-stg-deploy") { $0.text("status") == "queued" })
    let queued = try #require(try await fixture.jobs(of: active).first)
    #expect(
      await fixture.send("GET", "/repos/acme/shop/actions/jobs/\(queued.number("id"))/logs").status
        == 404)
  }
}
