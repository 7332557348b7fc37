import Crypto
import Deploys
import Foundation
import Transport

/// The GitHub API around its endpoints: credentials, limits, versions, conditional requests.
struct GitHubService: Sendable {
  private let tokens: Set<String>?
  private var ledgers: [String: RateLedger] = [:]
  private var requests = 0

  init(tokens: Set<String>?) { self.tokens = tokens }

  static let versions = ["2022-11-28", "2026-03-10"]

  /// The answer, and whether it counted against the hour.
  struct Outcome: Sendable {
    var response: HTTPResponse
    var isCharged: Bool
  }

  mutating func respond(
    to request: HTTPRequest, target: RequestTarget, world: inout World, now: Date
  ) -> Outcome {
    requests += 1
    guard let agent = request.headers["User-Agent"], !agent.isEmpty else {
      return Outcome(
        response: HTTPResponse(
          status: 403, headers: ["Content-Type": "text/html"],
          body: Data(
            "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).\n"
              .utf8)), isCharged: false)
    }
    let version = request.headers["X-GitHub-Api-Version"] ?? Self.versions[0]
    guard let token = token(of: request), tokens?.contains(token) ?? true else {
      let isMissing = self.token(of: request) == nil
      let failure = GitHubFailure(
        status: 401, message: isMissing ? "Requires authentication" : "Bad credentials")
      return Outcome(
        response: finish(failure.answer, ledger: nil, version: version, world: world, now: now),
        isCharged: false)
    }
    var ledger = ledgers[token] ?? RateLedger(scenario: world.scenario, now: now)
    ledger.turn(at: now)
    let outcome = respond(
      to: request, target: target, world: &world, now: now, token: token, version: version,
      ledger: &ledger)
    ledgers[token] = ledger
    return outcome
  }

  /// Brings a token to one of GitHub's limits.
  mutating func limit(_ request: HTTPRequest, by fault: Fault, world: World, now: Date) {
    guard let token = token(of: request) else { return }
    var ledger = ledgers[token] ?? RateLedger(scenario: world.scenario, now: now)
    let status = fault.status == 429 ? 429 : 403
    let end = now.addingTimeInterval(fault.seconds)
    switch fault.effect {
    case .exhausted: ledger.exhaust(until: end, status: status)
    case .throttled: ledger.slow(until: end, status: status)
    case .answer, .truncated, .silent, .expired, .stall, .reset, .lost, .unanswered: return
    }
    ledgers[token] = ledger
  }

  private func respond(
    to request: HTTPRequest, target: RequestTarget, world: inout World, now: Date,
    token: String, version: String, ledger: inout RateLedger
  ) -> Outcome {
    var isFree = target.path.hasSuffix("/rate_limit")
    func close(_ answer: GitHubAnswer, _ ledger: RateLedger, isCharged: Bool) -> Outcome {
      Outcome(
        response: finish(answer, ledger: ledger, version: version, world: world, now: now),
        isCharged: isCharged)
    }
    guard Self.versions.contains(version) else {
      let failure = GitHubFailure(
        status: 400,
        message: "The API version '\(version)' is not supported; supported are "
          + Self.versions.joined(separator: ", "),
        documentation: "https://docs.github.com/rest/about-the-rest-api/api-versions")
      return close(failure.answer, ledger, isCharged: false)
    }
    let isRead = request.method == "GET" || request.method == "HEAD"
    let wait = isRead ? nil : ledger.wait(forChangeAt: now)
    guard wait == nil, ledger.spend(isRead ? 1 : 5, at: now) else {
      let failure = GitHubFailure(
        status: ledger.refusal,
        message: "You have exceeded a secondary rate limit. Please wait a few minutes before you "
          + "try again.",
        documentation: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api"
          + "#about-secondary-rate-limits", headers: ["Retry-After": "\(wait ?? 60)"])
      return close(failure.answer, ledger, isCharged: false)
    }
    guard isFree || ledger.remaining > 0 else {
      let failure = GitHubFailure(
        status: ledger.refusal,
        message: "API rate limit exceeded for user ID \(SimulatedPerson.viewer.id).",
        documentation: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api")
      return close(failure.answer, ledger, isCharged: false)
    }
    let instant = world.clock.instant(of: now)
    let path = Self.split(target)
    let call = GitHubCall(
      request: request, target: target, base: path.base, segments: path.segments,
      version: version, token: token, rate: ledger, now: instant)
    var answer = Self.route(call, world: &world)
    if isRead, answer.status == 200 {
      let tag = etag(of: answer, token: token, request: request)
      answer.headers["ETag"] = tag
      answer.headers["Cache-Control"] = "private, max-age=60, s-maxage=60"
      answer.headers["Vary"] =
        "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With"
      if Self.matches(request.headers["If-None-Match"], tag) {
        isFree = true
        answer.status = 304
        answer.body = Data()
      }
    }
    if !isFree { ledger.charge() }
    return close(answer, ledger, isCharged: !isFree)
  }

  private static func route(_ call: GitHubCall, world: inout World) -> GitHubAnswer {
    var call = call
    if call.segments.first == "repositories", call.segments.count >= 2 {
      // Links name a repository by its id.
      guard let id = Int64(call.segments[1]),
        let entry = world.catalogue.repositories.first(where: { $0.id == id })
      else { return GitHubFailure.notFound.answer }
      let rest = Array(call.segments.dropFirst(2))
      call = GitHubCall(
        request: call.request, target: call.target, base: call.base,
        segments: ["repos", entry.name.owner, entry.name.name] + rest, version: call.version,
        token: call.token, rate: call.rate, now: call.now)
    }
    let method = call.request.method == "HEAD" ? "GET" : call.request.method
    for route in GitHubRoute.all where route.method == method {
      guard let captures = route.captures(of: call.segments) else { continue }
      call.captures = captures
      do {
        try route.check(call, in: world)
        return try route.handler(&world, call)
      } catch {
        return error.answer
      }
    }
    return GitHubFailure.notFound.answer
  }

  /// GitHub Enterprise Server has its API under `/api/v3`, and GraphQL under `/api/graphql`.
  private static func split(_ target: RequestTarget) -> (base: String, segments: [String]) {
    let segments = target.segments
    if segments.starts(with: ["api", "v3"]) {
      return (target.origin + "/api/v3", Array(segments.dropFirst(2)))
    }
    if segments == ["api", "graphql"] { return (target.origin + "/api/v3", ["graphql"]) }
    return (target.origin, segments)
  }

  private func token(of request: HTTPRequest) -> String? {
    guard let field = request.headers["Authorization"] else { return nil }
    let words = field.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return nil }
    switch words[0].lowercased() {
    case "bearer", "token": return String(words[1])
    case "basic":
      guard let data = Data(base64Encoded: String(words[1])) else { return nil }
      return String(decoding: data, as: UTF8.self).split(separator: ":").last.map(String.init)
    default: return nil
    }
  }

  /// Weak, and different for each credential.
  private func etag(of answer: GitHubAnswer, token: String, request: HTTPRequest) -> String {
    var hash = SHA256()
    hash.update(data: Data("\(token)\n\(request.headers["Accept"] ?? "")\n".utf8))
    hash.update(data: Data((answer.headers["Link"] ?? "").utf8))
    hash.update(data: answer.body)
    let digest = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "W/\"\(digest)\""
  }

  private static func matches(_ field: String?, _ tag: String) -> Bool {
    guard let field else { return false }
    let opaque = tag.dropFirst(2)
    return field.split(separator: ",").contains { entry in
      let trimmed = entry.drop { $0 == " " }
      return trimmed == "*" || trimmed == opaque || trimmed == tag
    }
  }

  private func finish(
    _ answer: GitHubAnswer, ledger: RateLedger?, version: String, world: World, now: Date
  ) -> HTTPResponse {
    var headers: HTTPHeaders = ["Server": "github.com", "Date": Timestamp.http(now)]
    if !answer.body.isEmpty { headers["Content-Type"] = answer.contentType }
    headers["X-GitHub-Media-Type"] = "github.v3; format=json"
    headers["x-github-api-version-selected"] = version
    if let ledger {
      headers["X-OAuth-Scopes"] = "gist, read:org, repo, workflow"
      headers["X-Accepted-OAuth-Scopes"] = ""
      headers["X-RateLimit-Limit"] = String(ledger.limit)
      headers["X-RateLimit-Remaining"] = String(ledger.remaining)
      headers["X-RateLimit-Reset"] = String(Int(ledger.resetsAt.timeIntervalSince1970))
      headers["X-RateLimit-Used"] = String(ledger.used)
      headers["X-RateLimit-Resource"] = "core"
    }
    var chance = Randomness(seed: world.seed, "request", String(requests))
    let id = chance.hex(24).uppercased()
    headers["X-GitHub-Request-Id"] = "\(id.prefix(4)):\(id.dropFirst(4).prefix(6)):\(id.suffix(8))"
    for field in answer.headers.fields { headers.add(field.name, field.value) }
    return HTTPResponse(status: answer.status, headers: headers, body: answer.body)
  }
}
