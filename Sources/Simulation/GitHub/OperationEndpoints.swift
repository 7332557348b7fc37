import Deploys
import Foundation

/// Retrying, cancelling and reviewing.
enum OperationEndpoints {
  static let routes: [GitHubRoute] = [
    change("runs/:run_id/rerun", rerun), change("runs/:run_id/rerun-failed-jobs", rerun),
    change("jobs/:job_id/rerun", rerunJob), change("runs/:run_id/cancel", cancel),
    change("runs/:run_id/force-cancel", cancel),
    GitHubRoute(
      "GET", "/repos/:owner/:repo/actions/runs/:run_id/pending_deployments", pending),
    change("runs/:run_id/pending_deployments", needs: "deployments=write", review),
  ]

  private static func change(
    _ path: String, needs permission: String = "actions=write",
    _ handler: @escaping GitHubRoute.Handler
  ) -> GitHubRoute {
    GitHubRoute("POST", "/repos/:owner/:repo/actions/\(path)", needs: permission, handler)
  }

  private static let runsPage = "https://docs.github.com/rest/actions/workflow-runs"

  @Sendable static func rerun(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    let isPartial = call.segments.last == "rerun-failed-jobs"
    let isDebug = try isDebug(call)
    do {
      try world.rerun(
        run.id, scope: isPartial ? .failed : .all, isDebug: isDebug, actor: .viewer, at: call.now)
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
    let isDebug = try isDebug(call)
    do {
      try world.rerun(
        run.id, scope: .job(job.id), isDebug: isDebug, actor: .viewer, at: call.now)
    } catch {
      let page = "\(runsPage)#re-run-a-job-from-a-workflow-run"
      guard error == .alreadyRunning else { throw failure(error, page: page) }
      throw GitHubFailure(
        status: 403, message: "The workflow run containing this job is already running",
        documentation: page)
    }
    return .json([:], status: 201)
  }

  /// Whether the runner is to write its debug logs.
  private static func isDebug(_ call: GitHubCall) throws(GitHubFailure) -> Bool {
    let value = try call.body()["enable_debug_logging"] ?? false
    guard value != .null else { return false }
    guard let isDebug = value.boolValue else {
      throw GitHubFailure(
        status: 422,
        message: "Invalid request.\n\nFor 'properties/enable_debug_logging', "
          + "\(value.serialized) is not a boolean.", documentation: runsPage)
    }
    return isDebug
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
    let waiting = run.attempt(at: call.now).jobs
      .filter { $0.createdAt <= call.now && $0.status(at: call.now) == .waiting }
    return .json(
      .array(
        world.catalogue.repositories[run.repository].environments.compactMap { environment in
          let jobs = waiting.filter { $0.environment == environment.name }
          guard let since = jobs.map(\.createdAt).min() else { return nil }
          return renderer.pendingDeployment(
            environment, since: since, isApproved: jobs.allSatisfy { $0.approvedAt != nil },
            in: run.repository)
        }))
  }

  /// Says the same where nothing waits and where the user may not answer, as GitHub does.
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
      .filter { ids.contains($0.id) && $0.viewerMayReview }.map(\.name)
    let reviewed: [String]
    do {
      reviewed = try world.review(
        run.id, environments: names, approves: state == "approved", at: call.now)
    } catch {
      throw GitHubFailure(
        status: 422, message: "Validation Failed",
        errors: "No pending deployment requests to approve or reject",
        documentation: "\(runsPage)#review-pending-deployments-for-a-workflow-run")
    }
    let renderer = GitHubRenderer(world, call)
    return .json(.array(Set(reviewed).sorted().map { renderer.deployment(of: run, to: $0) }))
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
      case .nothingToReview: (422, "No pending deployment requests to approve or reject")
      }
    return GitHubFailure(status: status, message: message, documentation: page)
  }
}
