package import Deploys

extension GitHubClient {
  /// The newest runs of a workflow as they are now, with how many there are.
  /// - Parameters:
  ///   - workflow: GitHub's id of the workflow.
  ///   - repository: The repository.
  ///   - status: A status or conclusion in GitHub's words, such as `success`; `nil` for any.
  ///   - count: How many at most, up to 100.
  /// - Returns: The first page, the newest first.
  /// - Throws: ``GitHubError``.
  package func newestRunPage(
    of workflow: Int64, in repository: RepositoryName, status: String?, count: Int
  ) async throws -> RunPage {
    let endpoint = Endpoint.runs(ofWorkflow: workflow, repository, status: status, count: count)
    let fetched = try await fetchOne(
      endpoint, evenIfUnchanged: true, as: WireRunPage.self
    ) { wire, answer in
      let runs = wire.runs.compactMap { $0.value?.run(of: repository) }
      let skipped = wire.runs.count - runs.count
      if answer.isFresh { noteSkipped(skipped) }
      // Where no number is given, a full page tells that there may be more.
      let hasNext = wire.totalCount.map { $0 > wire.runs.count } ?? (wire.runs.count >= count)
      return RunPage(
        runs: runs, totalCount: wire.totalCount ?? runs.count, hasNext: hasNext, skipped: skipped)
    }
    return try current(fetched, endpoint.what)
  }
}
