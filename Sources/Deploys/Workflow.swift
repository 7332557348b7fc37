/// A workflow of a repository, as its listing describes it.
package struct Workflow: Sendable, Hashable, Identifiable {
  /// GitHub's id.
  package var id: Int64
  /// The name in the file; its path where the file gives none.
  package var name: String
  /// The file's path in the repository.
  package var path: String
  /// `active`, `disabled_manually`, `disabled_inactivity`, … in GitHub's words.
  package var state: String

  /// Whether GitHub would start it.
  package var isActive: Bool { state == "active" }

  /// Creates a workflow.
  package init(id: Int64, name: String, path: String, state: String) {
    self.id = id
    self.name = name
    self.path = path
    self.state = state
  }
}
