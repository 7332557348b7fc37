import AWS
import Deploys
import Foundation
import Transport

/// Follows the log of a build in CloudWatch from its beginning until the build is over.
///
/// The text is the messages as they were written, one after another, each on a line of its own.
struct BuildTail {
  /// How far apart two reads at the end of a log are.
  private static let interval = Duration.seconds(2)
  /// The longest wait after reads that failed.
  private static let longestWait = Duration.seconds(30)
  /// How many reads at the end of a log there are between two looks at the build.
  private static let buildInterval = 5
  /// How long a stream may take to appear after the end of its build.
  private static let lateness: TimeInterval = 60
  /// How many failures in a row end it.
  private static let mostFailures = 8

  /// How many empty pages are read in a row without a pause.
  private static let mostEmpties = 10

  /// Where CloudWatch has the log.
  private struct Place {
    var group: String
    var stream: String
  }

  private let key: BuildKey
  private let client: AWSClient
  private let inspector: Inspector

  /// Prepares to follow a build.
  /// - Throws: `AWSError` where the account's settings are of no use.
  init(_ key: BuildKey, by inspector: Inspector) throws {
    self.key = key
    self.inspector = inspector
    client = try inspector.aws.client(for: key.scope)
  }

  /// Brings the log.
  func bring(to thing: Bringing) async throws {
    let (place, found) = try await self.place(thing)
    var build = found
    var token: String?
    var file: PrivateFile?
    var quiet = 0
    var reads = 0
    var empties = 0
    while true {
      let after = token
      guard
        let page = try await patiently(
          {
            try await client.logEvents(group: place.group, stream: place.stream, after: after)
          }, orAbsent: file == nil)
      else {
        guard build.isActive || isLate(build) else { throw noStream(place) }
        thing.wait(for: notYet("CloudWatch has no stream for it yet"))
        try await inspector.sleep(Self.interval)
        build = try await self.build()
        continue
      }
      let open = try file ?? inspector.folder.makeFile("log")
      file = open
      for event in page.events { try open.bytes.append(Self.line(event)) }
      try thing.show(open)
      token = page.nextToken
      if !page.events.isEmpty { quiet = 0 }
      // Pages may be empty in the middle, a few in a row; the end is where the token comes back.
      empties = page.events.isEmpty && !page.isEnd ? empties + 1 : 0
      guard page.isEnd || empties >= Self.mostEmpties else { continue }
      empties = 0
      if !build.isActive {
        quiet += page.isEnd ? 1 : 0
        if quiet >= 2 { return }
      }
      try await inspector.sleep(Self.interval)
      reads += 1
      if build.isActive, reads % Self.buildInterval == 0 { build = try await self.build() }
    }
  }

  /// Waits until the build says where its log goes.
  private func place(_ thing: Bringing) async throws -> (Place, Build) {
    while true {
      let build = try await self.build()
      if let group = build.logGroup, let stream = build.logStream {
        return (Place(group: group, stream: stream), build)
      }
      guard build.isActive, build.isBeforeLog else {
        throw ReadFailure(
          .gone,
          message: "build \(key.id) writes no log to CloudWatch: logs are switched off in the "
            + "project \(key.project), or go to S3 only",
          remedy: "Switch CloudWatch logs on in the project's settings (logsConfig).")
      }
      thing.wait(for: notYet("its machine is not there yet"))
      try await inspector.sleep(Self.interval)
    }
  }

  private func build() async throws -> Build {
    let builds = try await patiently { try await client.builds(ids: [key.id]) } ?? []
    guard let build = builds.first else {
      throw ReadFailure(
        .gone, message: "CodeBuild has no build \(key.id) (\(client.scope.name), \(client.region))",
        remedy: "Builds are kept for a year; check the environment's region and account.")
    }
    return build
  }

  /// Asks, and asks again after failures that may pass, each time a little later.
  /// - Parameters:
  ///   - ask: Asks.
  ///   - orAbsent: Whether what is not there is no failure.
  /// - Returns: The answer; `nil` for what is not there.
  /// - Throws: `AWSError`, `CancellationError`.
  private func patiently<Answer>(
    _ ask: () async throws -> Answer, orAbsent: Bool = false
  ) async throws -> Answer? {
    var failures = 0
    while true {
      do {
        return try await ask()
      } catch let error as AWSError {
        if orAbsent, error.isMissing { return nil }
        guard error.mayPass, failures < Self.mostFailures else { throw error }
        failures += 1
        let wait = min(Self.interval * (1 << failures), Self.longestWait)
        try await inspector.sleep(max(wait, error.retryAfter ?? .zero))
      }
    }
  }

  private func isLate(_ build: Build) -> Bool {
    guard let end = build.endedAt else { return false }
    return abs(inspector.now().timeIntervalSince(end)) < Self.lateness
  }

  private func notYet(_ reason: String) -> ReadFailure {
    ReadFailure(
      .notYet, message: "build \(key.id) has no log yet: \(reason)",
      remedy: "It opens by itself when there is one.")
  }

  private func noStream(_ place: Place) -> ReadFailure {
    ReadFailure(
      .gone,
      message:
        "CloudWatch has no stream \(place.stream) in \(place.group): the build wrote nothing, "
        + "or the log is kept no longer",
      remedy: "See how long the log group keeps its events.")
  }

  /// A message as it was written, ended as a line.
  private static func line(_ event: LogEvent) -> String {
    event.message.utf8.last == UInt8(ascii: "\n") ? event.message : event.message + "\n"
  }
}

extension Build {
  /// Whether it has not come to the phase from which it says where its log goes.
  ///
  /// Source: `cloudWatchLogs` of the CodeBuild API, which is given from PROVISIONING on.
  fileprivate var isBeforeLog: Bool {
    switch currentPhase {
    case nil, "SUBMITTED", "QUEUED", "PROVISIONING": true
    default: false
    }
  }
}

extension AWSError {
  /// Whether asking again later may fare better.
  fileprivate var mayPass: Bool {
    switch self {
    case .throttled, .server, .transport: true
    case .noCredentials, .badConfiguration, .noRegion, .accessDenied, .badCredentials,
      .expiredToken, .signatureMismatch, .notFound, .wrongRegion, .refused, .badPayload:
      false
    }
  }
}
