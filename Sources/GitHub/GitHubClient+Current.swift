package import Deploys

extension GitHubClient {
  /// A run as it is now, whatever was read before.
  /// - Throws: ``GitHubError``.
  package func currentRun(_ key: RunKey) async throws -> WorkflowRun {
    try current(try await run(key, evenIfUnchanged: true), "run \(key.id)")
  }

  /// The newest page of a repository's runs as it is now.
  /// - Throws: ``GitHubError``.
  package func currentRuns(in repository: RepositoryName) async throws -> [WorkflowRun] {
    try current(try await runs(in: repository, evenIfUnchanged: true), "runs of \(repository)").runs
  }

  /// A repository's workflows as they are now.
  /// - Throws: ``GitHubError``.
  package func currentWorkflows(in repository: RepositoryName) async throws -> [Workflow] {
    try current(
      try await workflows(in: repository, evenIfUnchanged: true), "workflows of \(repository)")
  }

  /// A read that was told to bring a value has one; a server that breaks this is told of.
  func current<Value>(_ fetched: Fetched<Value>, _ what: String) throws -> Value {
    guard let value = fetched.value else {
      throw GitHubError.badPayload(what: what, host: host, detail: "304 without a condition")
    }
    return value
  }
}
