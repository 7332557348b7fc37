import Deploys
import Foundation
import GitHub
import Testing
import Transport

@Suite(
  "Recorded payloads",
  .enabled(if: Fixtures.hasData, "the recorded payloads are not beside the package"))
struct PayloadTests {
  private struct Recording {
    var request: [String: Any]
    var response: HTTPResponse
  }

  /// The exchanges of a recording.
  private func recordings(_ name: String) throws -> [Recording] {
    let folder = try #require(Fixtures.dataFolder)
    let data = try Data(contentsOf: folder.appendingPathComponent("payloads/\(name).json"))
    let json = try JSONSerialization.jsonObject(with: data)
    let exchanges = try json as? [[String: Any]] ?? [#require(json as? [String: Any])]
    return try exchanges.map { exchange in
      var headers = HTTPHeaders()
      for (name, value) in exchange["headers"] as? [String: String] ?? [:] {
        headers.add(name, value)
      }
      var body = Data()
      if let content = exchange["body"], !(content is NSNull), (content as? String) != "" {
        body = try JSONSerialization.data(withJSONObject: content)
      }
      return Recording(
        request: try #require(exchange["request"] as? [String: Any]),
        response: HTTPResponse(
          status: try #require(exchange["status"] as? Int), headers: headers, body: body))
    }
  }

  private func client(_ name: String) throws -> GitHubClient {
    try Fixtures.client(StubTransport(try recordings(name).map { .success($0.response) }))
  }

  @Test("A listing of runs from 2020, which lacks newer fields, is read whole")
  func runListing() async throws {
    let client = try client("rec-workflow-runs-list")
    let page = try #require(try await client.runs(in: Fixtures.repository).value)
    #expect(page.totalCount == 4)
    #expect(page.runs.count == 4)
    #expect(page.skipped == 0)
    #expect(page.runs.first?.key.id == 109_950_033)
    #expect(page.runs.allSatisfy { $0.attempt == 1 && $0.status == .completed })
    #expect(client.latestRateLimit?.limit == 5000)
    #expect(client.latestRateLimit?.remaining == 4997)
  }

  @Test("A run of today is read")
  func run() async throws {
    let client = try client("rec-run-attempts")
    let run = try #require(try await client.run(Fixtures.key).value)
    #expect(run.workflowName == "CodeQL Advanced")
    #expect(run.path == ".github/workflows/codeql.yml")
    #expect(run.number == 174)
    #expect(run.event == "schedule")
    #expect(!run.actor.isEmpty)
    #expect(run.startedAt >= run.createdAt)
  }

  @Test("An attempt of today is read")
  func attempt() async throws {
    let recorded = try #require(try recordings("rec-run-attempts").last)
    let stub = StubTransport([.success(recorded.response)])
    let key = RunKey(
      repository: RepositoryName(owner: "EnricoMi", name: "PyGithub"), id: 26_365_060_973)
    let run = try await Fixtures.client(stub).run(key, attempt: 2)
    #expect(run.attempt == 2)
    #expect(run.status == .completed)
    let path = try #require(recorded.request["path"] as? String)
    #expect(stub.requests.map(\.url) == ["https://api.github.com\(path)"])
  }

  @Test("Artifacts from before there were digests are read")
  func artifacts() async throws {
    let artifacts = try await client("rec-artifacts").artifacts(of: Fixtures.key)
    #expect(artifacts.map(\.name) == ["build-tar", "build-zip"])
    #expect(artifacts.map(\.size) == [1_596_716, 1_887_335])
    #expect(artifacts.allSatisfy { $0.digest == nil && !$0.isExpired && $0.expiresAt != nil })
  }

  @Test("The jobs of a matrix run are read with steps and labels")
  func jobs() async throws {
    let client = try client("rec-run-jobs")
    let jobs = try #require(try await client.jobs(of: Fixtures.key, attempt: 1).value)
    #expect(jobs.count == 5)
    #expect(jobs.first?.id == 10_545_727_758)
    #expect(jobs.allSatisfy { $0.checkRunID == $0.id })
    #expect(jobs.allSatisfy { !$0.steps.isEmpty && !$0.labels.isEmpty && $0.completedAt != nil })
    #expect(client.counts.skippedElements == 0)
  }

  @Test(
    "The jobs of webhooks, in every status, are read",
    arguments: [
      ("wh-workflow_job-completed-failure", RunStatus.completed),
      ("wh-workflow_job-in_progress-queued-steps", .inProgress),
      ("wh-workflow_job-queued-with-deployment", .waiting),
      ("wh-workflow_job-waiting", .waiting),
    ])
  func webhookJobs(name: String, status: RunStatus) async throws {
    let folder = try #require(Fixtures.dataFolder)
    let data = try Data(contentsOf: folder.appendingPathComponent("payloads/\(name).json"))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let page = try JSONSerialization.data(
      withJSONObject: ["jobs": [try #require(json["workflow_job"])]])
    let stub = StubTransport([.success(HTTPResponse(status: 200, body: page))])
    let jobs = try await Fixtures.client(stub).jobs(of: Fixtures.key, attempt: 1).value
    let job = try #require(jobs?.first)
    #expect(job.status == status)
    #expect((job.conclusion == nil) == (status != .completed))
    #expect(job.runnerName != "")
  }

  @Test("The workflows of a repository are read")
  func workflows() async throws {
    let client = try client("rec-workflows-list")
    let workflows = try #require(try await client.workflows(in: Fixtures.repository).value)
    #expect(!workflows.isEmpty)
    #expect(workflows.allSatisfy { $0.path.hasPrefix(".github/workflows/") && $0.isActive })
  }

  @Test("Recorded dispatches are understood, and written in the recorded form")
  func dispatches() async throws {
    for (name, expected) in [
      ("rec-dispatch-204", ChangeAnswer.accepted),
      (
        "rec-dispatch-200-run-details",
        .run(
          id: 123_456_789, url: "https://github.com/wrecker/PyGithub/actions/runs/123456789")
      ),
    ] {
      let recording = try #require(try recordings(name).first)
      let stub = StubTransport([.success(recording.response)])
      let answer = try await Fixtures.client(stub).dispatch(
        workflow: 2_001_227, in: RepositoryName(owner: "wrecker", name: "PyGithub"), ref: "main",
        inputs: ["logLevel": "Warning", "message": "Log Message"])
      #expect(answer == expected)
      let request = try #require(stub.requests.first)
      #expect(
        request.url == "https://api.github.com\(recording.request["path"] as? String ?? "")")
      var recorded = try #require(
        try JSONSerialization.jsonObject(
          with: Data((recording.request["body"] as? String ?? "").utf8)) as? [String: NSObject])
      recorded["return_run_details"] = NSNumber(value: true)
      let sent = try JSONSerialization.jsonObject(with: request.body) as? [String: NSObject]
      #expect(sent == recorded)
    }
  }

  @Test("Recorded refusals are told in GitHub's words")
  func refusals() async throws {
    let dispatch = try client("rec-dispatch-422")
    let refused = try await #require(throws: GitHubError.self) {
      _ = try await dispatch.dispatch(
        workflow: 1, in: Fixtures.repository, ref: "main", inputs: [:])
    }
    #expect(refused.message.contains("Required input 'mandatory-parameter' not provided"))
    let rerun = try client("rec-rerun-403")
    let forbidden = try await #require(throws: GitHubError.self) {
      try await rerun.rerun(Fixtures.key)
    }
    #expect(
      forbidden
        == .forbidden(
          what: "the rerun of run 42 of acme/shop", neededPermission: "Actions: write",
          message: "Must have admin rights to Repository."))
    try await client("rec-rerun-failed-201").rerunFailedJobs(Fixtures.key)
  }
}
