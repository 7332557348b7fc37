/// A tag to be created, which starts a deploy, as an operator has confirmed it.
package struct TagRequest: Sendable, Hashable {
  /// The repository.
  package var repository: RepositoryName
  /// The tag's name, without `refs/tags/`.
  package var tag: String
  /// The commit that it is put on, in full.
  package var commit: String
  /// What the commit was chosen by, such as a branch, a tag or an environment.
  package var source: String
  /// The environment that it deploys to, as configured.
  package var environment: String
  /// The service that it deploys.
  package var service: String

  /// Creates a request.
  package init(
    repository: RepositoryName, tag: String, commit: String, source: String, environment: String,
    service: String
  ) {
    self.repository = repository
    self.tag = tag
    self.commit = commit
    self.source = source
    self.environment = environment
    self.service = service
  }
}
