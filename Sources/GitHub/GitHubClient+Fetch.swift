import Foundation
import Transport

/// One page as it came, and what to keep of it.
struct FetchedPage {
  var url: String
  var body: Data
  var link: String?
  var contentType: String?
  /// Whether it was not there at the last call.
  var isFresh: Bool
  fileprivate var key: ConditionalCache.Key
  fileprivate var entry: ConditionalCache.Entry?
}

extension GitHubClient {
  /// Reads one page, with a condition where an answer is kept.
  ///
  /// Nothing is kept yet: ``keep(_:)`` does that when the caller has its value. Otherwise a page
  /// that could not be read, or whose successor failed, would be told as unchanged the next time.
  func fetch(_ url: String, for endpoint: Endpoint) async throws -> FetchedPage {
    let key = ConditionalCache.Key(
      credential: cacheIdentity, method: "GET", url: url, accept: endpoint.accept)
    let known = cache[key]
    var request = request("GET", url, for: endpoint)
    if let known { request.headers["If-None-Match"] = known.etag }
    let response = try await sendRead(request, for: endpoint)
    if response.status == 304, let known {
      return FetchedPage(
        url: url, body: known.body, link: response.headers["Link"] ?? known.link,
        contentType: nil, isFresh: false, key: key, entry: nil)
    }
    let link = response.headers["Link"]
    let entry = response.headers["ETag"].map {
      ConditionalCache.Entry(etag: $0, link: link, body: response.body)
    }
    return FetchedPage(
      url: url, body: response.body, link: link, contentType: response.headers["Content-Type"],
      isFresh: true, key: key, entry: entry)
  }

  /// Reads every page of a listing, up to a number.
  func fetchAll(_ endpoint: Endpoint, atMost limit: Int = maxPages) async throws -> [FetchedPage] {
    var pages: [FetchedPage] = []
    var seen: Set<String> = []
    var next: String? = base.url(of: endpoint)
    while let url = next, seen.insert(url).inserted, pages.count < limit {
      let page = try await fetch(url, for: endpoint)
      next = base.page(after: url, link: page.link)
      pages.append(page)
    }
    return pages
  }

  /// A bound against a server whose pages never end; a run has at most some hundreds of jobs.
  static let maxPages = 50

  /// Keeps pages for asking again, now that their values are in the caller's hands.
  func keep(_ pages: [FetchedPage]) {
    for page in pages where page.isFresh { cache[page.key] = page.entry }
  }

  /// Reads one value, conditionally.
  func fetchOne<Wire: Decodable, Value: Sendable>(
    _ endpoint: Endpoint, evenIfUnchanged: Bool, as type: Wire.Type,
    _ read: (Wire, FetchedPage) throws -> Value
  ) async throws -> Fetched<Value> {
    let page = try await fetch(base.url(of: endpoint), for: endpoint)
    guard page.isFresh || evenIfUnchanged else { return .notModified }
    let value = try read(try decode(type, from: page.body, endpoint), page)
    keep([page])
    return .modified(value)
  }

  /// Reads a listing over all its pages, conditionally.
  ///
  /// It is unchanged only where every page is.
  func fetchList<Wire: Decodable, Value: Sendable>(
    _ endpoint: Endpoint, evenIfUnchanged: Bool, as type: Wire.Type,
    _ read: (Wire) -> [Value?]
  ) async throws -> Fetched<[Value]> {
    let pages = try await fetchAll(endpoint)
    guard evenIfUnchanged || pages.contains(where: \.isFresh) else { return .notModified }
    var values: [Value] = []
    var skipped = 0
    for page in pages {
      let elements = read(try decode(type, from: page.body, endpoint))
      let readable = elements.compactMap(\.self)
      if page.isFresh { skipped += elements.count - readable.count }
      values += readable
    }
    noteSkipped(skipped)
    keep(pages)
    return .modified(values)
  }

  /// Reads a value without condition.
  func readPlain<Wire: Decodable>(_ endpoint: Endpoint, as type: Wire.Type) async throws -> Wire {
    let request = request("GET", base.url(of: endpoint), for: endpoint)
    let response = try await sendRead(request, for: endpoint)
    return try decode(type, from: response.body, endpoint)
  }

  /// Reads an answer's JSON.
  func decode<Wire: Decodable>(
    _ type: Wire.Type, from body: Data, _ endpoint: Endpoint
  ) throws -> Wire {
    do {
      return try JSONDecoder().decode(type, from: body)
    } catch {
      throw badPayload(body, error, endpoint)
    }
  }

  private func badPayload(
    _ body: Data, _ error: any Error, _ endpoint: Endpoint
  ) -> GitHubError {
    let excerpt = tidied(String(decoding: body.prefix(2048), as: UTF8.self), limit: 80)
    let detail =
      if excerpt.isEmpty {
        "nothing"
      } else if excerpt.hasPrefix("<") {
        "HTML instead of JSON (\(excerpt))"
      } else if case DecodingError.dataCorrupted = error {
        "JSON that is damaged or breaks off (\(excerpt))"
      } else {
        "JSON of another shape (\(excerpt))"
      }
    return .badPayload(what: endpoint.what, host: host, detail: detail)
  }
}
