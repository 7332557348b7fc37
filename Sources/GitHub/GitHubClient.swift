package import Deploys
package import Foundation
import Synchronization
package import Transport

/// The part of GitHub's REST API that cdtop uses, for one host and one credential.
///
/// Reads are conditional: an answer that has not changed costs nothing and is told as
/// ``Fetched/notModified``. They are repeated after a failure that may pass. What changes something
/// is sent once, and told apart by ``GitHubError/mayHaveBeenTaken``.
///
/// Source: GitHub REST API description, version 2022-11-28.
package final class GitHubClient: Sendable {
  let base: APIBase
  let credential: GitHubCredential
  let transport: any HTTPTransport
  let retry: RetryPolicy
  let userAgent: String
  let now: @Sendable () -> Date
  let sleep: @Sendable (Duration) async throws -> Void
  let cache: ConditionalCache
  /// What stands for the credential in the cache.
  let cacheIdentity = UUID()

  private struct State {
    var limits = RateLimitState()
    var counts = RequestCounts()
    var clock = ServerClock()
    var random: any RandomNumberGenerator & Sendable
  }

  private let state: Mutex<State>

  /// Creates a client; it sends nothing by itself.
  /// - Parameters:
  ///   - apiURL: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server.
  ///   - credential: The token.
  ///   - transport: What sends the requests.
  ///   - retry: How often and how fast reads are repeated.
  ///   - userAgent: The name and version that GitHub sees.
  ///   - cache: Where answers are kept for asking again.
  ///   - random: Where chance comes from.
  ///   - now: The clock.
  ///   - sleep: What waits between two attempts.
  package init(
    apiURL: String, credential: GitHubCredential, transport: any HTTPTransport,
    retry: RetryPolicy = .standard, userAgent: String = "cdtop",
    cache: ConditionalCache = ConditionalCache(),
    random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    base = APIBase(apiURL)
    self.credential = credential
    self.transport = transport
    self.retry = retry
    self.userAgent = userAgent
    self.cache = cache
    self.now = now
    self.sleep = sleep
    state = Mutex(State(random: random))
  }

  /// The host of the API, with its port where the URL names one.
  package var host: String { base.host }

  /// What was left of the hourly allowance at the newest answer; `nil` before the first.
  package var latestRateLimit: RateLimit? { state.withLock(\.limits.latest) }

  /// Until when nothing is sent, for GitHub asked to wait; `nil` where it does not.
  package var pausedUntil: Date? {
    let now = now()
    return state.withLock { $0.limits.standing(at: now)?.until }
  }

  /// What was sent so far and what it cost.
  package var counts: RequestCounts { state.withLock(\.counts) }

  /// Requests sent so far.
  package var requestCount: Int { counts.sent }

  /// Requests so far that count against the hourly allowance.
  package var chargedCount: Int { counts.charged }
}

extension GitHubClient {
  /// Stops where GitHub asked to wait and the time has not come.
  func checkPause() throws {
    let now = now()
    if let refusal = state.withLock({ $0.limits.standing(at: now) }) {
      throw GitHubError.rateLimited(until: refusal.until, isSecondary: refusal.isSecondary)
    }
  }

  /// Sends one request, once, and keeps account of it.
  func sendOnce(_ request: HTTPRequest) async throws -> HTTPResponse {
    noteSent()
    let sentAt = now()
    let response = try await transport.send(request)
    note(response, to: request, sentAt: sentAt)
    return response
  }

  /// How far the server's clock is ahead of this machine's, as answers tell; `nil` before the first,
  /// and where a server does not say.
  package var clockOffset: Duration? {
    state.withLock { $0.clock.offset }.map { .seconds($0) }
  }

  /// By how much this machine's clock is wrong; `nil` where it is right, or nobody knows.
  package var clockError: ClockError? {
    clockOffset.flatMap { ClockError(ahead: .zero - $0) }
  }

  /// The time, by the server's clock where this machine's is known to be wrong.
  package var time: Date {
    let now = now()
    return clockError?.corrected(now) ?? now
  }

  /// Counts a request that is about to be sent.
  func noteSent() { state.withLock { $0.counts.sent += 1 } }

  /// Keeps account of what an answer of the API cost, and of what it says about limits.
  func note(_ response: HTTPResponse, to request: HTTPRequest, sentAt: Date) {
    guard request.origin == base.origin else { return }
    let isFree = request.url == base.url(of: .rateLimit)
    let now = now()
    state.withLock { state in
      if response.status == 304 {
        state.counts.notModified += 1
      } else if !isFree {
        state.counts.charged += 1
      }
      state.limits.note(response.headers, at: now)
      state.clock.note(response, sentAt: sentAt, receivedAt: now)
      if response.status < 400 { state.limits.noteSuccess() }
    }
  }

  /// Judges a 403 or 429; `nil` where it is not about limits.
  func limitError(_ response: HTTPResponse) -> GitHubError? {
    let now = now()
    return state.withLock { $0.limits.judge(response, at: now) }
      .map { .rateLimited(until: $0.until, isSecondary: $0.isSecondary) }
  }

  /// Notes that a server wants to be left alone for a while.
  func noteWait(_ seconds: TimeInterval) {
    let until = now() + seconds
    state.withLock { $0.limits.noteWait(until: until) }
  }

  /// Notes an allowance that was asked for.
  func note(_ limit: RateLimit) {
    let now = now()
    state.withLock { $0.limits.note(limit, at: now) }
  }

  /// Notes elements that could not be read.
  func noteSkipped(_ count: Int) {
    if count > 0 { state.withLock { $0.counts.skippedElements += count } }
  }

  /// Draws the wait after an attempt that failed.
  func delay(afterAttempt attempt: Int) -> Duration {
    state.withLock { retry.delay(afterAttempt: attempt, using: &$0.random) }
  }
}
