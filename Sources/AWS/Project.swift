package import Deploys

/// A CodeBuild project, as far as it explains why runners come or do not.
package struct Project: Sendable, Hashable, Identifiable {
  /// Account, region and name.
  package var key: ProjectKey
  /// The Amazon resource name.
  package var arn: String?
  /// How many builds may run at once; AWS refuses more rather than queueing them.
  package var concurrentBuildLimit: Int?
  /// How long a build may run.
  package var timeout: Duration?
  /// How long a build may wait in the queue.
  package var queuedTimeout: Duration?
  /// The CloudWatch group of its logs; `nil` where logging there is switched off.
  package var logGroup: String?
  /// Where it fetches its source; a fixed word for organization-wide webhooks.
  package var sourceLocation: String?
  /// The webhook that starts runners; `nil` where there is none.
  package var webhook: ProjectWebhook?

  /// What names the project.
  package var id: ProjectKey { key }
  /// The project's name.
  package var name: String { key.name }

  /// Creates a project.
  package init(
    key: ProjectKey, arn: String? = nil, concurrentBuildLimit: Int? = nil,
    timeout: Duration? = nil, queuedTimeout: Duration? = nil, logGroup: String? = nil,
    sourceLocation: String? = nil, webhook: ProjectWebhook? = nil
  ) {
    self.key = key
    self.arn = arn
    self.concurrentBuildLimit = concurrentBuildLimit
    self.timeout = timeout
    self.queuedTimeout = queuedTimeout
    self.logGroup = logGroup
    self.sourceLocation = sourceLocation
    self.webhook = webhook
  }
}

/// A project's webhook.
package struct ProjectWebhook: Sendable, Hashable {
  /// One condition on an event.
  package struct Filter: Sendable, Hashable {
    /// What is looked at, in AWS's words, such as `EVENT` or `WORKFLOW_NAME`.
    package var type: String
    /// A regular expression; for `EVENT`, a list of events with commas.
    package var pattern: String
    /// Whether the pattern must not match.
    package var isExcluding: Bool

    /// Creates a condition.
    package init(type: String, pattern: String, isExcluding: Bool = false) {
      self.type = type
      self.pattern = pattern
      self.isExcluding = isExcluding
    }
  }

  /// Groups of conditions: one group must hold, and in it every condition.
  package var filterGroups: [[Filter]]
  /// `ACTIVE`, `CREATING`, `CREATE_FAILED`, `DELETING`, … in AWS's words.
  package var status: String?
  /// What AWS says about the status.
  package var statusMessage: String?
  /// `GITHUB_ORGANIZATION` or `GITHUB_GLOBAL`; `nil` for one repository.
  package var scope: String?

  /// Creates a webhook.
  package init(
    filterGroups: [[Filter]], status: String? = nil, statusMessage: String? = nil,
    scope: String? = nil
  ) {
    self.filterGroups = filterGroups
    self.status = status
    self.statusMessage = statusMessage
    self.scope = scope
  }
}
