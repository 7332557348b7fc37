import Foundation
import Transport

/// AWS around its services: whose key it is, whether the signature is right, which service answers.
struct AWSService: Sendable {
  private var sessions: [String: AWSSession] = [:]
  /// Calls to CodeBuild by account, for throttling.
  private var calls: [Int: Int] = [:]
  private var requests = 0

  /// Whether a request is meant for AWS.
  static func isMeant(_ request: HTTPRequest, target: RequestTarget, world: World) -> Bool {
    if request.headers["Authorization"]?.hasPrefix("AWS4-") == true { return true }
    if request.headers["X-Amz-Target"] != nil { return true }
    let host = target.host.lowercased()
    if host.hasSuffix(".amazonaws.com") { return true }
    let first = target.segments.first
    return world.catalogue.accounts.contains { $0.bucket == first }
  }

  /// The service that a request is for, for the log and for faults.
  static func service(of request: HTTPRequest, target: RequestTarget) -> AWSServiceName {
    if let signature = RequestSignature(request),
      let service = AWSServiceName(rawValue: signature.service)
    {
      return service
    }
    switch request.headers["X-Amz-Target"] {
    case let field? where field.hasPrefix("CodeBuild_"): return .codebuild
    case let field? where field.hasPrefix("Logs_"): return .logs
    default: break
    }
    let host = target.host
    return AWSServiceName.allCases.first { host.hasPrefix("\($0.rawValue).") } ?? .s3
  }

  mutating func respond(
    to request: HTTPRequest, target: RequestTarget, world: inout World, now: Date
  ) -> Reply {
    requests += 1
    var chance = Randomness(seed: world.seed, "aws request", String(requests))
    let id = chance.uuid()
    let service = Self.service(of: request, target: target)
    var reply: Reply
    do {
      reply = try answer(request, target: target, service: service, world: &world, now: now)
    } catch {
      reply = Reply(head: Self.render(error, service: service, requestID: id, region: nil))
    }
    reply.head.headers["Date"] = Timestamp.http(now)
    reply.head.headers[service == .s3 ? "x-amz-request-id" : "x-amzn-RequestId"] = id
    return reply
  }

  private mutating func answer(
    _ request: HTTPRequest, target: RequestTarget, service: AWSServiceName,
    world: inout World, now: Date
  ) throws(AWSFailure) -> Reply {
    let (caller, region) = try authenticate(request, service: service, world: world, now: now)
    let call = AWSCall(
      request: request, target: target, service: service, region: region, caller: caller,
      now: world.clock.instant(of: now), time: now)
    switch service {
    case .codebuild:
      try throttle(caller, world: world)
      return Reply(head: .amazonJSON(try CodeBuildEndpoints.answer(call, world: &world)))
    case .logs: return Reply(head: .amazonJSON(try LogEndpoints.answer(call, world: world)))
    case .s3: return try StorageEndpoints.answer(call, world: world)
    case .sts:
      return Reply(
        head: try TokenEndpoints.answer(call, world: world) { session in
          sessions[session.accessKeyID] = session
        })
    }
  }

  private mutating func throttle(_ caller: AWSCaller, world: World) throws(AWSFailure) {
    let count = calls[caller.account] ?? 0
    calls[caller.account] = count + 1
    let profile = world.catalogue.accounts[caller.account].profile
    guard let throttle = world.scenario.throttles.first(where: { $0.profile == profile }),
      throttle.every > 0, count % throttle.every >= throttle.every - throttle.burst
    else { return }
    throw AWSFailure(status: 400, code: "ThrottlingException", message: "Rate exceeded")
  }

  private func authenticate(
    _ request: HTTPRequest, service: AWSServiceName, world: World, now: Date
  ) throws(AWSFailure) -> (AWSCaller, region: String) {
    let isJSON = service == .codebuild || service == .logs
    let refusal = service == .s3 || service == .sts ? 403 : 400
    guard let signature = RequestSignature(request) else {
      if service == .s3 {
        throw AWSFailure(status: 403, code: "AccessDenied", message: "Access Denied")
      }
      throw AWSFailure(
        status: refusal,
        code: isJSON ? "MissingAuthenticationTokenException" : "MissingAuthenticationToken",
        message: "Missing Authentication Token")
    }
    let (secret, caller) = try key(
      signature.accessKeyID, token: request.headers["X-Amz-Security-Token"], service: service,
      world: world, now: now)
    try Self.checkTime(of: signature, service: service, now: now)
    guard signature.isValid(secret: secret) else {
      throw AWSFailure(
        status: refusal, code: isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch",
        message: "The request signature we calculated does not match the signature you provided. "
          + "Check your AWS Secret Access Key and signing method.")
    }
    return (caller, signature.region)
  }

  /// Refuses what was signed too long ago or too far ahead, in each service's own words.
  ///
  /// Source: the Signature Version 4 documentation (five minutes), S3's (15 minutes), and messages of
  /// STS that people quote, which name 15 minutes too.
  private static func checkTime(
    of signature: RequestSignature, service: AWSServiceName, now: Date
  ) throws(AWSFailure) {
    let isJSON = service == .codebuild || service == .logs
    let window = isJSON ? 5 : 15
    guard let time = signature.time else {
      throw AWSFailure(
        status: isJSON ? 400 : 403, code: isJSON ? "IncompleteSignatureException" : "AccessDenied",
        message: "Date must be in ISO-8601 'basic format'. Got '\(signature.timestamp)'.")
    }
    let age = now.timeIntervalSince(time)
    guard abs(age) > Double(window * 60) else { return }
    if service == .s3 {
      throw AWSFailure(
        status: 403, code: "RequestTimeTooSkewed",
        message: "The difference between the request time and the current time is too large.")
    }
    let (sign, words) = age > 0 ? ("-", "expired") : ("+", "not yet current")
    let end = now.addingTimeInterval(Double(window * 60) * (age > 0 ? -1 : 1))
    throw AWSFailure(
      status: isJSON ? 400 : 403,
      code: isJSON ? "InvalidSignatureException" : "SignatureDoesNotMatch",
      message: "Signature \(words): \(signature.timestamp) is "
        + "\(age > 0 ? "now earlier" : "still later") than \(Timestamp.basic(end)) "
        + "(\(Timestamp.basic(now)) \(sign) \(window) min.)")
  }

  private func key(
    _ id: String, token: String?, service: AWSServiceName, world: World, now: Date
  ) throws(AWSFailure) -> (secret: String, AWSCaller) {
    if let session = sessions[id], session.token == token {
      guard now < session.expiresAt else {
        throw AWSFailure(
          status: service == .codebuild || service == .logs || service == .s3 ? 400 : 403,
          code: service == .codebuild || service == .logs
            ? "ExpiredTokenException" : "ExpiredToken",
          message: "The security token included in the request is expired")
      }
      return (session.secretAccessKey, session.caller)
    }
    if token == nil,
      let place = world.catalogue.accounts.firstIndex(where: { $0.accessKeyID == id })
    {
      let account = world.catalogue.accounts[place]
      return (
        account.secretAccessKey,
        AWSCaller(
          account: place, arn: "arn:aws:iam::\(account.number):user/cdtop",
          userID: "AIDASIMULATED\(account.environment.uppercased())0001")
      )
    }
    switch service {
    case .codebuild, .logs:
      throw AWSFailure(
        status: 400, code: "UnrecognizedClientException",
        message: "The security token included in the request is invalid.")
    case .sts:
      throw AWSFailure(
        status: 403, code: "InvalidClientTokenId",
        message: "The security token included in the request is invalid.")
    case .s3:
      throw AWSFailure(
        status: 403, code: token == nil ? "InvalidAccessKeyId" : "InvalidToken",
        message: "The AWS Access Key Id you provided does not exist in our records.")
    }
  }

  private static func render(
    _ failure: AWSFailure, service: AWSServiceName, requestID: String, region: String?
  ) -> HTTPResponse {
    switch service {
    case .codebuild, .logs:
      return .amazonJSON(
        ["__type": .string(failure.code), "message": .string(failure.message)],
        status: failure.status)
    case .s3:
      return .xml(
        "<Error><Code>\(failure.code)</Code><Message>\(failure.message.xmlEscaped)</Message>"
          + "<RequestId>\(requestID)</RequestId></Error>", status: failure.status)
    case .sts:
      return .xml(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
          + "<Type>Sender</Type><Code>\(failure.code)</Code>"
          + "<Message>\(failure.message.xmlEscaped)</Message></Error>"
          + "<RequestId>\(requestID)</RequestId></ErrorResponse>", status: failure.status)
    }
  }
}

extension HTTPResponse {
  /// An answer of a JSON 1.1 service.
  static func amazonJSON(_ body: JSON, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: ["Content-Type": "application/x-amz-json-1.1"], body: body.data)
  }

  /// An answer of an XML service.
  static func xml(_ body: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: ["Content-Type": "application/xml"],
      body: Data("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(body)".utf8))
  }
}

extension String {
  /// The text as XML's character data.
  var xmlEscaped: String {
    // Nearly every text is plain.
    guard utf8.contains(where: { "&<>\"".utf8.contains($0) }) else { return self }
    return replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
