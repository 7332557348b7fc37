/// Where a workflow deploys, by its name.
package struct WorkflowPlace: Sendable, Hashable {
  /// The environment's place among those that were looked through.
  package var index: Int
  /// The environment.
  package var environment: Environment
  /// The service.
  package var service: String

  /// Creates a place.
  package init(index: Int, environment: Environment, service: String) {
    self.index = index
    self.environment = environment
    self.service = service
  }
}

extension [Environment] {
  /// Where a workflow deploys: the first environment whose pattern its name fits, with the service;
  /// `nil` where it fits none.
  ///
  /// Compiles the patterns: whoever asks often keeps the answer per name.
  package func place(ofWorkflow name: String) -> WorkflowPlace? {
    for (index, environment) in enumerated() {
      if let service = environment.workflow.service(in: name) {
        return WorkflowPlace(index: index, environment: environment, service: service)
      }
    }
    return nil
  }
}
