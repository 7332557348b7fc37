import Foundation
import Transport

/// The services that the simulator plays.
enum AWSServiceName: String, Sendable, CaseIterable {
  case codebuild
  case logs
  case s3
  case sts
}

/// A signed request to an AWS service, taken apart.
struct AWSCall: Sendable {
  let request: HTTPRequest
  let target: RequestTarget
  let service: AWSServiceName
  let region: String
  let caller: AWSCaller
  let now: Instant
  let time: Date

  /// The operation of a JSON service, such as `BatchGetBuilds`.
  var operation: String? { Self.operation(of: request) }

  static func operation(of request: HTTPRequest) -> String? {
    guard let field = request.headers["X-Amz-Target"] else { return nil }
    return field.split(separator: ".").last.map(String.init)
  }
}

/// Who signed a request.
struct AWSCaller: Sendable, Hashable {
  /// The account's place in the catalogue.
  var account: Int
  /// The caller's resource name.
  var arn: String
  /// The caller's unique id.
  var userID: String
}

/// Credentials that a role gives for a while.
struct AWSSession: Sendable, Hashable {
  var accessKeyID: String
  var secretAccessKey: String
  var token: String
  var expiresAt: Date
  var caller: AWSCaller
}
