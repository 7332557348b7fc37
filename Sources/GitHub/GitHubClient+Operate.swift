package import Deploys

extension GitHubClient {
  /// One workflow as it is now.
  /// - Throws: ``GitHubError``, as every read here does.
  package func workflow(_ id: Int64, in repository: RepositoryName) async throws -> Workflow {
    let endpoint = Endpoint.workflow(id, repository)
    let fetched = try await fetchOne(
      endpoint, evenIfUnchanged: true, as: WireWorkflow.self
    ) { wire, _ in wire.workflow }
    return try current(fetched, endpoint.what)
  }

  /// The newest runs of a workflow as they are now.
  /// - Parameters:
  ///   - workflow: GitHub's id of the workflow.
  ///   - repository: The repository.
  ///   - status: A status or conclusion in GitHub's words, such as `success`; `nil` for any.
  ///   - count: How many at most, up to 100.
  /// - Returns: The runs, the newest first.
  /// - Throws: ``GitHubError``.
  package func newestRuns(
    of workflow: Int64, in repository: RepositoryName, status: String?, count: Int
  ) async throws -> [WorkflowRun] {
    let endpoint = Endpoint.runs(ofWorkflow: workflow, repository, status: status, count: count)
    let fetched = try await fetchOne(
      endpoint, evenIfUnchanged: true, as: WireRunPage.self
    ) { wire, answer in
      let runs = wire.runs.compactMap { $0.value?.run(of: repository) }
      if answer.isFresh { noteSkipped(wire.runs.count - runs.count) }
      return runs
    }
    return try current(fetched, endpoint.what)
  }

  /// The names of a repository's environments on GitHub, in GitHub's order.
  /// - Throws: ``GitHubError``.
  package func environmentNames(of repository: RepositoryName) async throws -> [String] {
    let endpoint = Endpoint.environments(repository)
    let fetched = try await fetchList(
      endpoint, evenIfUnchanged: true, as: WireEnvironmentPage.self
    ) { page in (page.environments ?? []).map { $0.value?.name } }
    return try current(fetched, endpoint.what)
  }

  /// The environments on GitHub that hold a run back now; none where nothing does.
  /// - Throws: ``GitHubError``.
  package func pendingDeployments(of key: RunKey) async throws -> [PendingDeployment] {
    // Without condition: what the token's user may do can change while the rest stays the same.
    let wire = try await readPlain(
      .pendingDeployments(key), as: [Lenient<WirePendingDeployment>].self)
    let pending = wire.compactMap { $0.value?.pending }
    noteSkipped(wire.count - pending.count)
    return pending
  }
}
