import Deploys
import Foundation
import Testing
import Transport

@testable import GitHub

@Suite("Rate limits")
struct RateLimitTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)

  /// The refusal that an answer leads to.
  private func refusal(
    _ status: Int, _ headers: HTTPHeaders, _ body: String = "{}"
  ) -> RateLimitState.Refusal? {
    var state = RateLimitState()
    return state.judge(.text(body, status: status, headers: headers), at: Self.start)
  }

  @Test("retry-after is obeyed, in seconds and as a date by the server's clock")
  func retryAfter() {
    #expect(
      refusal(429, ["Retry-After": "90"])
        == .init(until: Self.start + 90, isSecondary: true))
    let byDate = refusal(
      403,
      [
        "Retry-After": "Thu, 01 Jan 2026 00:02:00 GMT", "Date": "Thu, 01 Jan 2026 00:00:00 GMT",
      ])
    #expect(byDate?.until == Self.start + 120)
    #expect(refusal(429, ["Retry-After": "999999999999"])?.until == Self.start + 7200)
    #expect(refusal(429, ["Retry-After": "-5"])?.until == Self.start + 1)
  }

  @Test("Where nothing remains, the reset is waited for, by the server's clock")
  func reset() {
    let reset = "\(1_800_000_000 + 600)"
    #expect(
      refusal(403, ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset])
        == .init(until: Self.start + 600, isSecondary: false))
    // The server's clock is 1,767,225,600 where ours is 1,800,000,000.
    let skewed = refusal(
      403,
      [
        "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "\(1_767_225_600 + 300)",
        "Date": "Thu, 01 Jan 2026 00:00:00 GMT",
      ])
    #expect(skewed?.until == Self.start + 300)
    let past = refusal(429, ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "5"])
    #expect(past?.until == Self.start + 1)
  }

  @Test("A secondary limit waits a minute, and twice as long each further time")
  func secondary() {
    var state = RateLimitState()
    let answer = HTTPResponse.text(
      #"{"message":"You have exceeded a secondary rate limit"}"#, status: 403,
      headers: ["x-ratelimit-remaining": "4000"])
    var now = Self.start
    for expected in [60.0, 120, 240, 480] {
      #expect(state.judge(answer, at: now)?.until == now + expected)
      // One that was under way at the same time does not count again.
      #expect(state.judge(answer, at: now + 1)?.until == now + 1 + expected)
      now += expected + 2
    }
    state.noteSuccess()
    #expect(state.judge(answer, at: now)?.until == now + 60)
  }

  @Test("429 that says nothing waits a minute; 403 that says nothing is no limit")
  func silence() {
    #expect(refusal(429, [:])?.until == Self.start + 60)
    #expect(refusal(403, [:]) == nil)
    #expect(refusal(403, ["x-ratelimit-remaining": "12"], "secondary school") == nil)
    #expect(refusal(403, ["x-ratelimit-remaining": "0"])?.until == Self.start + 60)
  }

  @Test("While the pause lasts nothing is sent, and afterwards it goes on")
  func pause() async throws {
    let clock = ManualClock(Self.start)
    let stub = StubTransport { _, number in
      number == 1
        ? .text("{}", status: 429, headers: ["Retry-After": "30"]) : .text(Fixtures.runs([]))
    }
    let client = try Fixtures.client(stub, clock: clock)
    let expected = GitHubError.rateLimited(until: Self.start + 30, isSecondary: true)
    for _ in 1...3 {
      await #expect(throws: expected) { _ = try await client.runs(in: Fixtures.repository) }
      await #expect(throws: expected) { try await client.rerun(Fixtures.key) }
    }
    #expect(stub.requests.count == 1)
    #expect(client.pausedUntil == Self.start + 30)
    clock.advance(31)
    #expect(client.pausedUntil == nil)
    #expect(try await client.runs(in: Fixtures.repository).value != nil)
  }

  @Test("The last request of the hour stops the next one")
  func lastRequest() async throws {
    let clock = ManualClock(Self.start)
    let stub = StubTransport([
      .success(
        .text(
          Fixtures.runs([]),
          headers: [
            "X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Used": "5000",
            "X-RateLimit-Reset": "\(1_800_000_000 + 60)",
          ]))
    ])
    let client = try Fixtures.client(stub, clock: clock)
    _ = try await client.runs(in: Fixtures.repository)
    #expect(client.latestRateLimit?.used == 5000)
    await #expect(throws: GitHubError.rateLimited(until: Self.start + 60, isSecondary: false)) {
      _ = try await client.run(Fixtures.key)
    }
  }

  @Test("The allowance is kept from the newest answer, of the core resource only")
  func allowance() {
    var state = RateLimitState()
    var headers: HTTPHeaders = [
      "X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "4990",
      "X-RateLimit-Reset": "1800000600", "X-RateLimit-Resource": "core",
    ]
    state.note(headers, at: Self.start)
    let expected = RateLimit(
      limit: 5000, remaining: 4990, used: 10, resetsAt: Self.start + 600)
    #expect(state.latest == expected)
    headers["X-RateLimit-Resource"] = "search"
    headers["X-RateLimit-Remaining"] = "0"
    state.note(headers, at: Self.start)
    #expect(state.latest == expected)
    #expect(state.standing(at: Self.start) == nil)
    state.note(["X-RateLimit-Limit": "many"], at: Self.start)
    #expect(state.latest == expected)
  }

  @Test("Asking for the allowance is not charged")
  func rateLimitIsFree() async throws {
    let body =
      #"{"resources":{"core":{"limit":5000,"used":7,"remaining":4993,"reset":1800000060}}}"#
    let client = try Fixtures.client(StubTransport([.success(.text(body))]))
    let limit = try await client.rateLimit()
    #expect(limit.remaining == 4993)
    #expect(client.latestRateLimit == limit)
    #expect(client.requestCount == 1)
    #expect(client.chargedCount == 0)
  }
}
