import Crypto
import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct ArtifactTests {
  private func artifacts(
    of workflow: String, _ fixture: Fixture, where test: (JSON) -> Bool
  ) async throws -> [JSON] {
    let run = try #require(try await fixture.run(of: workflow, where: test))
    return try await fixture.get(
      "/repos/acme/shop/actions/runs/\(run.number("id"))/artifacts"
    ).list("artifacts")
  }

  private func link(_ artifact: JSON, _ fixture: Fixture) async throws -> String {
    let answer = await fixture.send("GET", artifact.text("archive_download_url"))
    return try #require(answer.headers["Location"])
  }

  @Test func aFailedDeployLeavesItsReportAndLogs() async throws {
    let fixture = Fixture()
    let found = try await artifacts(of: "action-api-dev-deploy", fixture) {
      $0.text("conclusion") == "failure"
    }
    #expect(
      found.map { $0.text("name") } == [
        "docker-cache-build", "failure-logs-build", "test-report-build",
      ])
    var names: [String] = []
    for artifact in found {
      let zip = await fixture.simulator.respond(
        to: HTTPRequest(url: try await link(artifact, fixture)))
      #expect(zip.status == 200)
      #expect(Int64(zip.body.count) == artifact.number("size_in_bytes"))
      #expect(artifact.text("digest") == "sha256:\(SHA256.hash(data: zip.body).hexDigits)")
      #expect(artifact["expired"] == false)
      names += try ReadZip(zip.body).names
      let again = try await fixture.get(artifact.text("url"))
      #expect(again == artifact)
    }
    for name in ["보고서/요약.md", "junit/results.xml", "screenshots/01 장바구니 화면.png"] {
      #expect(names.contains(name))
    }
    let largest = try #require(found.map { $0.number("size_in_bytes") }.max())
    #expect(largest > 6_000_000)
    let named = try await fixture.get(
      "\(found[0]["workflow_run"].map { "/repos/acme/shop/actions/runs/\($0.number("id"))" } ?? "")"
        + "/artifacts?name=test-report-build")
    #expect(named.number("total_count") == 1)
  }

  @Test func everyAttemptsArtifactsAreKept() async throws {
    let fixture = Fixture()
    let found = try await artifacts(of: "action-api-stg-deploy", fixture) {
      $0.number("run_attempt") == 3
    }
    let names = found.map { $0.text("name") }
    #expect(names.count { $0 == "roll-out-events-deploy" } == 3)
    #expect(names.count { $0 == "test-report-build" } == 1)
    #expect(Set(found.map { $0.number("id") }).count == found.count)
    let times = found.map { $0.text("created_at") }
    #expect(times == times.sorted(by: >))
    #expect(Set(found.map { $0.text("digest") }).count == found.count)
  }

  @Test func expiredArtifactsAreListedAndGone() async throws {
    var scenario = Scenario.standard
    scenario.retentionDays = 0.001
    let fixture = Fixture(scenario)
    let found = try await artifacts(of: "action-api-dev-deploy", fixture) {
      $0.text("conclusion") == "failure"
    }
    #expect(!found.isEmpty && found.allSatisfy { $0["expired"] == true })
    let answer = await fixture.send("GET", found[0].text("archive_download_url"))
    #expect(answer.status == 410)
    #expect(try answer.json().text("message") == "Artifact has expired")
  }

  @Test func downloadsGoOnWhereTheyStopped() async throws {
    var scenario = Scenario.standard
    scenario.artifactBytes = 300_000
    let fixture = Fixture(scenario)
    let artifact = try #require(
      try await artifacts(of: "action-api-dev-deploy", fixture) {
        $0.text("conclusion") == "failure"
      }.first)
    let url = try await link(artifact, fixture)
    func get(_ headers: HTTPHeaders, method: String = "GET") async -> HTTPResponse {
      await fixture.simulator.respond(
        to: HTTPRequest(method: method, url: url, headers: headers))
    }
    let whole = await get([:])
    let tag = try #require(whole.headers["ETag"])
    let date = try #require(whole.headers["Last-Modified"])
    #expect(tag.hasPrefix("\"") && whole.headers["Accept-Ranges"] == "bytes")
    let size = whole.body.count
    for validator in [tag, date] {
      let rest = await get(["Range": "bytes=100000-", "If-Range": validator])
      #expect(rest.status == 206)
      #expect(rest.headers["Content-Range"] == "bytes 100000-\(size - 1)/\(size)")
      #expect(rest.body == whole.body.dropFirst(100_000))
    }
    for validator in ["\"other\"", "W/\(tag)", "Mon, 01 Jan 2001 00:00:00 GMT"] {
      #expect(await get(["Range": "bytes=100000-", "If-Range": validator]).status == 200)
    }
    let behind = await get(["Range": "bytes=\(size)-"])
    #expect(behind.status == 416)
    #expect(behind.headers["Content-Range"] == "bytes */\(size)")
    let head = await get([:], method: "HEAD")
    #expect(head.headers["Content-Length"] == String(size))
    #expect(head.body.isEmpty)
  }

  @Test("a download that breaks off is handed over as far as it came")
  func brokenDownloads() async throws {
    var scenario = Scenario.standard
    scenario.artifactBytes = 300_000
    scenario.faults = [
      Fault(match: "GET /_blobs/artifact/*", effect: .expired, after: 100_000, times: 1),
      Fault(match: "GET /_blobs/artifact/*", effect: .silent, skip: 1, times: 1),
    ]
    let fixture = Fixture(scenario)
    let transport = SimulatedTransport(fixture.simulator)
    let artifact = try #require(
      try await artifacts(of: "action-api-dev-deploy", fixture) {
        $0.text("conclusion") == "failure"
      }.first)
    func receive(_ url: String, from offset: Int = 0) async -> (Data, (any Error)?, Int) {
      let collected = Collected()
      do {
        let response = try await transport.receive(
          HTTPRequest(url: url, headers: ["Range": "bytes=\(offset)-"]),
          deciding: { $0.isSuccess }, body: { await collected.add($0) })
        return (await collected.data, nil, response.status)
      } catch {
        return (await collected.data, error, 0)
      }
    }
    let first = try await link(artifact, fixture)
    let (begin, broken, _) = await receive(first)
    #expect(begin.count == 100_000)
    #expect(broken as? TransportError != nil)
    let (_, none, refused) = await receive(first, from: begin.count)
    #expect(none == nil && refused == 403)
    // The same second gives the same link.
    fixture.clock.advance(by: .seconds(2))
    let second = try await link(artifact, fixture)
    let (middle, silent, _) = await receive(second, from: begin.count)
    guard case .timedOut? = silent as? TransportError else {
      Issue.record("no silence: \(String(describing: silent))")
      return
    }
    let (end, nothing, status) = await receive(second, from: begin.count + middle.count)
    #expect(nothing == nil && status == 206)
    let digest = SHA256.hash(data: begin + middle + end).hexDigits
    #expect(artifact.text("digest") == "sha256:\(digest)")
  }
}

private actor Collected {
  private(set) var data = Data()
  func add(_ piece: Data) { data += piece }
}
