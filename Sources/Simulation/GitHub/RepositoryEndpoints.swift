import Deploys
import Foundation
import Transport

/// Repositories, their refs, files and environments.
enum RepositoryEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo", get),
    GitHubRoute("GET", "/repos/:owner/:repo/branches", branches),
    GitHubRoute("GET", "/repos/:owner/:repo/tags", tags),
    GitHubRoute("GET", "/repos/:owner/:repo/git/matching-refs/*ref", matchingRefs),
    GitHubRoute("GET", "/repos/:owner/:repo/environments", environments),
    GitHubRoute("GET", "/repos/:owner/:repo/contents/*path", contents),
  ]

  @Sendable static func get(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    return .json(GitHubRenderer(world, call).fullRepository(place))
  }

  @Sendable static func branches(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let page = GitHubPage(
      of: entry.branches.sorted { $0.name < $1.name }, call: call, repositoryID: entry.id)
    let url = GitHubRenderer(world, call).url(of: place)
    let branches = page.elements.map { branch -> JSON in
      [
        "name": .string(branch.name),
        "commit": ["sha": .string(branch.sha), "url": "\(url)/commits/\(branch.sha)"],
        "protected": .bool(branch.name == "main"),
      ]
    }
    return .json(.array(branches), headers: page.headers)
  }

  /// Newest names first, as GitHub sorts tags by name downwards.
  @Sendable static func tags(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let all = entry.tags.filter { $0.createdAt <= call.now }.sorted { $0.name > $1.name }
    let page = GitHubPage(of: all, call: call, repositoryID: entry.id)
    let url = GitHubRenderer(world, call).url(of: place)
    let tags = page.elements.map { tag -> JSON in
      let name = RequestTarget.encode(tag.name)
      return [
        "name": .string(tag.name), "zipball_url": "\(url)/zipball/refs/tags/\(name)",
        "tarball_url": "\(url)/tarball/refs/tags/\(name)",
        "commit": ["sha": .string(tag.sha), "url": "\(url)/commits/\(tag.sha)"],
        "node_id": .string("REF_" + Data(tag.name.utf8).base64EncodedString()),
      ]
    }
    return .json(.array(tags), headers: page.headers)
  }

  @Sendable static func matchingRefs(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let stem = call.captures["ref"] ?? ""
    var found: [(name: String, sha: String)] = entry.branches.map { ("heads/\($0.name)", $0.sha) }
    for tag in entry.tags where tag.createdAt <= call.now {
      found.append(("tags/\(tag.name)", tag.sha))
    }
    found = found.filter { $0.name.hasPrefix(stem) }.sorted { $0.name < $1.name }
    let page = GitHubPage(of: found, call: call, repositoryID: entry.id)
    let renderer = GitHubRenderer(world, call)
    return .json(
      .array(page.elements.map { renderer.gitRef($0.name, sha: $0.sha, in: place) }),
      headers: page.headers)
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
    if let ref = call.target["ref"], entry.ref(named: ref, at: call.now) == nil,
      !entry.branches.contains(where: { $0.sha == ref }),
      !entry.tags.contains(where: { $0.sha == ref }),
      !entry.runIDs.contains(where: { world.runs[$0]?.sha == ref })
    {
      throw GitHubFailure(
        status: 404, message: "No commit found for the ref \(ref)",
        documentation: "https://docs.github.com/v3/repos/contents/")
    }
    let path = call.captures["path"] ?? ""
    let renderer = GitHubRenderer(world, call)
    if let workflow = entry.workflows.first(where: { $0.path == path }) {
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
        entry.workflows.map { workflow in
          let text = workflow.file(
            project: world.catalogue.account(for: workflow.environment)?.project)
          return renderer.fileHead(workflow.path, size: text.utf8.count, in: place)
        }))
  }
}
