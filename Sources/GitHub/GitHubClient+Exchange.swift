import Deploys
import Foundation
import Transport

extension GitHubClient {
  /// Builds a request of the API.
  func request(
    _ method: String = "GET", _ url: String, for endpoint: Endpoint, body: Data = Data()
  ) -> HTTPRequest {
    var headers: HTTPHeaders = [
      "Accept": endpoint.accept,
      "X-GitHub-Api-Version": "2022-11-28",
      "User-Agent": userAgent,
      "Authorization": "Bearer \(credential.token)",
    ]
    if !body.isEmpty { headers["Content-Type"] = "application/json" }
    return HTTPRequest(method: method, url: url, headers: headers, body: body)
  }

  /// Sends a read until it is answered, within the retry policy.
  /// - Returns: A 2xx, or a 304 where the request has a condition.
  func sendRead(_ request: HTTPRequest, for endpoint: Endpoint) async throws -> HTTPResponse {
    var attempt = 1
    while true {
      try checkPause()
      let wait: Duration
      do {
        let response = try await sendFollowingRedirects(request, for: endpoint)
        guard response.status >= 500 else { return try checked(response, request, endpoint) }
        wait = try patience(with: response, attempt: attempt)
      } catch let error as TransportError {
        guard attempt < retry.maxAttempts, error.mayPass else {
          throw GitHubError.transport(error)
        }
        wait = delay(afterAttempt: attempt)
      }
      attempt += 1
      try await sleep(wait)
    }
  }

  /// Sends a change, once.
  ///
  /// Only where no connection was made is it sent again, for then the server cannot have taken it.
  func sendChange(
    _ planned: PlannedRequest, for endpoint: Endpoint
  ) async throws -> HTTPResponse {
    var request = request(
      planned.method, planned.url, for: endpoint, body: Data((planned.body ?? "").utf8))
    request.needsFreshConnection = true
    var attempt = 1
    var hops = 0
    while true {
      try checkPause()
      do {
        let response = try await sendOnce(request)
        guard [307, 308].contains(response.status) else {
          return try checked(response, request, endpoint)
        }
        let target = redirectTarget(of: response, from: request)
        guard let target, HTTPRequest.origin(of: target) == base.origin, hops < Self.maxHops else {
          throw moved(response, target, endpoint)
        }
        hops += 1
        request.url = target
      } catch let error as TransportError {
        guard attempt < retry.maxAttempts, error.isSurelyUnsent, error.mayPass else {
          throw GitHubError.transport(error)
        }
        try await sleep(delay(afterAttempt: attempt))
        attempt += 1
      }
    }
  }

  /// Sends a read, and follows where it is sent on to.
  private func sendFollowingRedirects(
    _ request: HTTPRequest, for endpoint: Endpoint
  ) async throws -> HTTPResponse {
    var request = request
    for _ in 0...Self.maxHops {
      let response = try await sendOnce(request)
      guard [301, 302, 307, 308].contains(response.status) else { return response }
      request = try redirected(request, by: response, for: endpoint)
    }
    throw GitHubError.badPayload(
      what: endpoint.what, host: host, detail: "more than \(Self.maxHops) redirects")
  }

  /// How often a request is sent on at most.
  static let maxHops = 5

  /// The request for the place that an answer sends on to.
  ///
  /// Never from a protected connection to an open one; and once the origin changes, neither token nor
  /// condition goes along, not even back.
  func redirected(
    _ request: HTTPRequest, by response: HTTPResponse, for endpoint: Endpoint
  ) throws -> HTTPRequest {
    guard let target = redirectTarget(of: response, from: request),
      target.hasPrefix("https:") || request.url.hasPrefix("http:")
    else { throw moved(response, response.headers["Location"], endpoint) }
    var request = request
    request.url = target
    if request.origin != base.origin {
      request.headers["Authorization"] = nil
      request.headers["If-None-Match"] = nil
    }
    return request
  }

  /// Where an answer sends a request on to, as an absolute URL; `nil` where it names no place.
  func redirectTarget(of response: HTTPResponse, from request: HTTPRequest) -> String? {
    guard let location = response.headers["Location"]?.trimmingSpace, !location.isEmpty else {
      return nil
    }
    if location.hasPrefix("https://") || location.hasPrefix("http://") { return String(location) }
    if location.hasPrefix("/"), !location.hasPrefix("//") { return request.origin + location }
    let target = URL(string: String(location), relativeTo: URL(string: request.url))
    guard let text = target?.absoluteString, text.hasPrefix("http") else { return nil }
    return text
  }

  /// Says that something is in another place, which the request is not sent to.
  func moved(
    _ response: HTTPResponse, _ target: String?, _ endpoint: Endpoint
  ) -> GitHubError {
    // What follows the question mark can be a signature, which gives access.
    let place = target.map { PlainText.excerpt(String($0.prefix { $0 != "?" })) } ?? ""
    return .moved(what: endpoint.what, to: credential.redacting(place), status: response.status)
  }

  /// How long to wait after a server's failure.
  /// - Throws: ``GitHubError/server(status:host:)`` where it is not worth waiting here.
  func patience(with response: HTTPResponse, attempt: Int) throws -> Duration {
    let asked = RateLimitState.retryAfter(response.headers, at: now())
    guard let asked else {
      guard attempt < retry.maxAttempts else {
        throw GitHubError.server(status: response.status, host: host)
      }
      return delay(afterAttempt: attempt)
    }
    let wait = Duration.seconds(asked)
    guard attempt < retry.maxAttempts, wait <= retry.maxDelay else {
      noteWait(asked)
      throw GitHubError.server(status: response.status, host: host)
    }
    return wait
  }

  private func checked(
    _ response: HTTPResponse, _ request: HTTPRequest, _ endpoint: Endpoint
  ) throws -> HTTPResponse {
    if response.isSuccess { return response }
    if response.status == 304, request.headers["If-None-Match"] != nil { return response }
    throw error(for: response, endpoint)
  }

  /// What a status that is no success means.
  func error(for response: HTTPResponse, _ endpoint: Endpoint) -> GitHubError {
    switch response.status {
    case 300..<400 where response.status != 304:
      moved(response, response.headers["Location"], endpoint)
    case 401: .unauthorized(host: host, source: credential.source)
    case 403, 429: limitError(response) ?? forbidden(response, endpoint)
    case 404:
      .notFound(
        what: endpoint.what, neededPermission: Self.acceptedPermissions(response.headers))
    case 410: .gone(what: endpoint.what)
    case 400..<500: refused(response, endpoint)
    case 500...: .server(status: response.status, host: host)
    default:
      .badPayload(
        what: endpoint.what, host: host,
        detail: "status \(response.status), which was not asked for")
    }
  }
}
