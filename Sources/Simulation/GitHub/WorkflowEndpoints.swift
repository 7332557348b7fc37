import Deploys
import Foundation

/// Workflows, and starting them.
enum WorkflowEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo/actions/workflows", list),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/workflows/:workflow_id", get),
    GitHubRoute(
      "POST", "/repos/:owner/:repo/actions/workflows/:workflow_id/dispatches",
      needs: "actions=write", dispatch),
  ]

  /// A workflow by its id or by its file's name.
  static func find(
    _ name: String, in entry: SimulatedRepository
  ) throws(GitHubFailure) -> SimulatedWorkflow {
    let found = entry.workflows.first { String($0.id) == name || $0.fileName == name }
    guard let found else { throw .notFound }
    return found
  }

  @Sendable static func list(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let page = GitHubPage(of: entry.workflows, call: call, repositoryID: entry.id)
    let renderer = GitHubRenderer(world, call)
    return .json(
      [
        "total_count": .count(entry.workflows.count),
        "workflows": .array(page.elements.map { renderer.workflow($0, in: place) }),
      ], headers: page.headers)
  }

  @Sendable static func get(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let workflow = try find(
      call.captures["workflow_id"] ?? "", in: world.catalogue.repositories[place])
    return .json(GitHubRenderer(world, call).workflow(workflow, in: place))
  }

  /// Checks in GitHub's order: state of the workflow, ref, trigger, inputs.
  @Sendable static func dispatch(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let workflow = try find(call.captures["workflow_id"] ?? "", in: entry)
    let body = try call.body()
    guard workflow.state == "active" else {
      throw .dispatch("Cannot trigger a 'workflow_dispatch' on a disabled workflow")
    }
    guard let name = body["ref"]?.stringValue else {
      throw .dispatch("Invalid request.\n\n\"ref\" wasn't supplied.")
    }
    guard let ref = entry.ref(named: name, at: call.now) else {
      throw .dispatch("No ref found for: \(name)")
    }
    guard !workflow.isUnparsable else {
      throw .dispatch("failed to parse workflow: (Line: 3, Col: 3): Unexpected value ''")
    }
    guard workflow.takesDispatch, workflow.hasFile else {
      throw .dispatch("Workflow does not have 'workflow_dispatch' trigger")
    }
    try DispatchCheck(workflow: workflow, repository: entry).check(body["inputs"] ?? [:])
    let place2 = entry.workflows.firstIndex { $0.id == workflow.id } ?? 0
    let order = RunOrder(
      repository: place, workflow: place2, event: "workflow_dispatch", ref: ref.name,
      commit: ref.commit, title: workflow.displayName, actor: .viewer, createdAt: call.now,
      fate: world.dispatchFate)
    guard let run = world.start(order) else { throw .notFound }
    world.record(.dispatch, String(run.id), at: call.now)
    guard body["return_run_details"]?.boolValue == true || call.version >= "2026-03-10" else {
      return .empty(204)
    }
    let renderer = GitHubRenderer(world, call)
    return .json([
      "workflow_run_id": .int(run.id),
      "run_url": "\(renderer.url(of: place))/actions/runs/\(run.id)",
      "html_url": "\(renderer.page(of: place))/actions/runs/\(run.id)",
    ])
  }
}

extension World {
  /// What an operator starts goes as other runs go, but nobody else reviews or cancels it.
  var dispatchFate: RunFate {
    var chance = Randomness(seed: seed, "dispatch", String(effects.count))
    return RunFate(
      ending: chance.chance(scenario.failureRate) ? .failure : .success, review: nil)
  }
}
