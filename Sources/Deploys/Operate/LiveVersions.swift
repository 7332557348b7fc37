package import Foundation

/// What a service's last successful deploy put into an environment.
package struct LiveVersion: Sendable, Hashable {
  /// The run that put it there.
  package var run: RunKey
  /// The attempt that put it there.
  package var attempt: Int
  /// The run's number for people.
  package var number: Int
  /// The tag or branch; `nil` where GitHub gives none.
  package var ref: String?
  /// The commit, in full.
  package var commit: String
  /// Who started it.
  package var actor: String
  /// When the deploy ended.
  package var deployedAt: Date
  /// The run's page for people.
  package var url: String

  /// Creates a version.
  package init(
    run: RunKey, attempt: Int = 1, number: Int, ref: String?, commit: String, actor: String,
    deployedAt: Date, url: String
  ) {
    self.run = run
    self.attempt = attempt
    self.number = number
    self.ref = ref
    self.commit = commit
    self.actor = actor
    self.deployedAt = deployedAt
    self.url = url
  }
}

/// What is live of every service in every environment.
package struct LiveVersions: Sendable, Hashable {
  /// One service in one environment.
  package struct Cell: Sendable, Hashable {
    /// The workflow that deploys it there.
    package var target: WorkflowTarget
    /// What is live there: `loaded(nil)` where no deploy has succeeded that GitHub still knows.
    package var live: Loadable<LiveVersion?>

    /// Creates a cell.
    package init(target: WorkflowTarget, live: Loadable<LiveVersion?>) {
      self.target = target
      self.live = live
    }
  }

  /// One service.
  package struct Row: Sendable, Hashable, Identifiable {
    /// The service.
    package var service: String
    /// The repository: two repositories may have services of the same name.
    package var repository: RepositoryName
    /// What it is in each environment, in the order of ``LiveVersions/environments``; `nil` where
    /// no workflow deploys it there.
    package var cells: [Cell?]

    /// What tells it from others.
    package var id: String { "\(repository)/\(service)" }

    /// Creates a row.
    package init(service: String, repository: RepositoryName, cells: [Cell?]) {
      self.service = service
      self.repository = repository
      self.cells = cells
    }
  }

  /// The environments' names, in configured order.
  package var environments: [String]
  /// The services, by name.
  package var rows: [Row]
  /// What could not be read.
  package var failures: [ReadFailure]
  /// When it was read.
  package var readAt: Date

  /// Creates a matrix.
  package init(
    environments: [String], rows: [Row], failures: [ReadFailure] = [], readAt: Date
  ) {
    self.environments = environments
    self.rows = rows
    self.failures = failures
    self.readAt = readAt
  }
}
