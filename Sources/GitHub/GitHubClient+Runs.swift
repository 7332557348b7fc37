package import Deploys

extension GitHubClient {
  /// The newest runs of one workflow, however many other workflows have run since.
  /// - Parameters:
  ///   - workflow: GitHub's id of the workflow.
  ///   - repository: The repository.
  ///   - count: How many at most, up to 100.
  ///   - evenIfUnchanged: Whether the value is wanted also where it is as at the last call.
  /// - Returns: The newest page, or that it has not changed.
  /// - Throws: ``GitHubError``.
  package func runs(
    ofWorkflow workflow: Int64, in repository: RepositoryName, count: Int,
    evenIfUnchanged: Bool = false
  ) async throws -> Fetched<RunPage> {
    try await fetchRunPage(
      .runs(ofWorkflow: workflow, repository, status: nil, count: count), of: repository,
      evenIfUnchanged: evenIfUnchanged)
  }

  /// A repository's runs in one status, newest first: the newest 300, where there are more.
  /// - Returns: The runs, and whether there are more; or that nothing has changed.
  /// - Throws: ``GitHubError``.
  package func runs(
    in repository: RepositoryName, status: RunStatus, evenIfUnchanged: Bool = false
  ) async throws -> Fetched<RunPage> {
    let endpoint = Endpoint.runs(repository, status: status)
    let pages = try await fetchAll(endpoint, atMost: 3)
    guard evenIfUnchanged || pages.contains(where: \.isFresh) else { return .notModified }
    var all = RunPage(runs: [], totalCount: 0, hasNext: false)
    for page in pages {
      let part = try read(page, of: repository, endpoint)
      all.runs += part.runs
      all.skipped += part.skipped
      // A page beyond the last counts none.
      all.totalCount = max(all.totalCount, part.totalCount)
    }
    all.hasNext = all.runs.count + all.skipped < all.totalCount
    keep(pages)
    return .modified(all)
  }

  /// Reads one page of runs, conditionally.
  func fetchRunPage(
    _ endpoint: Endpoint, of repository: RepositoryName, evenIfUnchanged: Bool
  ) async throws -> Fetched<RunPage> {
    let page = try await fetch(base.url(of: endpoint), for: endpoint)
    guard page.isFresh || evenIfUnchanged else { return .notModified }
    let runs = try read(page, of: repository, endpoint)
    keep([page])
    return .modified(runs)
  }

  private func read(
    _ page: FetchedPage, of repository: RepositoryName, _ endpoint: Endpoint
  ) throws -> RunPage {
    let wire = try decode(WireRunPage.self, from: page.body, endpoint)
    let runs = wire.runs.compactMap { $0.value?.run(of: repository) }
    let skipped = wire.runs.count - runs.count
    if page.isFresh { noteSkipped(skipped) }
    // Far pages have been seen to be empty and yet to name a next one.
    let hasNext = LinkHeader(page.link ?? "").target(of: "next") != nil && !wire.runs.isEmpty
    return RunPage(
      runs: runs, totalCount: wire.totalCount ?? runs.count, hasNext: hasNext, skipped: skipped)
  }
}
