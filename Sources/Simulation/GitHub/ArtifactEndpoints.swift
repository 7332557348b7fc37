import Deploys
import Foundation

/// What runs leave behind.
enum ArtifactEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runs/:run_id/artifacts", list),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/artifacts/:artifact_id", get),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/artifacts/:artifact_id/zip", download),
  ]

  /// The artifacts of all attempts, the newest first.
  @Sendable static func list(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    var all = world.artifacts(of: run, at: call.now)
    if let name = call.target["name"] { all.removeAll { $0.name != name } }
    if call.target["direction"] == "asc" { all.reverse() }
    let entry = world.catalogue.repositories[run.repository]
    let page = GitHubPage(of: all, call: call, repositoryID: entry.id)
    let archives = page.elements.map { world.archive(of: $0, in: run) }
    let renderer = GitHubRenderer(world, call)
    return .json(
      [
        "total_count": .count(all.count),
        "artifacts": .array(
          zip(page.elements, archives).map { renderer.artifact($0, $1, of: run) }),
      ], headers: page.headers)
  }

  @Sendable static func get(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let (run, plan) = try find(world: world, call: call)
    let archive = world.archive(of: plan, in: run)
    return .json(GitHubRenderer(world, call).artifact(plan, archive, of: run))
  }

  @Sendable static func download(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let (run, plan) = try find(world: world, call: call)
    let end = world.clock.date(of: plan.createdAt) + world.retention(in: run.repository)
    guard end > world.clock.now() else {
      throw GitHubFailure(
        status: 410, message: "Artifact has expired",
        documentation: "https://docs.github.com/rest/actions/artifacts#download-an-artifact")
    }
    return .redirect(to: BlobLink(kind: .artifact, id: String(plan.id)).url(for: call, in: &world))
  }

  private static func find(
    world: World, call: GitHubCall
  ) throws(GitHubFailure) -> (RunPlan, ArtifactPlan) {
    let place = try call.repository(in: world)
    let found = world.artifact(try call.number("artifact_id"), at: call.now)
    guard let found, found.0.repository == place else { throw .notFound }
    return found
  }
}
