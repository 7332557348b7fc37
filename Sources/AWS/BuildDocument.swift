import Deploys
import Foundation

/// The answer of `ListBuildsForProject`.
struct BuildPage: Decodable {
  var ids: [String]?
}

/// The answer of `BatchGetBuilds`.
struct BuildList: Decodable {
  var builds: [BuildDocument]?
}

/// A build as CodeBuild sends it; whatever is not read here may be there or not.
///
/// Source: the shape `Build` of the CodeBuild API, version 2016-10-06.
struct BuildDocument: Decodable {
  struct Phase: Decodable {
    var phaseType: String?
    var phaseStatus: String?
    var startTime: Timestamp?
    var endTime: Timestamp?
    var contexts: [Context]?
  }

  struct Context: Decodable {
    var statusCode: String?
    var message: String?
  }

  struct Variable: Decodable {
    var name: String?
    var value: String?
    var type: String?
  }

  struct Environment: Decodable {
    var environmentVariables: [Variable]?
  }

  struct Logs: Decodable {
    var groupName: String?
    var streamName: String?
  }

  var id: String
  var arn: String?
  var buildNumber: Int?
  var buildStatus: String?
  var currentPhase: String?
  var phases: [Phase]?
  var startTime: Timestamp?
  var endTime: Timestamp?
  var initiator: String?
  var environment: Environment?
  var logs: Logs?

  /// The build in the program's words.
  func build(in scope: AWSScope) -> Build {
    let status = BuildStatus(rawValue: buildStatus ?? "UNKNOWN")
    return Build(
      key: BuildKey(scope: scope, id: id), arn: arn, number: buildNumber, status: status,
      currentPhase: currentPhase, phases: (phases ?? []).compactMap(\.phase),
      startedAt: startTime?.date,
      // A stand-in may send an end together with a build that goes on.
      endedAt: status == .inProgress ? nil : endTime?.date,
      initiator: initiator, variables: variables, logGroup: logs?.groupName,
      logStream: logs?.streamName)
  }

  private var variables: [String: String] {
    var variables: [String: String] = [:]
    for variable in environment?.environmentVariables ?? []
    where (variable.type ?? "PLAINTEXT") == "PLAINTEXT" {
      if let name = variable.name, let value = variable.value { variables[name] = value }
    }
    return variables
  }
}

extension BuildDocument.Phase {
  /// The phase in the program's words; `nil` where it has no name.
  var phase: BuildPhase? {
    guard let phaseType else { return nil }
    return BuildPhase(
      name: phaseType, status: phaseStatus.map(BuildStatus.init(rawValue:)),
      startedAt: startTime?.date, endedAt: endTime?.date,
      messages: (contexts ?? []).compactMap(\.text))
  }
}

extension BuildDocument.Context {
  /// `code: message`, or the one that there is; `nil` where CodeBuild says nothing.
  var text: String? {
    let parts = [statusCode, message].compactMap { $0 }
      .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: ": ")
  }
}
