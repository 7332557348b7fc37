/// What is asked before a tag is proposed.
package struct TagQuery: Sendable, Hashable {
  /// What the tag is to be put on.
  package enum Source: Sendable, Hashable {
    /// The newest commit of a branch, or a tag's.
    case ref(String)
    /// What is live in another environment, as configured: a promotion.
    case environment(String)

    /// What it is, in a word or two for a person.
    package var words: String {
      switch self {
      case .ref(let name): name
      case .environment(let name): "what is live in \(name)"
      }
    }
  }

  /// The repository.
  package var repository: RepositoryName
  /// The service.
  package var service: String
  /// The environment to deploy to, as configured.
  package var environment: String
  /// What the tag is to be put on; `nil` for what is proposed: the environment before this one in
  /// configured order where the service is live there, else the repository's default branch.
  package var source: Source?

  /// Creates a question.
  package init(
    repository: RepositoryName, service: String, environment: String, source: Source? = nil
  ) {
    self.repository = repository
    self.service = service
    self.environment = environment
    self.source = source
  }
}

/// A tag that is proposed, with what it would change.
package struct TagPlan: Sendable, Hashable {
  /// How asking for a plan ended.
  package enum Answer: Sendable, Hashable {
    /// The plan.
    case plan(TagPlan)
    /// There is none: why.
    case failed(ReadFailure)
  }

  /// What is proposed: the next free tag on the commit.
  package var request: TagRequest
  /// What the commit was chosen by.
  package var source: TagQuery.Source
  /// What is live in the environment now; `nil` for nothing that is known.
  package var live: LiveVersion?
  /// The commits between what is live and what would go.
  package var changes: Loadable<CommitRange>
  /// The tags of the day that are taken already, the newest first.
  package var taken: [String]
  /// Whether the environment's name has to be typed.
  package var isProtected: Bool
  /// What is worth knowing before: the same commit is live already, it goes back, and the like.
  package var warnings: [String]

  /// Creates a plan.
  package init(
    request: TagRequest, source: TagQuery.Source, live: LiveVersion?,
    changes: Loadable<CommitRange>, taken: [String] = [], isProtected: Bool,
    warnings: [String] = []
  ) {
    self.request = request
    self.source = source
    self.live = live
    self.changes = changes
    self.taken = taken
    self.isProtected = isProtected
    self.warnings = warnings
  }
}
