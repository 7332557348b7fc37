import Deploys

/// The commit that a tag is to be put on, and how it was found.
struct TagPlace {
  /// What it was chosen by.
  var source: TagQuery.Source
  /// The commit, in full.
  var commit: String
  /// The workflow whose deploy is promoted, with what it has deployed; `nil` where the source is
  /// no environment.
  var promoted: (target: WorkflowTarget, history: DeployHistory)?
  /// What is worth knowing about the choice.
  var warnings: [String] = []

  /// The source's bare name.
  var name: String {
    switch source {
    case .ref(let name), .environment(let name): name
    }
  }

  /// What is worth knowing of the newest runs of what is promoted.
  var promotionWarnings: [String] {
    guard let (target, history) = promoted else { return [] }
    let name = target.environment
    var warnings = history.doubts.map { "what is live in \(name) is not certain: \($0)" }
    let active = history.runs.filter(\.isActive)
    // A retry that goes on is told among the deploys under way.
    if let live = history.version, let retry = live.retry, retry.conclusion != nil {
      warnings.append(
        "\(live.deployWords) counts as live in \(name), but \(retry.words): "
          + "look at what it left there")
    }
    warnings += active.map {
      "another deploy of \(target.service) to \(name) is under way, "
        + "and what is live there before it would go: \($0.deployWords)"
    }
    return warnings
  }
}

extension TagPlace {
  /// Whose commit is live by a workflow; `nil` where none is known to be.
  /// - Throws: `ReadFailure` where what is live could not be read.
  init?(liveBy target: WorkflowTarget, _ history: DeployHistory) throws {
    if let failure = history.live.failure { throw failure }
    guard let live = history.version else { return nil }
    self.init(
      source: .environment(target.environment), commit: live.commit, promoted: (target, history))
  }
}

extension Operator {
  /// Finds the commit that a tag is to be put on.
  /// - Parameters:
  ///   - query: What is asked.
  ///   - target: The workflow that the tag starts.
  ///   - workflows: The workflows of the service.
  /// - Returns: The commit, with what it was chosen by.
  /// - Throws: `ReadFailure`, or what the clients throw.
  func tagPlace(
    _ query: TagQuery, for target: WorkflowTarget, workflows: [WorkflowListing.Item]
  ) async throws -> TagPlace {
    switch query.source {
    case .ref(let name):
      return TagPlace(
        source: .ref(name), commit: try await commit(of: name, in: query.repository))
    case .environment(let name):
      return try await tagPlace(liveIn: name, query, workflows)
    case nil:
      var warnings: [String] = []
      if let earlier = environment(before: query.environment, having: workflows) {
        do {
          let history = try await history(of: earlier.target)
          if let place = try TagPlace(liveBy: earlier.target, history) { return place }
          warnings += history.doubts.map {
            "nothing is known to be live in \(earlier.target.environment): \($0)"
          }
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          warnings.append(
            "what is live in \(earlier.target.environment) could not be read: "
              + ReadFailure(reading: error).message)
        }
      }
      return try await tagPlace(onDefaultBranch: query, for: target, warnings)
    }
  }

  private func tagPlace(
    liveIn name: String, _ query: TagQuery, _ workflows: [WorkflowListing.Item]
  ) async throws -> TagPlace {
    guard environment(named: name) != nil else {
      throw ReadFailure(
        message: "there is no environment \(name)",
        remedy: "Name one of: \(environments.map(\.name).joined(separator: ", ")).")
    }
    guard let workflow = workflows.item(in: name) else {
      throw ReadFailure(
        message: "no workflow of \(query.repository) deploys \(query.service) to \(name)",
        remedy: "Choose a branch or a tag instead.")
    }
    let history = try await history(of: workflow.target)
    guard let place = try TagPlace(liveBy: workflow.target, history) else {
      let doubts = history.doubts.map { "; \($0)" }.joined()
      throw ReadFailure(
        message: "no deploy of \(query.service) to \(name) has succeeded that GitHub still knows"
          + doubts,
        remedy: "Choose a branch or a tag instead.")
    }
    return place
  }

  private func tagPlace(
    onDefaultBranch query: TagQuery, for target: WorkflowTarget, _ warnings: [String]
  ) async throws -> TagPlace {
    let found = try await defaultBranch(of: query.repository) {
      try await newestRuns(of: target)
    }
    guard let branch = found else {
      throw ReadFailure(
        message: "\(query.repository) does not tell its default branch",
        remedy: "Choose a branch, a tag or an environment.")
    }
    var place = TagPlace(
      source: .ref(branch.name), commit: try await commit(of: branch.name, in: query.repository),
      warnings: warnings)
    if branch.isGuess {
      place.warnings.append(
        "\(query.repository) does not tell its default branch; \(branch.name) is a guess")
    }
    return place
  }

  /// The nearest earlier environment that the service is deployed to.
  private func environment(
    before name: String, having workflows: [WorkflowListing.Item]
  ) -> WorkflowListing.Item? {
    environments.prefix { $0.name != name }.reversed().lazy
      .compactMap { workflows.item(in: $0.name) }.first
  }

  /// The commit of a branch, a tag, or of a hash in full.
  private func commit(of name: String, in repository: RepositoryName) async throws -> String {
    guard let ref = try await ref(named: name, in: repository) else {
      if name.isCommit { return name }
      throw ReadFailure(noRef: name, in: repository)
    }
    guard !ref.commit.isEmpty else {
      throw ReadFailure(
        message: "GitHub does not tell which commit the tag \(ref.name) stands on",
        remedy: "Give the commit's hash in full.")
    }
    return ref.commit
  }
}
