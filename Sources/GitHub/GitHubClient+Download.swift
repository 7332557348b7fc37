package import Foundation
package import Transport

extension GitHubClient {
  /// Reads a file in pieces, and goes on by itself where it breaks off.
  ///
  /// GitHub is asked for the link each time, for a link is good for a minute. The token goes to
  /// GitHub's origin alone. What breaks is gone on with a few times, and again after each mebibyte
  /// that has come meanwhile.
  /// - Parameters:
  ///   - file: The file.
  ///   - offset: How many bytes are there already.
  ///   - validator: The validator that came with them, so that no two files are put together.
  ///   - begin: Is called before the first piece, also where there is none, and again whenever the
  ///     pieces do not go on where the last one ended: what lies behind its offset is void then.
  ///   - body: Takes each piece; the next one is not read before it returns.
  /// - Throws: ``GitHubError``, with ``GitHubError/storage(what:host:status:reason:)`` for what the
  ///   place behind the link says; `CancellationError`; and what the closures throw, as it is.
  package func download(
    _ file: GitHubFile, from offset: Int = 0, validator: String? = nil,
    begin: @Sendable (DownloadHead) async throws -> Void,
    body: @Sendable (Data) async throws -> Void
  ) async throws {
    let endpoint = Endpoint.file(file)
    let download = Download(from: offset, validator: validator)
    var renewedAt: Int?
    while true {
      try checkPause()
      var wait = Duration.zero
      do {
        let (response, request) = try await exchange(endpoint, download, begin, body)
        switch download.step {
        case .finished: return
        case .unfit: continue
        case .other where request.origin == base.origin:
          guard response.status >= 500 else { throw error(for: response, endpoint) }
          wait = try patience(with: response, attempt: download.noteFailure())
        case .other where response.status >= 500 || response.status == 429:
          wait = try storagePatience(with: response, from: request.host, download, endpoint)
        case .other:
          // A link that has run out is renewed, once at each place.
          guard (400..<500).contains(response.status), renewedAt != download.position else {
            throw storageError(response, from: request.host, endpoint)
          }
          renewedAt = download.position
        }
      } catch let error as TransportError {
        let failures = download.noteFailure()
        guard failures < retry.maxAttempts, download.mayGoOn(after: error) else {
          throw GitHubError.transport(error)
        }
        wait = delay(afterAttempt: failures)
      }
      if wait > .zero { try await sleep(wait) }
    }
  }

  /// Asks GitHub for the link and follows it, or takes the file from GitHub itself.
  /// - Returns: The last answer, and the request that it belongs to.
  private func exchange(
    _ endpoint: Endpoint, _ download: Download,
    _ begin: @Sendable (DownloadHead) async throws -> Void,
    _ body: @Sendable (Data) async throws -> Void
  ) async throws -> (HTTPResponse, HTTPRequest) {
    var request = request("GET", base.url(of: endpoint), for: endpoint)
    for hop in 0...Self.maxHops {
      // GitHub is asked for the link only; a part is asked of the place that has the file.
      let asked = hop == 0 ? request : download.asking(request)
      noteSent()
      let sentAt = now()
      let response = try await download.receive(asked, through: transport) { head in
        note(head, to: asked, sentAt: sentAt)
        try check(head, from: asked.host, endpoint)
      } begin: {
        try await begin($0)
      } body: {
        try await body($0)
      }
      guard download.step == .other, [301, 302, 303, 307, 308].contains(response.status) else {
        return (response, asked)
      }
      request = try redirected(request, by: response, for: endpoint)
    }
    throw GitHubError.badPayload(
      what: endpoint.what, host: host, detail: "more than \(Self.maxHops) redirects")
  }

  /// Refuses what cannot be the file's own bytes.
  private func check(_ head: HTTPResponse, from host: String, _ endpoint: Endpoint) throws {
    guard head.status == 200 || head.status == 206 else { return }
    let encoding = (head.headers["Content-Encoding"] ?? "identity").lowercased()
    if encoding != "identity", !encoding.isEmpty {
      throw GitHubError.badPayload(
        what: endpoint.what, host: host,
        detail: "packed by \(PlainText.excerpt(encoding, limit: 20)), which was not asked for")
    }
    if head.headers["Content-Type"]?.lowercased().hasPrefix("text/html") == true {
      throw GitHubError.badPayload(what: endpoint.what, host: host, detail: "a page of HTML")
    }
  }

  private func storagePatience(
    with response: HTTPResponse, from host: String, _ download: Download, _ endpoint: Endpoint
  ) throws -> Duration {
    let failures = download.noteFailure()
    let asked = RateLimitState.retryAfter(response.headers, at: now()).map { Duration.seconds($0) }
    guard failures < retry.maxAttempts, asked ?? .zero <= retry.maxDelay else {
      throw storageError(response, from: host, endpoint)
    }
    return asked ?? delay(afterAttempt: failures)
  }

  private func storageError(
    _ response: HTTPResponse, from host: String, _ endpoint: Endpoint
  ) -> GitHubError {
    // Azure and S3 name a fault by its code; the message beside it repeats the signed request.
    let text = String(decoding: response.body.prefix(4096), as: UTF8.self)
    let code = text.firstMatch(of: /<Code>([A-Za-z.]{1,60})<\/Code>/)
    return .storage(
      what: endpoint.what, host: host, status: response.status,
      reason: code.map { String($0.1) } ?? "")
  }
}
