package import Foundation

/// What is live of every service in every environment.
package struct LiveVersions: Sendable, Hashable {
  /// One service in one environment.
  package struct Cell: Sendable, Hashable {
    /// The workflow that deploys it there.
    package var target: WorkflowTarget
    /// What is live there: `loaded(nil)` where no deploy has succeeded that GitHub still knows.
    package var live: Loadable<LiveVersion?>
    /// The newest run that goes on; `nil` for none that is known.
    package var inFlight: WorkflowRun?
    /// The newest run that has failed since what is live was deployed; `nil` for none that is
    /// known.
    package var failed: WorkflowRun?
    /// Why what is live may be something else, in sentences without a full stop; empty where it is
    /// certain.
    package var doubts: [String]

    /// Creates a cell.
    package init(
      target: WorkflowTarget, live: Loadable<LiveVersion?>, inFlight: WorkflowRun? = nil,
      failed: WorkflowRun? = nil, doubts: [String] = []
    ) {
      self.target = target
      self.live = live
      self.inFlight = inFlight
      self.failed = failed
      self.doubts = doubts
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
  /// What could not be read, each reason once.
  package var failures: [ReadFailure]
  /// Why the workflows of a repository could not be listed: of its services nothing is known.
  package var unlisted: [RepositoryName: ReadFailure]
  /// When it was read.
  package var readAt: Date

  /// Creates a matrix.
  package init(
    environments: [String], rows: [Row], failures: [ReadFailure] = [],
    unlisted: [RepositoryName: ReadFailure] = [:], readAt: Date
  ) {
    self.environments = environments
    self.rows = rows
    self.failures = failures
    self.unlisted = unlisted
    self.readAt = readAt
  }
}
