import Deploys
import Foundation
import GitHub
import Testing
import Transport

@Suite("Reading runs and jobs")
struct RunDecodingTests {
  private func page(_ body: String) async throws -> RunPage {
    let client = try Fixtures.client(StubTransport([.success(.text(body))]))
    return try #require(try await client.runs(in: Fixtures.repository).value)
  }

  private func run(_ more: String) async throws -> WorkflowRun {
    try #require(try await page(Fixtures.runs([Fixtures.run(1, more)])).runs.first)
  }

  @Test("A run without anything but an id and a time is read")
  func bareRun() async throws {
    let run = try await run("")
    #expect(run.attempt == 1)
    #expect(run.actor == "")
    #expect(run.ref == nil)
    #expect(run.startedAt == run.createdAt)
    #expect(run.updatedAt == run.createdAt)
    #expect(run.status == .other("unknown"))
  }

  @Test("Nulls are read as missing")
  func nulls() async throws {
    let fields = [
      "name", "display_title", "path", "run_number", "run_attempt", "workflow_id", "event",
      "head_branch", "head_sha", "head_commit", "status", "conclusion", "actor",
      "triggering_actor", "run_started_at", "updated_at", "html_url", "pull_requests",
    ]
    let nulls = fields.map { #""\#($0)":null"# }.joined(separator: ",")
    let bare = try await run("")
    #expect(try await run(nulls) == bare)
  }

  @Test("Words that are not known are kept, and so are unknown fields")
  func unknownWords() async throws {
    let run = try await run(
      #""status":"hibernating","conclusion":"vanished","novel":{"x":[1,{}]},"run_attempt":3"#)
    #expect(run.status == .other("hibernating"))
    #expect(run.conclusion == .other("vanished"))
    #expect(run.attempt == 3)
  }

  @Test("The newest attempt's actor goes first")
  func actors() async throws {
    let both = #""actor":{"login":"first"},"triggering_actor":{"login":"again"}"#
    #expect(try await run(both).actor == "again")
    #expect(try await run(#""actor":{"login":"first"},"triggering_actor":null"#).actor == "first")
  }

  @Test("The path loses its ref, and stands in for a missing name")
  func pathAndName() async throws {
    let path = #""path":".github/workflows/d.yml@refs/heads/main""#
    let run = try await run(path)
    #expect(run.path == ".github/workflows/d.yml")
    #expect(run.workflowName == ".github/workflows/d.yml")
    #expect(run.title == ".github/workflows/d.yml")
    let named = try await self.run(path + #","name":"배포","head_commit":{"message":"a\nb"}"#)
    #expect(named.workflowName == "배포")
    #expect(named.title == "a")
  }

  @Test("A run that goes on has no conclusion, whatever an earlier attempt left")
  func conclusionOfAnActiveRun() async throws {
    #expect(try await run(#""status":"queued","conclusion":"success""#).conclusion == nil)
    let done = try await run(#""status":null,"conclusion":"failure""#)
    #expect(done.status == .completed)
    #expect(done.conclusion == .failure)
  }

  @Test("Ids beyond 32 bits are kept whole")
  func largeIDs() async throws {
    let page = try await page(Fixtures.runs([Fixtures.run(9_007_199_254_740_993)]))
    #expect(page.runs.first?.key.id == 9_007_199_254_740_993)
  }

  @Test("A broken element is left out and counted, and the page is read")
  func brokenElements() async throws {
    let stub = StubTransport([
      .success(
        .text(
          Fixtures.runs(
            [
              Fixtures.run(1), #"{"id":"x"}"#, "null", "7", #"{"id":3,"created_at":"soon"}"#,
              Fixtures.run(2),
            ], total: 6)))
    ])
    let client = try Fixtures.client(stub)
    let page = try #require(try await client.runs(in: Fixtures.repository).value)
    #expect(page.runs.map(\.key.id) == [1, 2])
    #expect(page.skipped == 4)
    #expect(page.totalCount == 6)
    #expect(client.counts.skippedElements == 4)
  }

  @Test("A job is read with its steps, and empty names are none")
  func job() async throws {
    let body = #"""
      {"total_count":1,"jobs":[{"id":7,"run_id":42,"name":"deploy","status":"in_progress",
      "conclusion":null,"created_at":"2026-11-23T01:00:00Z","started_at":"2026-11-23T01:01:00Z",
      "completed_at":null,"labels":["codebuild-p-42-1",null,"x"],"runner_name":"",
      "runner_group_name":"","html_url":null,"steps":[
      {"number":1,"name":"Set up job","status":"completed","conclusion":"success",
      "started_at":"2026-11-23T01:01:01.500Z","completed_at":"2026-11-23T10:01:02+09:00"},
      {"name":"Deploy","status":"in_progress","conclusion":null},5,
      {"number":9,"name":"Post","status":"queued","started_at":null}]},
      {"id":8,"name":"later","status":"queued","conclusion":""}]}
      """#
    let client = try Fixtures.client(StubTransport([.success(.text(body))]))
    let jobs = try #require(try await client.jobs(of: Fixtures.key, attempt: 2).value)
    let job = try #require(jobs.first)
    #expect(job.attempt == 2)
    #expect(job.runnerName == nil)
    #expect(job.runnerGroup == nil)
    #expect(job.labels == ["codebuild-p-42-1", "x"])
    #expect(job.steps.map(\.number) == [1, 2, 9])
    #expect(job.currentStep?.name == "Deploy")
    let setup = try #require(job.steps.first)
    #expect(setup.completedAt?.timeIntervalSince(try #require(setup.startedAt)) == 0.5)
    #expect(jobs.last?.steps.isEmpty == true)
    #expect(jobs.last?.conclusion == nil)
    #expect(jobs.last?.runID == 42)
  }

  @Test("Workflows are read over all pages, with the path for a missing name")
  func workflows() async throws {
    let stub = StubTransport { request, _ in
      request.url.contains("page=2")
        ? .text(#"{"workflows":[{"id":2,"path":"b.yml","state":"disabled_manually"}]}"#)
        : .text(
          #"{"workflows":[{"id":1,"name":"A","path":"a.yml","state":"active"},{"id":3}]}"#,
          headers: [
            "Link": "<https://api.github.com/repos/acme/shop/actions/workflows?page=2>; rel=next"
          ])
    }
    let client = try Fixtures.client(stub)
    let workflows = try #require(try await client.workflows(in: Fixtures.repository).value)
    #expect(workflows.map(\.name) == ["A", "b.yml"])
    #expect(workflows.map(\.isActive) == [true, false])
    #expect(client.counts.skippedElements == 1)
  }
}
