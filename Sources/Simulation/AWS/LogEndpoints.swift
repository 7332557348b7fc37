import Foundation
import Transport

/// CloudWatch Logs, JSON 1.1, version 2014-03-28: reading the streams of builds.
enum LogEndpoints {
  static func answer(_ call: AWSCall, world: World) throws(AWSFailure) -> JSON {
    guard let body = try? JSON(parsing: call.request.body), let operation = call.operation else {
      throw AWSFailure(
        status: 400, code: "SerializationException", message: "The request is not valid JSON")
    }
    let account = world.catalogue.accounts[call.caller.account]
    guard !world.scenario.logsDenied.contains(account.profile) else {
      throw AWSFailure(
        status: 400, code: "AccessDeniedException",
        message: "User: \(call.caller.arn) is not authorized to perform: logs:\(operation) on "
          + "resource: arn:aws:logs:\(call.region):\(account.number):log-group:\(account.logGroup)"
          + ":log-stream: because no identity-based policy allows the logs:\(operation) action")
    }
    switch operation {
    case "GetLogEvents": return try events(body, call: call, world: world)
    case "FilterLogEvents": return try filter(body, call: call, world: world)
    case "DescribeLogStreams": return try streams(body, call: call, world: world)
    default:
      throw AWSFailure(
        status: 400, code: "UnknownOperationException",
        message: "The simulator does not know \(operation)")
    }
  }

  /// A page of a stream: 10,000 events and 1 MB at most; its end gives back the token sent.
  private static func events(
    _ body: JSON, call: AWSCall, world: World
  ) throws(AWSFailure) -> JSON {
    let build = try self.build(
      body["logStreamName"]?.stringValue ?? "", body: body, call: call, world: world)
    let lines = BuildLog(build, clock: world.clock).lines.filter { $0.time <= call.now }
    let limit = min(max(Int(body["limit"]?.intValue ?? 10_000), 1), 10_000)
    var range = max(0, lines.count - limit)..<lines.count
    if let text = body["nextToken"]?.stringValue {
      guard let token = LogToken(text) else {
        throw AWSFailure(
          status: 400, code: "InvalidParameterException",
          message: "The specified nextToken is invalid.")
      }
      let start = min(max(token.place, 0), lines.count)
      range =
        token.isForward
        ? start..<min(lines.count, start + limit) : max(0, start - limit)..<start
      // Allowed by the service's description: a page may be empty though there is more.
      if world.scenario.emptyLogPages, token.isForward, !token.isInserted, !range.isEmpty {
        return page(lines[start..<start], isInserted: true, clock: world.clock)
      }
    } else if body["startFromHead"]?.boolValue == true {
      range = 0..<min(lines.count, limit)
    }
    return page(fitting(lines[range]), isInserted: false, clock: world.clock)
  }

  /// As many events as a page may hold, each with 26 bytes on top of its message.
  private static func fitting(_ lines: ArraySlice<BuildLog.Line>) -> ArraySlice<BuildLog.Line> {
    var size = 0
    let end = lines.firstIndex { line in
      size += line.text.utf8.count + 27
      return size > 1 << 20
    }
    return lines[..<max(end ?? lines.endIndex, min(lines.startIndex + 1, lines.endIndex))]
  }

  private static func page(
    _ lines: ArraySlice<BuildLog.Line>, isInserted: Bool, clock: WorldClock
  ) -> JSON {
    let next = LogToken(isForward: true, place: lines.endIndex, isInserted: isInserted)
    let back = LogToken(isForward: false, place: lines.startIndex)
    return [
      "events": .array(lines.map { event($0, clock: clock) }),
      "nextForwardToken": .string(next.text), "nextBackwardToken": .string(back.text),
    ]
  }

  private static func filter(
    _ body: JSON, call: AWSCall, world: World
  ) throws(AWSFailure) -> JSON {
    let pattern = (body["filterPattern"]?.stringValue ?? "")
      .trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    var found: [JSON] = []
    for name in body["logStreamNames"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
      let build = try self.build(name, body: body, call: call, world: world)
      for line in BuildLog(build, clock: world.clock).lines
      where line.time <= call.now && (pattern.isEmpty || line.text.contains(pattern)) {
        found.append(
          event(line, clock: world.clock).adding(["logStreamName": .string(name)]))
      }
    }
    return ["events": .array(found), "searchedLogStreams": []]
  }

  private static func streams(
    _ body: JSON, call: AWSCall, world: World
  ) throws(AWSFailure) -> JSON {
    let account = try self.account(body, call: call, world: world)
    let prefix = body["logStreamNamePrefix"]?.stringValue ?? ""
    let streams = world.buildIDs[call.caller.account].compactMap { world.builds[$0] }
      .filter { build in
        build.uuid.hasPrefix(prefix)
          && (BuildLog.beginning(of: build).map { $0 <= call.now } ?? false)
      }
      .suffix(50).reversed()
    return [
      "logStreams": .array(
        streams.map { build in
          let begin = BuildLog.beginning(of: build) ?? build.startedAt
          let arn =
            "arn:aws:logs:\(account.region):\(account.number):log-group:\(account.logGroup)"
            + ":log-stream:\(build.uuid)"
          return [
            "logStreamName": .string(build.uuid), "creationTime": milliseconds(begin, world.clock),
            "firstEventTimestamp": milliseconds(begin, world.clock),
            "lastIngestionTime": milliseconds(min(build.endedAt, call.now), world.clock),
            "arn": .string(arn), "storedBytes": 0,
          ]
        })
    ]
  }

  private static func account(
    _ body: JSON, call: AWSCall, world: World
  ) throws(AWSFailure) -> SimulatedAccount {
    let account = world.catalogue.accounts[call.caller.account]
    guard account.region == call.region, body["logGroupName"]?.stringValue == account.logGroup,
      !world.scenario.logsOff.contains(account.profile)
    else {
      throw AWSFailure(
        status: 400, code: "ResourceNotFoundException",
        message: "The specified log group does not exist.")
    }
    return account
  }

  private static func build(
    _ stream: String, body: JSON, call: AWSCall, world: World
  ) throws(AWSFailure) -> BuildPlan {
    let account = try account(body, call: call, world: world)
    guard let build = world.builds["\(account.project):\(stream)"],
      let begin = BuildLog.beginning(of: build), begin <= call.now
    else {
      throw AWSFailure(
        status: 400, code: "ResourceNotFoundException",
        message: "The specified log stream does not exist.")
    }
    return build
  }

  private static func event(_ line: BuildLog.Line, clock: WorldClock) -> JSON {
    [
      "timestamp": milliseconds(line.time, clock), "message": .string(line.text + "\n"),
      "ingestionTime": milliseconds(line.time, clock),
    ]
  }

  private static func milliseconds(_ instant: Instant, _ clock: WorldClock) -> JSON {
    .int(Int64((clock.date(of: instant).timeIntervalSince1970 * 1000).rounded()))
  }
}
