/// A workflow that deploys a service to an environment.
package struct WorkflowTarget: Sendable, Hashable, Identifiable {
  /// The repository.
  package var repository: RepositoryName
  /// GitHub's id of the workflow.
  package var workflowID: Int64
  /// The workflow's name.
  package var workflowName: String
  /// The workflow file's path.
  package var path: String
  /// The environment that it deploys to, as configured.
  package var environment: String
  /// The service that it deploys.
  package var service: String

  /// The workflow's id, which is unique on its server.
  package var id: Int64 { workflowID }

  /// Creates a target.
  package init(
    repository: RepositoryName, workflowID: Int64, workflowName: String, path: String,
    environment: String, service: String
  ) {
    self.repository = repository
    self.workflowID = workflowID
    self.workflowName = workflowName
    self.path = path
    self.environment = environment
    self.service = service
  }

  /// The workflow of a deploy.
  package init(_ deploy: Deploy) {
    self.init(
      repository: deploy.run.key.repository, workflowID: deploy.run.workflowID,
      workflowName: deploy.run.workflowName, path: deploy.run.path,
      environment: deploy.environment, service: deploy.service)
  }
}

/// What is known of the workflows that deploy.
package struct WorkflowListing: Sendable, Hashable {
  /// One workflow.
  package struct Item: Sendable, Hashable, Identifiable {
    /// The workflow.
    package var target: WorkflowTarget
    /// `active`, `disabled_manually`, … in GitHub's words.
    package var state: String
    /// Whether its file on the default branch has a `workflow_dispatch` trigger; `nil` while that
    /// is not known.
    package var hasDispatch: Bool?

    /// The workflow's id.
    package var id: Int64 { target.id }
    /// Whether GitHub would start it.
    package var isActive: Bool { state == "active" }

    /// Creates an item.
    package init(target: WorkflowTarget, state: String, hasDispatch: Bool? = nil) {
      self.target = target
      self.state = state
      self.hasDispatch = hasDispatch
    }
  }

  /// The workflows that deploy to a configured environment, by environment in configured order,
  /// then by service.
  package var items: [Item]
  /// What could not be read.
  package var failures: [ReadFailure]

  /// Creates a listing.
  package init(items: [Item], failures: [ReadFailure] = []) {
    self.items = items
    self.failures = failures
  }
}
