package import Deploys
import Foundation
import Synchronization
import Transport

extension AWSClient {
  /// A marker is a line; anything longer than this is cut.
  private static let markerLimit = 65_536

  /// What was found at a marker's place.
  private enum Look {
    case content(MarkerContent)
    case absent
    /// Why it cannot be read, in a few words and as an error.
    case unreadable(String, AWSError)
  }

  /// What the marker at a place says.
  ///
  /// Absent and unreadable are answers, not errors: without `s3:ListBucket` S3 answers 403 for an
  /// object that is not there, so the two must never be taken for each other.
  /// - Throws: ``AWSError`` for what says nothing about the marker: throttling, expired or bad
  ///   credentials, a wrong region that stays wrong, server and network failures.
  package func marker(at location: S3Location) async throws -> Marker {
    switch try await look(at: location) {
    case .content(let content): Marker(content: content.text)
    case .absent: .absent
    case .unreadable(let reason, _): .unreadable(reason)
    }
  }

  /// The words of the marker at a place, and when it was written; `nil` where there is none.
  /// - Throws: ``AWSError``, also where it cannot be told whether there is one.
  package func markerContent(at location: S3Location) async throws -> MarkerContent? {
    switch try await look(at: location) {
    case .content(let content): content
    case .absent: nil
    case .unreadable(_, let error): throw error
    }
  }

  private func look(at location: S3Location) async throws -> Look {
    guard !location.bucket.isEmpty, !location.key.isEmpty else {
      let reason = "\(location) names no bucket or no key"
      return .unreadable(reason, Self.badPlace(reason))
    }
    let request = S3Request(location, method: "HEAD")
    switch try await s3(request) {
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
        throw caller.error(fault, in: call(for: request))
      }
    }
  }

  private func content(at location: S3Location, isLong: Bool = false) async throws -> Look {
    // An empty object has no range, so a range is asked for only where it is needed.
    let request = S3Request(location, range: isLong ? "bytes=0-\(Self.markerLimit - 1)" : nil)
    switch try await s3(request) {
    case .success(let response):
      remember(location.bucket)
      let text = String(decoding: response.body.prefix(Self.markerLimit), as: UTF8.self)
      return .content(
        MarkerContent(
          text: text, modifiedAt: response.headers["Last-Modified"].flatMap(HTTPDate.parse)))
    case .fault(let fault) where fault.kind == .notFound:
      guard fault.code != "NoSuchBucket" else {
        let what = "bucket \(location.bucket)"
        return .unreadable("there is no \(what)", .notFound(call(for: request), what: what))
      }
      remember(location.bucket)
      return .absent
    case .fault(let fault):
      let error = caller.error(fault, in: call(for: request))
      let text = Self.text(fault)
      switch fault.kind {
      case .denied:
        let bucket = location.bucket
        return .unreadable(
          "\(text); \(scope.name) needs s3:GetObject on \(bucket)/* and s3:ListBucket on \(bucket)",
          error)
      case .refused:
        return .unreadable("S3 refuses \(location): \(text)", error)
      case .throttled, .transient, .expired, .badCredentials, .signature, .notFound, .wrongRegion:
        throw error
      }
    }
  }

  /// Says that a configured place names nothing.
  static func badPlace(_ reason: String) -> AWSError {
    .badConfiguration(
      file: nil, line: nil, reason: reason,
      remedy: "Write the place as s3://BUCKET/KEY in the configuration.")
  }

  private static func text(_ fault: ServiceFault) -> String {
    ["\(fault.status)", fault.code ?? "", fault.reason].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  private func isKnown(_ bucket: String) -> Bool { seen.withLock { $0.buckets.contains(bucket) } }

  private func remember(_ bucket: String) { seen.withLock { _ = $0.buckets.insert(bucket) } }
}
