package import Deploys
import GitHub

extension Operator {
  /// A page of a repository's branches or tags, counted from 1, as GitHub orders them.
  package func refs(
    of repository: RepositoryName, kind: GitRef.Kind, page: Int
  ) async -> RefPage.Answer {
    do {
      switch kind {
      case .branch: return .page(try await github.branches(of: repository, page: page))
      case .tag: return .page(try await github.tags(of: repository, page: page))
      }
    } catch {
      let what = kind == .branch ? "the branches of \(repository)" : "the tags of \(repository)"
      return .failed(ReadFailure(reading: error, what))
    }
  }

  /// What holds a run back.
  package func pendingDeployments(of run: RunKey) async -> PendingAnswer {
    do {
      return .pending(try await github.pendingDeployments(of: run))
    } catch {
      return .failed(ReadFailure(reading: error, "what run \(run.id) waits for"))
    }
  }

  /// The branch, else the tag, of a name with or without `refs/heads/` or `refs/tags/`; `nil` where
  /// there is neither.
  func ref(named name: String, in repository: RepositoryName) async throws -> GitRef? {
    let (kind, bare) = name.splittingRefPrefix
    if let kind { return try await github.ref(kind, named: bare, in: repository) }
    if let branch = try await github.ref(.branch, named: bare, in: repository) { return branch }
    return try await github.ref(.tag, named: bare, in: repository)
  }

  /// A repository's default branch, or what is most likely to be it; `nil` where nothing tells.
  ///
  /// Runs, the newest first, are asked for only where their branches are the last guess.
  func defaultBranch(
    of repository: RepositoryName, runs: () async throws -> [WorkflowRun]
  ) async throws -> (name: String, isGuess: Bool)? {
    if let name = try await github.defaultBranch(of: repository) { return (name, false) }
    func isBranch(_ name: String) async throws -> Bool {
      try await github.ref(.branch, named: name, in: repository) != nil
    }
    for name in ["main", "master"] where try await isBranch(name) { return (name, true) }
    var seen: Set<String> = ["main", "master"]
    for name in try await runs().compactMap(\.ref) where seen.insert(name).inserted {
      // Most runs of a workflow that tags start are on tags; a few are looked at.
      if seen.count > 6 { break }
      if try await isBranch(name) { return (name, true) }
    }
    return nil
  }

  /// A workflow's newest runs of every status, but for those of pull requests, which deploy
  /// nothing and may be of another repository's branches.
  func newestRuns(of target: WorkflowTarget) async throws -> [WorkflowRun] {
    try await github.newestRuns(
      of: target.workflowID, in: target.repository, status: nil, count: Self.runsAtOnce
    ).filter(\.mayDeploy)
  }

  /// How many runs of a workflow are read at once.
  static let runsAtOnce = 20
}

extension WorkflowRun {
  /// Whether it may deploy: a pull request's run does not.
  var mayDeploy: Bool { !event.hasPrefix("pull_request") }
}

extension ReadFailure {
  /// Says that there is no branch or tag of a name.
  init(noRef name: String, in repository: RepositoryName) {
    self.init(
      .gone, message: "\(repository) has no branch and no tag \(name), or none any more",
      remedy: "Choose another; a fine-grained token needs Contents: read to see them.")
  }
}

extension String {
  /// Whether it is a commit's hash in full.
  var isCommit: Bool {
    utf8.count == 40 && utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  /// The beginning of a commit's hash, as people name it.
  var commitBeginning: String { String(prefix(7)) }

  /// A ref's name without its prefix, and the kind that the prefix told.
  fileprivate var splittingRefPrefix: (kind: GitRef.Kind?, name: String) {
    for (prefix, kind) in [("refs/heads/", GitRef.Kind.branch), ("refs/tags/", .tag)]
    where hasPrefix(prefix) {
      return (kind, String(dropFirst(prefix.count)))
    }
    return (nil, self)
  }
}
