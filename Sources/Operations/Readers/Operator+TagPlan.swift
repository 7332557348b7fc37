package import Deploys
import Foundation
import GitHub

extension Operator {
  /// Proposes the next free tag on a commit, with what it would change.
  package func tagPlan(_ query: TagQuery) async -> TagPlan.Answer {
    do {
      return .plan(try await plan(query))
    } catch {
      return .failed(
        ReadFailure(
          reading: error, "what a tag of \(query.service) to \(query.environment) needs"))
    }
  }

  private func plan(_ query: TagQuery) async throws -> TagPlan {
    let environment = try configured(query.environment)
    let workflows = try await workflows(in: query.repository)
      .filter { $0.target.service == query.service }
    guard let workflow = workflows.item(in: query.environment) else {
      throw noWorkflow(of: query, among: workflows)
    }
    let facts = TagFacts(
      environment: environment, service: query.service,
      day: TagTemplate.day(serverTime, in: timeZone))
    async let reading = Loadable { try await self.history(of: workflow.target) }
    async let tags = github.matchingTags(facts.beginning, in: query.repository)
    let place = try await tagPlace(query, for: workflow.target, workflows: workflows)
    let refs = try await tags
    let taken = refs.map(\.name)
    let request = try facts.request(after: taken, on: place, in: query.repository)
    async let obstacles = obstacles(to: request, of: workflow)
    let history = await reading
    let current = history.value?.version
    let changes = await changes(from: current, to: request)
    return TagPlan(
      request: request, source: place.source, live: current, changes: changes,
      taken: facts.taken(among: taken), isProtected: environment.isProtected,
      warnings: await clockWarnings + place.warnings
        + facts.warnings(ofTags: refs, commit: place.commit)
        + facts.warnings(live: history, commit: place.commit, changes: changes.value)
        + facts.warnings(ofDeploys: history) + place.promotionWarnings + obstacles)
  }

  private var clockWarnings: [String] {
    github.clockError.map { ["\($0.message): the date in the tag is the server's"] } ?? []
  }

  private func configured(_ name: String) throws -> Environment {
    if let environment = environment(named: name) { return environment }
    throw ReadFailure(
      message: "there is no environment \(name)",
      remedy: "Name one of: \(environments.map(\.name).joined(separator: ", ")).")
  }

  private func noWorkflow(
    of query: TagQuery, among workflows: [WorkflowListing.Item]
  ) -> ReadFailure {
    let others = workflows.map(\.target.environment)
    return ReadFailure(
      message: "no workflow of \(query.repository) deploys \(query.service) to "
        + query.environment,
      remedy: others.isEmpty
        ? "Check the service's name; the list of workflows shows what there is."
        : "It is deployed to \(others.joined(separator: ", ")).")
  }

  /// What lies between what is live and what would go; nothing is asked where nothing is live.
  private func changes(
    from live: LiveVersion?, to request: TagRequest
  ) async -> Loadable<CommitRange> {
    guard let live else { return .unasked }
    if live.commit == request.commit {
      return .loaded(CommitRange(ahead: [], aheadCount: 0, behindCount: 0))
    }
    do {
      return .loaded(
        try await github.compare(live.commit, request.commit, in: request.repository))
    } catch let error as GitHubError where error.isMissing {
      let commits = "\(live.commit.commitBeginning) and \(request.commit.commitBeginning)"
      return .failed(
        ReadFailure(
          .gone, message: "GitHub does not tell what lies between \(commits)",
          remedy: "One of them may be gone from the repository; compare them in a clone."))
    } catch {
      return .failed(ReadFailure(reading: error, "what the tag would change"))
    }
  }

  /// Why the tag might start nothing, by the workflow's own words at the commit.
  private func obstacles(
    to request: TagRequest, of workflow: WorkflowListing.Item
  ) async -> [String] {
    var warnings: [String] = []
    let target = workflow.target
    if !workflow.isActive {
      warnings.append(
        "\(target.workflowName) is disabled (\(workflow.state)): the tag would start nothing")
    }
    let commit = request.commit.commitBeginning
    do {
      let file = try await workflowFile(
        target.path, in: request.repository, ref: request.commit)
      if file.tags.lets(request.tag) == false {
        warnings.append(
          "\(target.path) at \(commit) is not started by a tag \(request.tag)"
            + file.tags.words)
      }
    } catch let failure as WorkflowFile.Failure {
      warnings.append("\(target.path) at \(commit): \(failure.message)")
    } catch let error as GitHubError where error.isMissing {
      warnings.append("\(target.path) does not exist at \(commit): the tag would start nothing")
    } catch {
      // Whoever cannot read the file goes by the tag's template alone.
    }
    return warnings
  }
}

extension [WorkflowListing.Item] {
  /// The workflow that deploys to an environment, one that GitHub would start before others.
  func item(in environment: String) -> WorkflowListing.Item? {
    let all = filter { $0.target.environment == environment }
    return all.first(where: \.isActive) ?? all.first
  }
}
