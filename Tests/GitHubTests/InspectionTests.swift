import Deploys
import Foundation
import GitHub
import Testing
import Transport

@Suite("Attempts, artifacts and annotations")
struct InspectionTests {
  @Test("An attempt is read as it is now, also where it has not changed")
  func attempt() async throws {
    let stub = StubTransport { request, _ in
      guard request.headers["If-None-Match"] == nil else { return HTTPResponse(status: 304) }
      return .text(Fixtures.run(42, #""run_attempt":2"#), headers: ["ETag": "t"])
    }
    let client = try Fixtures.client(stub)
    for _ in 1...2 {
      let run = try await client.run(Fixtures.key, attempt: 2)
      #expect(run.key == Fixtures.key)
      #expect(run.attempt == 2)
    }
    #expect(
      stub.requests[0].url == "https://api.github.com/repos/acme/shop/actions/runs/42/attempts/2")
    #expect(client.chargedCount == 1)
  }

  @Test("The jobs of an attempt are read over all pages")
  func jobs() async throws {
    let stub = StubTransport { request, _ in
      let next = "<\(request.url)&page=2>; rel=\"next\""
      return request.url.contains("&page=2")
        ? .text(Fixtures.jobs(101..<120)) : .text(Fixtures.jobs(1..<101), headers: ["Link": next])
    }
    let jobs = try await Fixtures.client(stub).jobs(of: Fixtures.key, inAttempt: 3)
    #expect(jobs.map(\.id) == (1..<120).map(Int64.init))
    #expect(jobs.allSatisfy { $0.attempt == 3 })
    #expect(stub.requests[0].url.contains("/attempts/3/jobs?per_page=100"))
  }

  @Test("A job names its check run, and its own id serves where it does not")
  func checkRuns() async throws {
    let stub = StubTransport { request, _ in
      if request.url.contains("/annotations") { return .text("[]") }
      return .text(
        #"{"jobs":[{"id":5,"check_run_url":"https://api.github.com/repos/a/b/check-runs/77"},"#
          + #"{"id":6},{"id":7,"check_run_url":"nothing"}]}"#)
    }
    let client = try Fixtures.client(stub)
    let jobs = try await client.jobs(of: Fixtures.key, inAttempt: 1)
    #expect(jobs.map(\.checkRunID) == [77, nil, nil])
    for job in jobs { _ = try await client.annotations(of: job, in: Fixtures.repository) }
    #expect(
      stub.requests.dropFirst().map(\.url)
        == [77, 6, 7].map {
          "https://api.github.com/repos/acme/shop/check-runs/\($0)/annotations?per_page=100"
        })
  }

  @Test("Annotations are read leniently, and unknown levels kept as they are")
  func annotations() async throws {
    let stub = StubTransport([
      .success(
        .text(
          #"""
          [{"path":".github","start_line":12,"annotation_level":"failure","title":"",
            "message":"Process completed with exit code 1.","raw_details":null,"new":1},
           {"path":"a.swift","annotation_level":"debug","title":"T","message":"m"},
           {"annotation_level":"notice","title":"only a title","message":null},
           {"annotation_level":null,"message":"bare"}, {"message":""}, 7]
          """#))
    ])
    let client = try Fixtures.client(stub)
    let job = Job(id: 5, runID: 42, attempt: 1, name: "build", status: .completed)
    let annotations = try await client.annotations(of: job, in: Fixtures.repository)
    #expect(
      annotations == [
        Annotation(
          level: .failure, message: "Process completed with exit code 1.", path: ".github",
          line: 12),
        Annotation(level: .other("debug"), title: "T", message: "m", path: "a.swift"),
        Annotation(level: .notice, title: "only a title", message: "only a title"),
        Annotation(level: .other(""), message: "bare"),
      ])
    #expect(client.counts.skippedElements == 2)
  }

  @Test("A token that may not read checks is told what it lacks")
  func checksAreForbidden() async throws {
    let stub = StubTransport([
      .success(
        .text(#"{"message":"Resource not accessible by personal access token"}"#, status: 403))
    ])
    let job = Job(id: 5, runID: 42, attempt: 1, name: "build", status: .completed)
    let error = try await #require(throws: GitHubError.self) {
      _ = try await Fixtures.client(stub).annotations(of: job, in: Fixtures.repository)
    }
    #expect(
      error
        == .forbidden(
          what: "the annotations of job 5 of acme/shop", neededPermission: "Checks: read",
          message: "Resource not accessible by personal access token"))
  }

  @Test("Artifacts are read with digest and expiry, and what is broken is left out")
  func artifacts() async throws {
    let stub = StubTransport([
      .success(
        .text(
          #"""
          {"total_count":4,"artifacts":[
            {"id":1,"name":"logs","size_in_bytes":12,"expired":true,"digest":"sha256:ab",
             "created_at":"2026-11-23T01:02:03Z","expires_at":"2026-12-23T01:02:03Z"},
            {"id":2,"name":null,"size_in_bytes":-1,"expired":null,"digest":null},
            {"name":"no id"}, null]}
          """#))
    ])
    let artifacts = try await Fixtures.client(stub).artifacts(of: Fixtures.key)
    #expect(
      artifacts == [
        Artifact(
          run: Fixtures.key, id: 1, name: "logs", size: 12, digest: "sha256:ab", isExpired: true,
          createdAt: Date(timeIntervalSince1970: 1_795_395_723),
          expiresAt: Date(timeIntervalSince1970: 1_797_987_723)),
        Artifact(run: Fixtures.key, id: 2, name: "artifact 2", size: 0),
      ])
    #expect(stub.requests[0].url.hasSuffix("/actions/runs/42/artifacts?per_page=100"))
  }
}
