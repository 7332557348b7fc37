import Foundation
import GitHub
import Testing
import Transport

@Suite("Repeating reads")
struct RetryTests {
  private static let lost = TransportError.connectionLost(host: "h", reason: "reset")

  @Test(
    "A failure that may pass is tried three times",
    arguments: [
      Result<HTTPResponse, TransportError>.success(HTTPResponse(status: 500)),
      .success(.text("<html>", status: 502)), .success(HTTPResponse(status: 503)),
      .failure(lost), .failure(.notSent(host: "h", reason: "refused")),
    ])
  func threeAttempts(answer: Result<HTTPResponse, TransportError>) async throws {
    let clock = ManualClock()
    let stub = StubTransport([answer])
    let client = try Fixtures.client(stub, clock: clock)
    await #expect(throws: GitHubError.self) { _ = try await client.runs(in: Fixtures.repository) }
    #expect(stub.requests.count == 3)
    #expect(clock.sleeps.count == 2)
    #expect(zip(clock.sleeps, [1, 2]).allSatisfy { $0 <= .seconds($1) })
  }

  @Test("The answer after a failure counts")
  func recovers() async throws {
    let stub = StubTransport([
      .failure(Self.lost), .success(HTTPResponse(status: 502)), .success(.text(Fixtures.runs([]))),
    ])
    #expect(try await Fixtures.client(stub).runs(in: Fixtures.repository).value != nil)
    #expect(stub.requests.count == 3)
  }

  @Test(
    "What will not pass is tried once",
    arguments: [
      TransportError.timedOut(host: "h", after: .seconds(20)), .tooLarge(host: "h", limit: 1),
      .invalidURL("x"),
    ])
  func oneAttempt(error: TransportError) async throws {
    let stub = StubTransport([.failure(error)])
    let client = try Fixtures.client(stub)
    await #expect(throws: GitHubError.transport(error)) {
      _ = try await client.runs(in: Fixtures.repository)
    }
    #expect(stub.requests.count == 1)
  }

  @Test("A short retry-after of a failing server is waited for")
  func shortRetryAfter() async throws {
    let clock = ManualClock()
    let stub = StubTransport([
      .success(HTTPResponse(status: 503, headers: ["Retry-After": "7"])),
      .success(.text(Fixtures.runs([]))),
    ])
    _ = try await Fixtures.client(stub, clock: clock).runs(in: Fixtures.repository)
    #expect(clock.sleeps == [.seconds(7)])
  }

  @Test("A long retry-after of a failing server ends the read, and the next ones wait")
  func longRetryAfter() async throws {
    let clock = ManualClock()
    let stub = StubTransport([
      .success(HTTPResponse(status: 503, headers: ["Retry-After": "120"]))
    ])
    let client = try Fixtures.client(stub, clock: clock)
    await #expect(throws: GitHubError.server(status: 503, host: "api.github.com")) {
      _ = try await client.runs(in: Fixtures.repository)
    }
    #expect(client.pausedUntil == clock.now + 120)
    await #expect(throws: GitHubError.rateLimited(until: clock.now + 120, isSecondary: true)) {
      _ = try await client.runs(in: Fixtures.repository)
    }
    #expect(stub.requests.count == 1)
  }

  @Test("A cancelled read ends as cancelled")
  func cancellation() async throws {
    let stub = StubTransport { _, _ in throw CancellationError() }
    let client = try Fixtures.client(stub)
    await #expect(throws: CancellationError.self) {
      _ = try await client.runs(in: Fixtures.repository)
    }
    #expect(stub.requests.count == 1)
  }
}
