import Deploys
import Foundation

/// Retrying, cancelling, reviewing, and making refs.
enum OperationEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("POST", "/repos/:owner/:repo/actions/runs/:run_id/rerun", rerun),
    GitHubRoute("POST", "/repos/:owner/:repo/actions/runs/:run_id/rerun-failed-jobs", rerun),
    GitHubRoute("POST", "/repos/:owner/:repo/actions/jobs/:job_id/rerun", rerunJob),
    GitHubRoute("POST", "/repos/:owner/:repo/actions/runs/:run_id/cancel", cancel),
    GitHubRoute("POST", "/repos/:owner/:repo/actions/runs/:run_id/force-cancel", cancel),
    GitHubRoute(
      "GET", "/repos/:owner/:repo/actions/runs/:run_id/pending_deployments", pending),
    GitHubRoute(
      "POST", "/repos/:owner/:repo/actions/runs/:run_id/pending_deployments", review),
    GitHubRoute("POST", "/repos/:owner/:repo/git/refs", createRef),
  ]

  private static let runsPage = "https://docs.github.com/rest/actions/workflow-runs"

  @Sendable static func rerun(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    let isPartial = call.segments.last == "rerun-failed-jobs"
    do {
      try world.rerun(run.id, scope: isPartial ? .failed : .all, actor: .viewer, at: call.now)
    } catch {
      throw failure(error, page: "\(runsPage)#re-run-a-workflow")
    }
    return .json([:], status: 201)
  }

  @Sendable static func rerunJob(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let (run, attempt, job) = try call.job(in: world)
    guard attempt.number == run.attempts.last?.number else {
      throw GitHubFailure(
        status: 403, message: "This job is not part of the latest attempt of its workflow run")
    }
    do {
      try world.rerun(run.id, scope: .job(job.id), actor: .viewer, at: call.now)
    } catch {
      let page = "\(runsPage)#re-run-a-job-from-a-workflow-run"
      guard error == .alreadyRunning else { throw failure(error, page: page) }
      throw GitHubFailure(
        status: 403, message: "The workflow run containing this job is already running",
        documentation: page)
    }
    return .json([:], status: 201)
  }

  @Sendable static func cancel(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    do {
      try world.cancel(run.id, force: call.segments.last == "force-cancel", at: call.now)
    } catch {
      throw failure(error, page: "\(runsPage)#cancel-a-workflow-run")
    }
    return .json([:], status: 202)
  }

  @Sendable static func pending(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    let renderer = GitHubRenderer(world, call)
    let names = run.attempt(at: call.now).jobs
      .filter { $0.createdAt <= call.now && $0.status(at: call.now) == .waiting }
      .compactMap(\.environment)
    let environments = world.catalogue.repositories[run.repository].environments
      .filter { names.contains($0.name) }
    return .json(
      .array(environments.map { renderer.pendingDeployment($0, in: run.repository) }))
  }

  @Sendable static func review(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    let body = try call.body()
    guard let ids = body["environment_ids"]?.arrayValue?.compactMap(\.intValue), !ids.isEmpty,
      let state = body["state"]?.stringValue, ["approved", "rejected"].contains(state),
      body["comment"]?.stringValue != nil
    else {
      throw GitHubFailure(
        status: 422,
        message: "Invalid request.\n\n\"environment_ids\", \"state\" and \"comment\" are required.",
        documentation: "\(runsPage)#review-pending-deployments-for-a-workflow-run")
    }
    let names = world.catalogue.repositories[run.repository].environments
      .filter { ids.contains($0.id) }.map(\.name)
    let reviewed: [String]
    do {
      reviewed = try world.review(
        run.id, environments: names, approves: state == "approved", at: call.now)
    } catch {
      throw GitHubFailure(
        status: 422, message: "There are no pending deployment requests to approve or reject",
        documentation: "\(runsPage)#review-pending-deployments-for-a-workflow-run")
    }
    let renderer = GitHubRenderer(world, call)
    return .json(.array(Set(reviewed).sorted().map { renderer.deployment(of: run, to: $0) }))
  }

  /// A tag that a workflow waits for starts it, as a push does.
  @Sendable static func createRef(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let body = try call.body()
    let page = "https://docs.github.com/rest/git/refs#create-a-reference"
    guard let ref = body["ref"]?.stringValue, let sha = body["sha"]?.stringValue,
      ref.hasPrefix("refs/tags/"), sha.count == 40
    else {
      throw GitHubFailure(
        status: 422, message: "Reference name must start with 'refs/tags/'", documentation: page)
    }
    let name = String(ref.dropFirst(10))
    guard world.catalogue.repositories[place].tag(named: name, at: call.now) == nil else {
      throw GitHubFailure(
        status: 422, message: "Reference already exists", documentation: page)
    }
    world.addTag(name, sha: sha, in: place, at: call.now)
    world.record(.createRef, name, at: call.now)
    world.push(tag: name, sha: sha, in: place, at: call.now)
    let renderer = GitHubRenderer(world, call)
    return .json(renderer.gitRef("tags/\(name)", sha: sha, in: place), status: 201)
  }

  private static func failure(_ refusal: OperationRefusal, page: String) -> GitHubFailure {
    let (status, message) =
      switch refusal {
      case .notFound: (404, "Not Found")
      case .alreadyRunning: (403, "This workflow is already running")
      case .tooOld:
        (403, "Unable to re-run this workflow run because it was created over a month ago")
      case .nothingFailed: (403, "This workflow run cannot be retried")
      case .alreadyCompleted: (409, "Cannot cancel a workflow run that is completed.")
      case .nothingToReview: (422, "There are no pending deployment requests")
      }
    return GitHubFailure(status: status, message: message, documentation: page)
  }
}

extension World {
  /// Starts the workflow whose tag pattern a new tag matches.
  fileprivate mutating func push(tag: String, sha: String, in place: Int, at now: Instant) {
    let workflows = catalogue.repositories[place].workflows
    let index = workflows.firstIndex { workflow in
      guard let environment = workflow.environment, workflow.takesTags,
        workflow.state == "active"
      else { return false }
      let stem = "\(workflow.service)-\(environment)-"
      return tag.hasPrefix(stem)
        && tag.dropFirst(stem.count).wholeMatch(of: /20[2-3]\d[0-1]\d[0-3]\d-\d\d/) != nil
    }
    guard let index else { return }
    start(
      RunOrder(
        repository: place, workflow: index, event: "push", ref: tag, sha: sha,
        title: "Tag \(tag)", actor: .viewer, createdAt: now, fate: dispatchFate))
  }
}
