import Deploys

/// The answer of `BatchGetProjects`.
struct ProjectList: Decodable {
  var projects: [ProjectDocument]?
}

/// A project as CodeBuild sends it.
///
/// Source: the shape `Project` of the CodeBuild API, version 2016-10-06.
struct ProjectDocument: Decodable {
  struct Source: Decodable {
    var location: String?
  }

  struct CloudWatch: Decodable {
    var status: String?
    var groupName: String?
  }

  struct Logs: Decodable {
    var cloudWatchLogs: CloudWatch?
  }

  struct Filter: Decodable {
    var type: String?
    var pattern: String?
    var excludeMatchedPattern: Bool?
  }

  struct Scope: Decodable {
    var scope: String?
  }

  struct Webhook: Decodable {
    var filterGroups: [[Filter]]?
    var status: String?
    var statusMessage: String?
    var scopeConfiguration: Scope?
  }

  var name: String
  var arn: String?
  var concurrentBuildLimit: Int?
  var timeoutInMinutes: Int?
  var queuedTimeoutInMinutes: Int?
  var source: Source?
  var logsConfig: Logs?
  var webhook: Webhook?

  /// The project in the program's words.
  func project(in scope: AWSScope) -> Project {
    Project(
      key: ProjectKey(scope: scope, name: name), arn: arn,
      concurrentBuildLimit: concurrentBuildLimit,
      timeout: timeoutInMinutes.map { .seconds($0 * 60) },
      queuedTimeout: queuedTimeoutInMinutes.map { .seconds($0 * 60) },
      logGroup: logGroup, sourceLocation: source?.location,
      webhook: webhook.map { webhook in
        ProjectWebhook(
          filterGroups: (webhook.filterGroups ?? []).map { $0.compactMap(\.filter) },
          status: webhook.status, statusMessage: webhook.statusMessage,
          scope: webhook.scopeConfiguration?.scope)
      })
  }

  /// CodeBuild's own group stands in where the project names none.
  private var logGroup: String? {
    let logs = logsConfig?.cloudWatchLogs
    if logs?.status == "DISABLED" { return nil }
    return logs?.groupName.flatMap { $0.isEmpty ? nil : $0 } ?? "/aws/codebuild/\(name)"
  }
}

extension ProjectDocument.Filter {
  /// The condition in the program's words; `nil` where a part is missing.
  var filter: ProjectWebhook.Filter? {
    guard let type, let pattern else { return nil }
    return ProjectWebhook.Filter(
      type: type, pattern: pattern, isExcluding: excludeMatchedPattern ?? false)
  }
}
