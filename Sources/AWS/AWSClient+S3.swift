import Deploys
import Synchronization
import Transport

/// A request to S3, not yet addressed.
struct S3Request: Sendable {
  /// The method.
  var method: String
  /// The object, or the bucket with an empty key.
  var location: S3Location
  /// The query, in order.
  var query: [(String, String)] = []
  /// The part that is asked for; `nil` for all.
  var range: String?
  /// The action as a policy names it.
  var action = "s3:GetObject"
  /// What a policy has to allow it on, for messages.
  var resource: String

  /// Creates a request for an object.
  init(_ location: S3Location, method: String = "GET", range: String? = nil) {
    self.method = method
    self.location = location
    self.range = range
    resource = location.description
  }
}

extension AWSClient {
  /// Asks, and asks once more where S3 names another region.
  func s3(_ request: S3Request) async throws -> ServiceCaller.Outcome {
    try await s3(request) { try await caller.send($0, by: identity) }
  }

  /// Asks by a way of the caller's own, and once more where S3 names another region.
  func s3(
    _ request: S3Request,
    through send: (ServiceCaller.Operation) async throws -> ServiceCaller.Outcome
  ) async throws -> ServiceCaller.Outcome {
    let known = region(of: request.location.bucket)
    let outcome = try await send(operation(request, in: known))
    guard case .fault(let fault) = outcome, fault.kind == .wrongRegion,
      let right = fault.region, right != known, Endpoint.isHostLabel(right)
    else { return outcome }
    let second = try await send(operation(request, in: right))
    if case .fault(let fault) = second, fault.kind == .wrongRegion { return second }
    seen.withLock { $0.bucketRegions[request.location.bucket] = right }
    return second
  }

  /// Describes a request for messages, as it would be sent now.
  func call(for request: S3Request) -> AWSCall {
    operation(request, in: region(of: request.location.bucket)).call
  }

  private func region(of bucket: String) -> String {
    seen.withLock { $0.bucketRegions[bucket] } ?? region
  }

  private func operation(_ request: S3Request, in region: String) -> ServiceCaller.Operation {
    var url = S3Address.url(of: request.location, at: endpoint(.s3, region: region))
    if !request.query.isEmpty { url += "?" + PercentEncoding.form(request.query) }
    var message = HTTPRequest(
      method: request.method, url: url, headers: ["User-Agent": "cdtop"], timeout: .seconds(20))
    message.headers["Range"] = request.range
    return ServiceCaller.Operation(
      request: message, service: .s3,
      call: call(request.action, on: request.resource, host: message.host, region: region))
  }
}
