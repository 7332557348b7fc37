import Foundation
import GitHub
import Testing
import Transport

@Suite("Dispatch and rerun")
struct ChangeTests {
  private func dispatch(
    _ stub: StubTransport, inputs: [String: String] = [:], clock: ManualClock = ManualClock()
  ) async throws -> DispatchAnswer {
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
    "A success whose body cannot be read has still been taken", arguments: ["", "<html>", "{}"])
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

  @Test("Reruns go to their own places, without a body")
  func reruns() async throws {
    let stub = StubTransport([.success(.text("{}", status: 201))])
    let client = try Fixtures.client(stub)
    try await client.rerun(Fixtures.key)
    try await client.rerunFailedJobs(Fixtures.key)
    #expect(
      stub.requests.map(\.url) == [
        "https://api.github.com/repos/acme/shop/actions/runs/42/rerun",
        "https://api.github.com/repos/acme/shop/actions/runs/42/rerun-failed-jobs",
      ])
    #expect(stub.requests.allSatisfy { $0.method == "POST" && $0.body.isEmpty })
  }

  @Test(
    "A change that may have been taken is sent once and says so",
    arguments: [
      Result<HTTPResponse, TransportError>.success(.text("{}", status: 500)),
      .success(.text("<html>", status: 502)),
      .failure(.connectionLost(host: "h", reason: "reset")),
      .failure(.timedOut(host: "h", after: .seconds(20))),
    ])
  func uncertainChange(answer: Result<HTTPResponse, TransportError>) async throws {
    let stub = StubTransport([answer])
    let client = try Fixtures.client(stub)
    let error = try await #require(throws: GitHubError.self) {
      try await client.rerun(Fixtures.key)
    }
    #expect(error.mayHaveBeenTaken)
    #expect(stub.requests.count == 1)
  }

  @Test(
    "A change that was refused is sent once and says that it was not taken",
    arguments: [401, 403, 404, 409, 410, 422, 429])
  func refusedChange(status: Int) async throws {
    let stub = StubTransport([.success(.text("{}", status: status))])
    let client = try Fixtures.client(stub)
    let error = try await #require(throws: GitHubError.self) {
      try await client.rerun(Fixtures.key)
    }
    #expect(!error.mayHaveBeenTaken)
    #expect(stub.requests.count == 1)
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
