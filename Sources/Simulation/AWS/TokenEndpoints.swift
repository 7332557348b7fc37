import Foundation
import Transport

/// STS, query protocol, version 2011-06-15.
enum TokenEndpoints {
  /// Answers a call; a role that is assumed is handed to `keep`.
  static func answer(
    _ call: AWSCall, world: World, keep: (AWSSession) -> Void
  ) throws(AWSFailure) -> HTTPResponse {
    let items =
      RequestTarget.items(of: String(decoding: call.request.body, as: UTF8.self))
      + call.target.items
    func value(_ name: String) -> String? { items.first { $0.name == name }?.value }
    switch value("Action") {
    case "GetCallerIdentity":
      let account = world.catalogue.accounts[call.caller.account]
      return wrap(
        "GetCallerIdentity",
        "<Arn>\(call.caller.arn)</Arn><UserId>\(call.caller.userID)</UserId>"
          + "<Account>\(account.number)</Account>")
    case "AssumeRole":
      let session = try assume(
        value("RoleArn") ?? "", name: value("RoleSessionName") ?? "",
        seconds: value("DurationSeconds").flatMap { Int($0) } ?? 3600, call: call, world: world)
      keep(session)
      return wrap(
        "AssumeRole",
        "<Credentials><AccessKeyId>\(session.accessKeyID)</AccessKeyId>"
          + "<SecretAccessKey>\(session.secretAccessKey)</SecretAccessKey>"
          + "<SessionToken>\(session.token)</SessionToken>"
          + "<Expiration>\(Timestamp.iso(session.expiresAt))</Expiration></Credentials>"
          + "<AssumedRoleUser><Arn>\(session.caller.arn)</Arn>"
          + "<AssumedRoleId>\(session.caller.userID)</AssumedRoleId></AssumedRoleUser>")
    default:
      throw AWSFailure(
        status: 400, code: "InvalidAction",
        message: "Could not find operation \(value("Action") ?? "") for version 2011-06-15")
    }
  }

  /// Every account has one role, `cdtop-reader`, which all three accounts may assume.
  private static func assume(
    _ role: String, name: String, seconds: Int, call: AWSCall, world: World
  ) throws(AWSFailure) -> AWSSession {
    let parts = role.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[2] == "iam" else {
      throw AWSFailure(
        status: 400, code: "ValidationError", message: "\(role) is invalid")
    }
    guard (900...43_200).contains(seconds), (2...64).contains(name.count) else {
      throw AWSFailure(
        status: 400, code: "ValidationError",
        message: "1 validation error detected: DurationSeconds or RoleSessionName is out of range")
    }
    guard let place = world.catalogue.accounts.firstIndex(where: { $0.number == parts[4] }),
      parts[5] == "role/cdtop-reader"
    else {
      throw AWSFailure(
        status: 403, code: "AccessDenied",
        message: "User: \(call.caller.arn) is not authorized to perform: sts:AssumeRole on "
          + "resource: \(role)")
    }
    var chance = Randomness(
      seed: world.seed, "session", role, name, Timestamp.iso(call.time))
    let roleID = "AROASIMULATED\(world.catalogue.accounts[place].environment.uppercased())0001"
    return AWSSession(
      accessKeyID: "ASIA\(chance.hex(16).uppercased())", secretAccessKey: chance.hex(40),
      token: chance.hex(120), expiresAt: call.time.addingTimeInterval(Double(seconds)),
      caller: AWSCaller(
        account: place,
        arn: "arn:aws:sts::\(parts[4]):assumed-role/cdtop-reader/\(name)",
        userID: "\(roleID):\(name)"))
  }

  private static func wrap(_ action: String, _ result: String) -> HTTPResponse {
    .xml(
      "<\(action)Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
        + "<\(action)Result>\(result)</\(action)Result><ResponseMetadata>"
        + "<RequestId>01234567-89ab-4cde-8f01-23456789abcd</RequestId></ResponseMetadata>"
        + "</\(action)Response>")
  }
}
