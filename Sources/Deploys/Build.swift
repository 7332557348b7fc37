package import Foundation

/// What names a CodeBuild build across accounts and regions.
package struct BuildKey: Sendable, Hashable {
  /// The account and region, as configured.
  package var scope: AWSScope
  /// The build's id, `project:uuid`.
  package var id: String

  /// Creates a key.
  package init(scope: AWSScope, id: String) {
    self.scope = scope
    self.id = id
  }

  /// The project's name, which holds no colon.
  package var project: String { String(id.prefix { $0 != ":" }) }

  /// The part after the colon; the whole id where there is none.
  package var uuid: String {
    guard let colon = id.firstIndex(of: ":") else { return id }
    return String(id[id.index(after: colon)...])
  }

  /// The project that the build belongs to.
  package var projectKey: ProjectKey { ProjectKey(scope: scope, name: project) }
}

/// A CodeBuild build's or phase's status, in AWS's words.
///
/// Source: `StatusType` of the CodeBuild API, version 2016-10-06.
package enum BuildStatus: Sendable, Hashable, RawRepresentable {
  /// Everything that ran returned 0.
  case succeeded
  /// A command failed.
  case failed
  /// CodeBuild itself failed.
  case fault
  /// A limit ran out.
  case timedOut
  /// Going on.
  case inProgress
  /// Stopped by a person or a program.
  case stopped
  /// A word that this version does not know.
  case other(String)

  /// Reads AWS's word.
  package init(rawValue: String) {
    self =
      switch rawValue {
      case "SUCCEEDED": .succeeded
      case "FAILED": .failed
      case "FAULT": .fault
      case "TIMED_OUT": .timedOut
      case "IN_PROGRESS": .inProgress
      case "STOPPED": .stopped
      default: .other(rawValue)
      }
  }

  /// AWS's word.
  package var rawValue: String {
    switch self {
    case .succeeded: "SUCCEEDED"
    case .failed: "FAILED"
    case .fault: "FAULT"
    case .timedOut: "TIMED_OUT"
    case .inProgress: "IN_PROGRESS"
    case .stopped: "STOPPED"
    case .other(let word): word
    }
  }
}

/// One phase of a build.
package struct BuildPhase: Sendable, Hashable {
  /// AWS's word, such as `PROVISIONING`; free text, for AWS may add phases.
  package var name: String
  /// How it went; `nil` while it goes on.
  package var status: BuildStatus?
  /// When it started.
  package var startedAt: Date?
  /// When it ended; `nil` while it goes on.
  package var endedAt: Date?
  /// What CodeBuild says about it, such as the command that failed.
  package var messages: [String]

  /// Creates a phase.
  package init(
    name: String, status: BuildStatus? = nil, startedAt: Date? = nil, endedAt: Date? = nil,
    messages: [String] = []
  ) {
    self.name = name
    self.status = status
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.messages = messages
  }
}

/// A CodeBuild build, which may be the runner of one job.
package struct Build: Sendable, Hashable, Identifiable {
  /// Account, region and id.
  package var key: BuildKey
  /// The Amazon resource name; `nil` where the server gives none.
  package var arn: String?
  /// The number that people see.
  package var number: Int?
  /// How it goes or went.
  package var status: BuildStatus
  /// The phase that it is in, in AWS's words.
  package var currentPhase: String?
  /// The phases so far, in order.
  package var phases: [BuildPhase]
  /// When it was asked for.
  package var startedAt: Date?
  /// When it ended.
  package var endedAt: Date?
  /// Who started it; `GitHub-Hookshot/…` for a webhook.
  package var initiator: String?
  /// The environment variables that the API shows.
  package var variables: [String: String]
  /// The CloudWatch group of its log.
  package var logGroup: String?
  /// The CloudWatch stream of its log.
  package var logStream: String?

  /// What names the build.
  package var id: BuildKey { key }

  /// Creates a build.
  package init(
    key: BuildKey, arn: String? = nil, number: Int? = nil, status: BuildStatus,
    currentPhase: String? = nil, phases: [BuildPhase] = [], startedAt: Date? = nil,
    endedAt: Date? = nil, initiator: String? = nil, variables: [String: String] = [:],
    logGroup: String? = nil, logStream: String? = nil
  ) {
    self.key = key
    self.arn = arn
    self.number = number
    self.status = status
    self.currentPhase = currentPhase
    self.phases = phases
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.initiator = initiator
    self.variables = variables
    self.logGroup = logGroup
    self.logStream = logStream
  }

  /// Whether it can still change.
  ///
  /// Judged by the status: some servers leave `buildComplete` false for ever. A status that is not
  /// known counts as going on while there is no end.
  package var isActive: Bool {
    switch status {
    case .inProgress: true
    case .other: endedAt == nil
    case .succeeded, .failed, .fault, .timedOut, .stopped: false
    }
  }

  /// The account's number, from the resource name.
  package var account: String? { Self.field(4, of: arn) }

  /// The region, from the resource name.
  package var region: String? { Self.field(3, of: arn) }

  /// The phase that counts now: the current one, else the last one that has started.
  package var phase: BuildPhase? {
    if let name = currentPhase, let phase = phases.last(where: { $0.name == name }) {
      return phase
    }
    return phases.last
  }

  /// The first phase that did not go well.
  package var failedPhase: BuildPhase? {
    phases.first { phase in
      switch phase.status {
      case .failed, .fault, .timedOut: true
      case .succeeded, .inProgress, .stopped, .other, nil: false
      }
    }
  }

  /// Whether a GitHub webhook started it (seen in GitTools/GitVersion#1841; not documented).
  package var isFromWebhook: Bool { initiator?.hasPrefix("GitHub-Hookshot/") ?? false }

  private static func field(_ index: Int, of arn: String?) -> String? {
    guard let parts = arn?.split(separator: ":", omittingEmptySubsequences: false),
      parts.count > index, !parts[index].isEmpty
    else { return nil }
    return String(parts[index])
  }
}
