/// What has to be filled in before a workflow can be dispatched.
package struct DispatchForm: Sendable, Hashable {
  /// How asking for a form ended.
  package enum Answer: Sendable, Hashable {
    /// The form, ready to be filled in.
    case form(DispatchForm)
    /// There is none: why, and what to do about it.
    case failed(message: String, remedy: String)
  }

  /// The run whose workflow is to be dispatched again.
  package var run: RunKey
  /// The environment that the workflow deploys to.
  package var environment: String
  /// Whether the environment's name has to be typed.
  package var isProtected: Bool
  /// The service that the workflow deploys.
  package var service: String
  /// The workflow's id in the run's repository.
  package var workflowID: Int64
  /// The workflow's name.
  package var workflowName: String
  /// The workflow file's path.
  package var path: String
  /// The branch or tag to begin with.
  package var ref: String
  /// What the workflow asks for, in the file's order.
  package var inputs: [DispatchInput]

  /// The repository of the workflow.
  package var repository: RepositoryName { run.repository }

  /// Creates a form.
  package init(
    run: RunKey, environment: String, isProtected: Bool, service: String, workflowID: Int64,
    workflowName: String, path: String, ref: String, inputs: [DispatchInput]
  ) {
    self.run = run
    self.environment = environment
    self.isProtected = isProtected
    self.service = service
    self.workflowID = workflowID
    self.workflowName = workflowName
    self.path = path
    self.ref = ref
    self.inputs = inputs
  }
}
