import Deploys
import Foundation
import GitHub
import Testing
import Transport

@Suite("Dispatch and rerun")
struct ChangeTests {
  private func dispatch(
    _ stub: StubTransport, inputs: [String: String] = [:], clock: ManualClock = ManualClock()
  ) async throws -> ChangeAnswer {
    try await Fixtures.client(stub, clock: clock).dispatch(
      workflow: 9, in: Fixtures.repository, ref: "release/1.0", inputs: inputs)
  }

  @Test("A dispatch asks for the run, and gives it")
  func dispatchNamesTheRun() async throws {
    let stub = StubTransport([
      .success(.text(#"{"workflow_run_id":77,"run_url":"u","html_url":"https://h/77"}"#))
    ])
    let answer = try await dispatch(stub, inputs: ["dry_run": "true", "n": "3"])
    #expect(answer == .run(id: 77, url: "https://h/77"))
    let request = try #require(stub.requests.first)
    #expect(request.method == "POST")
    #expect(
      request.url
        == "https://api.github.com/repos/acme/shop/actions/workflows/9/dispatches")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"inputs":{"dry_run":"true","n":"3"},"ref":"release/1.0","return_run_details":true}"#)
    #expect(request.needsFreshConnection)
  }

  @Test("Inputs are left out where there are none")
  func noInputs() async throws {
    let stub = StubTransport([.success(HTTPResponse(status: 204))])
    #expect(try await dispatch(stub) == .accepted)
    #expect(
      stub.requests.first.map { String(decoding: $0.body, as: UTF8.self) }
        == #"{"ref":"release/1.0","return_run_details":true}"#)
  }

  @Test(
    "A success whose body cannot be read has still been taken",
    arguments: ["", "{}", "nonsense", #"{"workflow_run_id":"x"}"#])
  func unreadableSuccess(body: String) async throws {
    #expect(try await dispatch(StubTransport([.success(.text(body))])) == .accepted)
  }

  @Test("A server that does not know the key is asked without it")
  func olderServer() async throws {
    let stub = StubTransport([
      .success(
        .text(
          #"{"message":"Invalid request.\n\n\"return_run_details\" is not a permitted key."}"#,
          status: 422)),
      .success(HTTPResponse(status: 204)),
    ])
    #expect(try await dispatch(stub) == .accepted)
    #expect(
      stub.requests.map { String(decoding: $0.body, as: UTF8.self) }.last
        == #"{"ref":"release/1.0"}"#)
  }

  @Test("A refused dispatch is told once, with GitHub's reason, and was surely not taken")
  func refusedDispatch() async throws {
    let stub = StubTransport([
      .success(.text(#"{"message":"Required input 'x' not provided"}"#, status: 422))
    ])
    let error = try await #require(throws: GitHubError.self) { _ = try await dispatch(stub) }
    #expect(error.message.contains("Required input 'x' not provided"))
    #expect(!error.mayHaveBeenTaken)
    #expect(stub.requests.count == 1)
  }

  @Test("Every change goes to its own place, with the body that GitHub describes")
  func places() throws {
    let client = try Fixtures.client(StubTransport([]))
    let root = "https://api.github.com/repos/acme/shop"
    let details = #""ref":"main","return_run_details":true}"#
    let debug = #"{"enable_debug_logging":true}"#
    let expected: [(String, String?)] = [
      ("actions/workflows/5/dispatches", #"{"inputs":{"a":"b \"c\"\n"},"# + details),
      ("actions/workflows/5/dispatches", "{" + details),
      ("actions/runs/42/rerun", nil), ("actions/runs/42/rerun", debug),
      ("actions/runs/42/rerun-failed-jobs", nil), ("actions/runs/42/rerun-failed-jobs", debug),
      ("actions/jobs/7/rerun", nil), ("actions/jobs/7/rerun", debug),
      ("actions/runs/42/cancel", nil), ("actions/runs/42/force-cancel", nil),
      (
        "actions/runs/42/pending_deployments",
        #"{"comment":"ok","environment_ids":[1,2],"state":"approved"}"#
      ),
      (
        "actions/runs/42/pending_deployments",
        #"{"comment":"","environment_ids":[1],"state":"rejected"}"#
      ),
      (
        "git/refs",
        #"{"ref":"refs/tags/shop-dev-20261123-01","sha":"\#(String(repeating: "a", count: 40))"}"#
      ),
    ]
    #expect(
      Fixtures.changes.map { client.planned($0) }
        == expected.map { PlannedRequest(method: "POST", url: "\(root)/\($0)", body: $1) })
  }

  @Test("The changes by name are the changes that are previewed")
  func named() async throws {
    let stub = StubTransport([.success(.text("{}", status: 201))])
    let client = try Fixtures.client(stub)
    let key = Fixtures.key
    let commit = String(repeating: "a", count: 40)
    try await client.rerun(key)
    try await client.rerunFailedJobs(key, isDebug: true)
    try await client.rerunJob(7, in: Fixtures.repository)
    try await client.cancel(key)
    try await client.forceCancel(key)
    try await client.review(key, environmentIDs: [1, 2], isApproval: true, comment: "ok")
    try await client.createTag(
      "shop-dev-20261123-01", commit: commit, in: Fixtures.repository)
    let changes = [2, 5, 6, 8, 9, 10, 12].map { client.planned(Fixtures.changes[$0]) }
    #expect(stub.requests.map(\.url) == changes.map(\.url))
    #expect(
      stub.requests.map { String(decoding: $0.body, as: UTF8.self) }
        == changes.map { $0.body ?? "" })
  }

  @Test(
    "A change that may have been taken is sent once and says so",
    arguments: [
      Result<HTTPResponse, TransportError>.success(.text("{}", status: 500)),
      .success(.text("<html>", status: 502)),
      .failure(.connectionLost(host: "h", reason: "reset")),
      .failure(.timedOut(host: "h", after: .seconds(20))),
      .failure(.tooLarge(host: "h", limit: 1)),
      .success(.text("{}", status: 503, headers: ["Retry-After": "1"])),
      .success(.text("\n <html>Sign in")),
      .success(HTTPResponse(status: 303, headers: ["Location": "https://api.github.com/x"])),
    ])
  func uncertainChange(answer: Result<HTTPResponse, TransportError>) async throws {
    for change in Fixtures.changes {
      let stub = StubTransport([answer])
      let client = try Fixtures.client(stub)
      let error = try await #require(throws: GitHubError.self) { try await client.send(change) }
      #expect(error.mayHaveBeenTaken)
      #expect(stub.requests.count == 1)
    }
  }

  @Test(
    "A change that was refused is sent once and says that it was not taken",
    arguments: [401, 403, 404, 409, 410, 422, 429])
  func refusedChange(status: Int) async throws {
    for change in Fixtures.changes {
      let stub = StubTransport([.success(.text("{}", status: status))])
      let client = try Fixtures.client(stub)
      let error = try await #require(throws: GitHubError.self) { try await client.send(change) }
      #expect(!error.mayHaveBeenTaken)
      #expect(!error.message.isEmpty && !error.remedy.isEmpty)
      #expect(stub.requests.count == 1)
    }
  }

  @Test("Nothing is sent while GitHub wants to be left alone, and that is told as not taken")
  func limits() async throws {
    let clock = ManualClock()
    let stub = StubTransport([
      .success(
        .text(
          #"{"message":"You have exceeded a secondary rate limit."}"#, status: 403,
          headers: ["Retry-After": "30"])),
      .success(HTTPResponse(status: 202)),
    ])
    let client = try Fixtures.client(stub, clock: clock)
    let until = clock.now + 30
    for _ in 1...2 {
      let error = try await #require(throws: GitHubError.self) {
        try await client.cancel(Fixtures.key)
      }
      #expect(error == .rateLimited(until: until, isSecondary: true))
      #expect(!error.mayHaveBeenTaken)
    }
    #expect(stub.requests.count == 1)
    #expect(client.pausedUntil == until)
    clock.advance(31)
    try await client.cancel(Fixtures.key)
    #expect(stub.requests.count == 2)
  }

  @Test("A change that is sent on keeps its body, and its token within the origin")
  func redirects() async throws {
    for change in Fixtures.changes {
      let stub = StubTransport([
        .success(HTTPResponse(status: 307, headers: ["Location": "/repositories/7/x"])),
        .success(HTTPResponse(status: 308, headers: ["Location": "https://evil.example/x"])),
      ])
      let client = try Fixtures.client(stub)
      let error = try await #require(throws: GitHubError.self) { try await client.send(change) }
      #expect(!error.mayHaveBeenTaken)
      #expect(
        stub.requests.map(\.url) == [
          client.planned(change).url, "https://api.github.com/repositories/7/x",
        ])
      #expect(Set(stub.requests.map(\.body)).count == 1)
    }
  }

  @Test("Only a change that was surely not sent is sent again")
  func unsentChange() async throws {
    let unsent = TransportError.notSent(host: "h", reason: "connection refused")
    let clock = ManualClock()
    let stub = StubTransport([.failure(unsent), .success(HTTPResponse(status: 204))])
    #expect(try await dispatch(stub, clock: clock) == .accepted)
    #expect(clock.sleeps.count == 1)

    let never = StubTransport([.failure(unsent)])
    let error = try await #require(throws: GitHubError.self) { _ = try await dispatch(never) }
    #expect(error == .transport(unsent))
    #expect(!error.mayHaveBeenTaken)
    #expect(never.requests.count == 3)
  }
}
