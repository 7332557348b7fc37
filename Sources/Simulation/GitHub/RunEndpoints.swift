import Deploys
import Foundation

/// Listing and reading runs.
enum RunEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runs", list),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/workflows/:workflow_id/runs", list),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runs/:run_id", get),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runs/:run_id/attempts/:attempt", attempt),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runs/:run_id/logs", logs),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runs/:run_id/attempts/:attempt/logs", logs),
  ]

  @Sendable static func list(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let workflow = try call.captures["workflow_id"].map {
      name throws(GitHubFailure) in try WorkflowEndpoints.find(name, in: entry)
    }
    let filter = try RunFilter(call)
    var runs: [RunPlan] = []
    for id in entry.runIDs.reversed() {
      guard let run = world.runs[id], run.createdAt <= call.now else { continue }
      if let workflow, world.workflow(of: run).id != workflow.id { continue }
      if filter.accepts(run, in: world, at: call.now) { runs.append(run) }
    }
    // GitHub lists by time of creation; ids follow it, except for what was filed as history.
    runs.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    // A filtered listing ends after 1,000 results.
    let total = filter.isEmpty ? runs.count : min(runs.count, 1000)
    let page = GitHubPage(of: Array(runs.prefix(total)), call: call, repositoryID: entry.id)
    let renderer = GitHubRenderer(world, call)
    let repository = renderer.minimalRepository(place)
    return .json(
      [
        "total_count": .count(total),
        "workflow_runs": .array(page.elements.map { renderer.run($0, repository: repository) }),
      ], headers: page.headers)
  }

  @Sendable static func get(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    let renderer = GitHubRenderer(world, call)
    return .json(renderer.run(run, repository: renderer.minimalRepository(run.repository)))
  }

  @Sendable static func attempt(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    let attempt = try find(try call.number("attempt"), of: run, at: call.now)
    let renderer = GitHubRenderer(world, call)
    return .json(
      renderer.run(
        run, attempt: attempt, repository: renderer.minimalRepository(run.repository)))
  }

  /// The attempt of a number.
  static func find(
    _ number: Int64, of run: RunPlan, at now: Instant
  ) throws(GitHubFailure) -> AttemptPlan {
    let attempt = run.attempts.first { $0.number == number && $0.startedAt <= now }
    guard let attempt else { throw .notFound }
    return attempt
  }

  @Sendable static func logs(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    var attempt = run.attempt(at: call.now)
    if call.captures["attempt"] != nil {
      attempt = try find(try call.number("attempt"), of: run, at: call.now)
    }
    guard RunState(run: run, attempt: attempt, at: call.now).status == .completed else {
      throw .notFound
    }
    try checkAge(
      of: attempt, run: run, in: world,
      page: "https://docs.github.com/rest/actions/workflow-runs#download-workflow-run-logs")
    let link = BlobLink(kind: .runLogs, id: "\(run.id)-\(attempt.number)")
    return .redirect(to: link.url(for: call, in: &world))
  }

  /// Refuses logs that are kept no longer, in the words that GitHub has been seen to use
  /// (rust-lang/triagebot#2241).
  static func checkAge(
    of attempt: AttemptPlan, run: RunPlan, in world: World, page: String
  ) throws(GitHubFailure) {
    let end = world.clock.date(of: attempt.startedAt) + world.retention(in: run.repository)
    guard end <= world.clock.now() else { return }
    throw GitHubFailure(status: 410, message: "Server Error", documentation: page)
  }
}
