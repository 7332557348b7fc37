package import Deploys
import Foundation

extension GitHubClient {
  /// One page of a repository's branches, as GitHub orders them, counted from 1.
  /// - Throws: ``GitHubError``, as every read here does.
  package func branches(of repository: RepositoryName, page: Int) async throws -> RefPage {
    try await refs(.branch, of: repository, page: page)
  }

  /// One page of a repository's tags with the commits that they stand on, also where they are
  /// annotated, as GitHub orders them, counted from 1.
  /// - Throws: ``GitHubError``.
  package func tags(of repository: RepositoryName, page: Int) async throws -> RefPage {
    try await refs(.tag, of: repository, page: page)
  }

  /// Every tag whose name begins in a way.
  ///
  /// An annotated tag comes with an empty ``GitRef/commit``: GitHub tells here only the object that
  /// describes it. ``ref(_:named:in:)`` tells one tag's commit.
  /// - Throws: ``GitHubError``.
  package func matchingTags(
    _ beginning: String, in repository: RepositoryName
  ) async throws -> [GitRef] {
    try await matchingRefs(.tag, beginning, in: repository)
  }

  /// One branch or tag by its whole name, with its commit; `nil` where there is none.
  ///
  /// The commit of an annotated tag is looked for in the listing of tags, page by page, and stays
  /// empty where it is not among the first thousand.
  /// - Throws: ``GitHubError``.
  package func ref(
    _ kind: GitRef.Kind, named name: String, in repository: RepositoryName
  ) async throws -> GitRef? {
    guard !name.isEmpty,
      let found = try await matchingRefs(kind, name, in: repository).first(where: {
        $0.name == name
      })
    else { return nil }
    guard found.commit.isEmpty else { return found }
    var next: Int? = 1
    while let page = next, page <= Self.mostPagesForOneTag {
      let answer = try await refs(kind, of: repository, page: page)
      if let listed = answer.refs.first(where: { $0.name == name }) { return listed }
      next = answer.nextPage
    }
    return found
  }

  /// The branch that a repository is on by default; `nil` where no workflow tells it.
  ///
  /// GitHub links every workflow to its file on that branch.
  /// - Throws: ``GitHubError``.
  package func defaultBranch(of repository: RepositoryName) async throws -> String? {
    let fetched = try await fetchList(
      .workflows(repository), evenIfUnchanged: true, as: WireWorkflowPage.self
    ) { page in page.workflows.map { $0.value?.branch } }
    return try current(fetched, "the workflows of \(repository)").first
  }

  /// What lies between two commits, branches or tags: the commits of the later one that the earlier
  /// one has not, of which GitHub tells the newest 250.
  /// - Throws: ``GitHubError``, with `notFound` where one of them or the question is not known to
  ///   the server.
  package func compare(
    _ base: String, _ head: String, in repository: RepositoryName
  ) async throws -> CommitRange {
    try await readPlain(.comparison(base, head, repository), as: WireComparison.self).range
  }

  private static let mostPagesForOneTag = 10

  private func refs(
    _ kind: GitRef.Kind, of repository: RepositoryName, page: Int
  ) async throws -> RefPage {
    let endpoint = Endpoint.refs(kind, repository, page: page)
    let fetched = try await fetchOne(
      endpoint, evenIfUnchanged: true, as: [Lenient<WireNamedRef>].self
    ) { wire, answer in
      let refs = wire.compactMap { $0.value?.ref(kind) }
      if answer.isFresh { noteSkipped(wire.count - refs.count) }
      let hasNext = LinkHeader(answer.link ?? "").target(of: "next") != nil && !wire.isEmpty
      return RefPage(refs: refs, nextPage: hasNext ? max(page, 1) + 1 : nil)
    }
    return try current(fetched, endpoint.what)
  }

  private func matchingRefs(
    _ kind: GitRef.Kind, _ beginning: String, in repository: RepositoryName
  ) async throws -> [GitRef] {
    // No ref has such a part, and in an address it would lead elsewhere.
    guard !beginning.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else {
      return []
    }
    let endpoint = Endpoint.matchingRefs(kind, beginning, repository)
    let fetched = try await fetchList(
      endpoint, evenIfUnchanged: true, as: [Lenient<WireGitRef>].self
    ) { page in page.map { $0.value?.ref(kind) } }
    return try current(fetched, endpoint.what).filter { $0.name.hasPrefix(beginning) }
  }
}
