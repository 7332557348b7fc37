/// A dispatch of a workflow, as an operator has confirmed it.
package struct DispatchRequest: Sendable, Hashable {
  /// One answered input.
  package struct Input: Sendable, Hashable {
    /// The input's name in the workflow file.
    package var name: String
    /// The answer as text, which is how GitHub takes every type.
    package var value: String

    /// Creates an answered input.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The workflow's repository.
  package var repository: RepositoryName
  /// The workflow's id.
  package var workflowID: Int64
  /// The workflow's name.
  package var workflowName: String
  /// The workflow file's path.
  package var path: String
  /// The branch or tag.
  package var ref: String
  /// The answers, in the file's order; an input that was left empty is not among them.
  package var inputs: [Input]
  /// The environment that it deploys to, as configured.
  package var environment: String
  /// The service that it deploys.
  package var service: String
  /// The other environments, as configured, whose names were typed or given to confirm it: what
  /// is guarded and reached without its name is refused.
  package var confirmed: [String]

  /// Creates a request.
  package init(
    repository: RepositoryName, workflowID: Int64, workflowName: String, path: String,
    ref: String, inputs: [Input] = [], environment: String, service: String,
    confirmed: [String] = []
  ) {
    self.repository = repository
    self.workflowID = workflowID
    self.workflowName = workflowName
    self.path = path
    self.ref = ref
    self.inputs = inputs
    self.environment = environment
    self.service = service
    self.confirmed = confirmed
  }
}
