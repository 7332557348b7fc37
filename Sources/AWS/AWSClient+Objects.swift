package import Deploys
package import Foundation
package import Transport

extension AWSClient {
  /// How many objects a listing keeps.
  private static let mostObjects = 1_000

  /// The objects whose keys begin with a location's key, in the order of their keys.
  ///
  /// Placeholders of folders, which end in a slash, are left out.
  /// - Throws: ``AWSError``, with `notFound` where there is no such bucket.
  package func objects(under location: S3Location) async throws -> S3Listing {
    guard !location.bucket.isEmpty else {
      throw Self.badPlace("\(location) names no bucket")
    }
    var objects: [S3Object] = []
    var token: String?
    // A bound against a server whose pages never end, or are empty for ever.
    for _ in 1...20 {
      let page = try await page(under: location, after: token)
      objects += page.objects
      token = page.next
      if token == nil || objects.count >= Self.mostObjects { break }
    }
    return S3Listing(
      objects: Array(objects.prefix(Self.mostObjects)),
      isCut: token != nil || objects.count > Self.mostObjects)
  }

  private func page(
    under location: S3Location, after token: String?
  ) async throws -> S3ListingPage {
    var request = S3Request(S3Location(bucket: location.bucket, key: ""))
    // Some characters that a key may hold cannot stand in XML.
    request.query = [
      ("encoding-type", "url"), ("list-type", "2"), ("max-keys", "\(Self.mostObjects)"),
      ("prefix", location.key),
    ]
    if let token { request.query.append(("continuation-token", token)) }
    request.action = "s3:ListBucket"
    request.resource = location.bucket
    switch try await s3(request) {
    case .success(let response):
      guard let page = S3ListingPage(response.body, bucket: location.bucket) else {
        throw AWSError.badPayload(call(for: request), reason: "no listing of a bucket")
      }
      return page
    case .fault(let fault) where fault.kind == .notFound:
      throw AWSError.notFound(call(for: request), what: "bucket \(location.bucket)")
    case .fault(let fault):
      throw caller.error(fault, in: call(for: request))
    }
  }

  /// Reads an object in pieces, as it is stored, and goes on by itself where it breaks off.
  ///
  /// What breaks is gone on with a few times, and again after each mebibyte that has come meanwhile.
  /// - Parameters:
  ///   - location: The object.
  ///   - offset: How many bytes are there already.
  ///   - validator: The validator that came with them, so that no two objects are put together.
  ///   - begin: Is called before the first piece, also where there is none, and again whenever the
  ///     pieces do not go on where the last one ended: what lies behind its offset is void then.
  ///   - body: Takes each piece; the next one is not read before it returns.
  /// - Throws: ``AWSError``, with `notFound` where there is no such object; `CancellationError`; and
  ///   what the closures throw, as it is.
  package func download(
    _ location: S3Location, from offset: Int = 0, validator: String? = nil,
    begin: @Sendable (DownloadHead) async throws -> Void,
    body: @Sendable (Data) async throws -> Void
  ) async throws {
    guard !location.bucket.isEmpty, !location.key.isEmpty else {
      throw Self.badPlace("\(location) names no bucket or no key")
    }
    let download = Download(from: offset, validator: validator)
    let request = S3Request(location)
    while true {
      let wait: Duration
      do {
        let outcome = try await attempt(download, request, begin, body)
        switch (download.step, outcome) {
        case (.finished, _): return
        case (.unfit, _): continue
        case (.other, .success(let response)):
          throw AWSError.badPayload(
            call(for: request), reason: "status \(response.status), which was not asked for")
        case (.other, .fault(let fault)):
          guard let delay = caller.delay(afterAttempt: download.noteFailure(), fault) else {
            throw caller.error(fault, in: call(for: request))
          }
          wait = delay
        }
      } catch AWSError.transport(let call, let error) {
        let failures = download.noteFailure()
        guard failures < caller.retry.maxAttempts, download.mayGoOn(after: error) else {
          throw AWSError.transport(call, error)
        }
        wait = caller.delay(afterAttempt: failures)
      }
      try await caller.sleep(wait)
    }
  }

  /// Asks once for what is missing.
  private func attempt(
    _ download: Download, _ request: S3Request,
    _ begin: @Sendable (DownloadHead) async throws -> Void,
    _ body: @Sendable (Data) async throws -> Void
  ) async throws -> ServiceCaller.Outcome {
    // What was handed over is not asked for again, so only the whole loop may ask again.
    var once = caller
    once.retry = .none
    return try await s3(request) { operation in
      var operation = operation
      operation.request = download.asking(operation.request)
      return try await once.send(operation, by: identity) { signed in
        try await download.receive(signed, through: caller.transport) {
          try await begin($0)
        } body: {
          try await body($0)
        }
      }
    }
  }
}
