import Deploys
import Foundation
import Transport

/// Repositories, their files and environments.
enum RepositoryEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo", get),
    GitHubRoute("GET", "/repos/:owner/:repo/environments", environments),
    GitHubRoute("GET", "/repos/:owner/:repo/contents/*path", contents),
  ]

  @Sendable static func get(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    return .json(GitHubRenderer(world, call).fullRepository(place))
  }

  @Sendable static func environments(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let page = GitHubPage(of: entry.environments, call: call, repositoryID: entry.id)
    let renderer = GitHubRenderer(world, call)
    return .json(
      [
        "total_count": .count(entry.environments.count),
        "environments": .array(page.elements.map { renderer.environment($0, in: place) }),
      ], headers: page.headers)
  }

  /// The workflow files, as JSON with base64, or raw where the client asks for that.
  @Sendable static func contents(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    if let ref = call.target["ref"], entry.commit(named: ref, at: call.now) == nil {
      throw GitHubFailure(
        status: 404, message: "No commit found for the ref \(ref)",
        documentation: "https://docs.github.com/v3/repos/contents/")
    }
    let path = call.captures["path"] ?? ""
    let renderer = GitHubRenderer(world, call)
    if let workflow = entry.workflows.first(where: { $0.path == path && $0.hasFile }) {
      let text = workflow.file(
        project: world.catalogue.account(for: workflow.environment)?.project)
      if call.request.headers["Accept"]?.contains("raw") == true {
        return GitHubAnswer(
          body: Data(text.utf8), contentType: "application/vnd.github.v3.raw; charset=utf-8")
      }
      return .json(renderer.file(path, text: text, in: place))
    }
    guard [".github/workflows", ".github/workflows/"].contains(path) else { throw .notFound }
    return .json(
      .array(
        entry.workflows.filter(\.hasFile).map { workflow in
          let text = workflow.file(
            project: world.catalogue.account(for: workflow.environment)?.project)
          return renderer.fileHead(workflow.path, size: text.utf8.count, in: place)
        }))
  }
}
