package import Deploys
import Foundation
import Synchronization
import Transport

extension AWSClient {
  /// A marker is a line; anything longer than this is cut.
  private static let markerLimit = 65_536

  /// What the marker at a place says.
  ///
  /// Absent and unreadable are answers, not errors: without `s3:ListBucket` S3 answers 403 for an
  /// object that is not there, so the two must never be taken for each other.
  /// - Throws: ``AWSError`` for what says nothing about the marker: throttling, expired or bad
  ///   credentials, a wrong region that stays wrong, server and network failures.
  package func marker(at location: S3Location) async throws -> Marker {
    guard !location.bucket.isEmpty, !location.key.isEmpty else {
      return .unreadable("\(location) names no bucket or no key")
    }
    switch try await s3("HEAD", location) {
    case .success(let response):
      let length = response.headers["Content-Length"].flatMap { Int($0) } ?? 0
      return try await content(at: location, isLong: length > Self.markerLimit)
    case .fault(let fault) where fault.kind == .notFound:
      // An answer to HEAD has no body that would tell a missing object from a missing bucket.
      return isKnown(location.bucket) ? .absent : try await content(at: location)
    case .fault(let fault):
      switch fault.kind {
      case .denied, .refused, .wrongRegion: return try await content(at: location)
      case .throttled, .transient, .expired, .badCredentials, .signature, .notFound:
        throw caller.error(fault, in: markerCall(location))
      }
    }
  }

  private func content(at location: S3Location, isLong: Bool = false) async throws -> Marker {
    // An empty object has no range, so a range is asked for only where it is needed.
    let range = isLong ? "bytes=0-\(Self.markerLimit - 1)" : nil
    switch try await s3("GET", location, range: range) {
    case .success(let response):
      remember(location.bucket)
      let text = String(decoding: response.body.prefix(Self.markerLimit), as: UTF8.self)
      return Marker(content: text)
    case .fault(let fault) where fault.kind == .notFound:
      guard fault.code != "NoSuchBucket" else {
        return .unreadable("there is no bucket \(location.bucket)")
      }
      remember(location.bucket)
      return .absent
    case .fault(let fault) where fault.kind == .denied:
      let bucket = location.bucket
      return .unreadable(
        "\(Self.text(fault)); \(scope.name) needs s3:GetObject on \(bucket)/* and "
          + "s3:ListBucket on \(bucket)")
    case .fault(let fault) where fault.kind == .refused:
      return .unreadable("S3 refuses \(location): \(Self.text(fault))")
    case .fault(let fault):
      throw caller.error(fault, in: markerCall(location))
    }
  }

  /// Asks, and asks once more where S3 names another region.
  private func s3(
    _ method: String, _ location: S3Location, range: String? = nil
  ) async throws -> ServiceCaller.Outcome {
    let known = seen.withLock { $0.bucketRegions[location.bucket] } ?? region
    let outcome = try await s3(method, location, range, in: known)
    guard case .fault(let fault) = outcome, fault.kind == .wrongRegion,
      let right = fault.region, right != known, Endpoint.isHostLabel(right)
    else { return outcome }
    let second = try await s3(method, location, range, in: right)
    if case .fault(let fault) = second, fault.kind == .wrongRegion { return second }
    seen.withLock { $0.bucketRegions[location.bucket] = right }
    return second
  }

  private func s3(
    _ method: String, _ location: S3Location, _ range: String?, in region: String
  ) async throws -> ServiceCaller.Outcome {
    let endpoint = endpoint(.s3, region: region)
    var request = HTTPRequest(
      method: method, url: S3Address.url(of: location, at: endpoint),
      headers: ["User-Agent": "cdtop"], timeout: .seconds(20))
    request.headers["Range"] = range
    let call = call(
      "s3:GetObject", on: location.description, host: request.host, region: region)
    return try await caller.send(
      ServiceCaller.Operation(request: request, service: .s3, call: call), by: identity)
  }

  private static func text(_ fault: ServiceFault) -> String {
    ["\(fault.status)", fault.code ?? "", fault.reason].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private func markerCall(_ location: S3Location) -> AWSCall {
    let region = seen.withLock { $0.bucketRegions[location.bucket] } ?? region
    let url = S3Address.url(of: location, at: endpoint(.s3, region: region))
    return call(
      "s3:GetObject", on: location.description, host: HTTPRequest(url: url).host, region: region)
  }

  private func isKnown(_ bucket: String) -> Bool { seen.withLock { $0.buckets.contains(bucket) } }

  private func remember(_ bucket: String) { seen.withLock { _ = $0.buckets.insert(bucket) } }
}
