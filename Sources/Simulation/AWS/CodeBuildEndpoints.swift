import Deploys
import Foundation
import Transport

/// CodeBuild, JSON 1.1, version 2016-10-06.
enum CodeBuildEndpoints {
  static func answer(_ call: AWSCall, world: inout World) throws(AWSFailure) -> JSON {
    guard let body = try? JSON(parsing: call.request.body), let operation = call.operation else {
      throw AWSFailure(
        status: 400, code: "SerializationException", message: "The request is not valid JSON")
    }
    let renderer = CodeBuildRenderer(world: world, now: call.now)
    switch operation {
    case "ListProjects":
      return ["projects": .texts(account(of: call, in: world).map { [$0.project] } ?? [])]
    case "ListBuildsForProject":
      guard body["projectName"]?.stringValue != nil else {
        throw .invalid("1 validation error detected: Value at 'projectName' is null")
      }
      return try list(body, call: call, world: world)
    case "ListBuilds": return try page(ids(for: call, in: world), body: body)
    case "BatchGetBuilds":
      let asked = try names(body["ids"], what: "ids")
      let known = Set(ids(for: call, in: world))
      let plain = asked.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      let found = plain.filter { known.contains($0) }
      return [
        "builds": .array(found.compactMap { world.builds[$0] }.map(renderer.build)),
        "buildsNotFound": .texts(plain.filter { !known.contains($0) }),
      ]
    case "BatchGetProjects":
      let asked = try names(body["names"], what: "names")
      let account = account(of: call, in: world)
      func isKnown(_ name: String) -> Bool {
        name == account?.project || name == account?.projectARN
      }
      return [
        "projects": .array(
          account.map { asked.contains(where: isKnown) ? [renderer.project($0)] : [] } ?? []),
        "projectsNotFound": .texts(asked.filter { !isKnown($0) }),
      ]
    case "StopBuild":
      let asked = body["id"]?.stringValue ?? ""
      let id = asked.split(separator: "/").last.map(String.init) ?? asked
      try checkStop(call, world: world)
      guard ids(for: call, in: world).contains(id) else {
        throw AWSFailure(
          status: 400, code: "ResourceNotFoundException", message: "Build \(id) does not exist")
      }
      do {
        let build = try world.stopBuild(id, at: call.now)
        return ["build": CodeBuildRenderer(world: world, now: call.now).build(build)]
      } catch {
        throw AWSFailure(
          status: 400, code: "ResourceNotFoundException", message: "Build \(id) does not exist")
      }
    default:
      throw AWSFailure(
        status: 400, code: "UnknownOperationException",
        message: "The simulator does not know \(operation)")
    }
  }

  private static func checkStop(_ call: AWSCall, world: World) throws(AWSFailure) {
    let account = world.catalogue.accounts[call.caller.account]
    guard world.scenario.stopDenied.contains(account.profile) else { return }
    throw AWSFailure(
      status: 400, code: "AccessDeniedException",
      message: "User: \(call.caller.arn) is not authorized to perform: codebuild:StopBuild on "
        + "resource: \(account.projectARN) because no identity-based policy allows the "
        + "codebuild:StopBuild action")
  }

  /// The account, where the call goes to its region; elsewhere it has nothing.
  private static func account(of call: AWSCall, in world: World) -> SimulatedAccount? {
    let account = world.catalogue.accounts[call.caller.account]
    return account.region == call.region ? account : nil
  }

  /// Ids of builds that have started, the newest first.
  private static func ids(for call: AWSCall, in world: World) -> [String] {
    guard account(of: call, in: world) != nil else { return [] }
    return world.buildIDs[call.caller.account].reversed().filter { id in
      world.builds[id].map { $0.startedAt <= call.now } ?? false
    }
  }

  private static func list(
    _ body: JSON, call: AWSCall, world: World
  ) throws(AWSFailure) -> JSON {
    let name = body["projectName"]?.stringValue ?? ""
    guard let account = account(of: call, in: world), name == account.project else {
      if let other = world.catalogue.accounts.first(where: { $0.projectARN == name }),
        other.number != world.catalogue.accounts[call.caller.account].number
      {
        throw AWSFailure(
          status: 400, code: "AccessDeniedException",
          message: "User: \(call.caller.arn) is not authorized to perform: "
            + "codebuild:ListBuildsForProject on resource: \(name) because no identity-based "
            + "policy allows the codebuild:ListBuildsForProject action")
      }
      let number = world.catalogue.accounts[call.caller.account].number
      throw AWSFailure(
        status: 400, code: "ResourceNotFoundException",
        message: "The provided resource arn:aws:codebuild:\(call.region):\(number):project/\(name) "
          + "does not exist")
    }
    var all = ids(for: call, in: world)
    if let order = body["sortOrder"]?.stringValue {
      // The API's description: sorting more than 100 builds is an error.
      guard all.count <= 100 else {
        throw .invalid("sortOrder cannot be used with more than 100 builds")
      }
      if order == "ASCENDING" { all.reverse() }
    }
    return try page(all, body: body)
  }

  /// 100 ids a page; the token names the last id, so that new builds shift nothing.
  private static func page(_ all: [String], body: JSON) throws(AWSFailure) -> JSON {
    var rest = all[...]
    if let token = body["nextToken"]?.stringValue {
      guard let data = Data(base64Encoded: token),
        let place = all.firstIndex(of: String(decoding: data, as: UTF8.self))
      else { throw .invalid("Invalid token provided") }
      rest = all[(place + 1)...]
    }
    let ids = Array(rest.prefix(100))
    guard rest.count > 100, let last = ids.last else { return ["ids": .texts(ids)] }
    return [
      "ids": .texts(ids), "nextToken": .string(Data(last.utf8).base64EncodedString()),
    ]
  }

  private static func names(_ value: JSON?, what: String) throws(AWSFailure) -> [String] {
    let names = value?.arrayValue?.compactMap(\.stringValue) ?? []
    guard (1...100).contains(names.count) else {
      throw .invalid("Invalid length for \(what): \(names.count); valid are 1 to 100")
    }
    return names
  }
}
