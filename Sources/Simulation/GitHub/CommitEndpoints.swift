import Deploys
import Foundation
import Transport

/// Commits, what lies between two of them, and the objects that annotated tags are.
enum CommitEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo/compare/*basehead", compare),
    GitHubRoute("GET", "/repos/:owner/:repo/commits/*ref", get),
    GitHubRoute("GET", "/repos/:owner/:repo/git/tags/:sha", tag),
  ]

  private static let page = "https://docs.github.com/rest/commits/commits"

  /// How many commits come where no page is asked for: the newest.
  private static let limit = 250

  @Sendable static func compare(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let words = call.captures["basehead"] ?? ""
    guard let dots = words.firstRange(of: "...") else { throw .notFound }
    let base = try find(String(words[..<dots.lowerBound]), in: entry, call: call)
    let head = try find(String(words[dots.upperBound...]), in: entry, call: call)
    let comparison = entry.history.compare(base, with: head)
    let renderer = GitHubRenderer(world, call)
    var headers: HTTPHeaders = [:]
    var shown = comparison.ahead.suffix(limit)[...]
    if call.target["page"] != nil || call.target["per_page"] != nil {
      let page = GitHubPage(of: comparison.ahead, call: call, repositoryID: entry.id)
      headers = page.headers
      shown = page.elements[...]
    }
    return .json(
      renderer.comparison(
        comparison, name: words, base: base, head: head, commits: Array(shown), in: place),
      headers: headers)
  }

  @Sendable static func get(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let name = call.captures["ref"] ?? ""
    let entry = world.catalogue.repositories[place]
    guard let commit = entry.commit(named: name, at: call.now),
      let found = entry.history.place(of: commit.sha, at: call.now)
    else {
      throw GitHubFailure(
        status: 422, message: "No commit found for SHA: \(name)",
        documentation: "\(page)#get-a-commit")
    }
    return .json(GitHubRenderer(world, call).commit(found, in: place))
  }

  @Sendable static func tag(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let found = world.catalogue.repositories[place].tags.first { tag in
      tag.object != nil && tag.object == call.captures["sha"] && tag.createdAt <= call.now
    }
    guard let found else { throw .notFound }
    return .json(GitHubRenderer(world, call).tagObject(found, in: place))
  }

  private static func find(
    _ name: String, in entry: SimulatedRepository, call: GitHubCall
  ) throws(GitHubFailure) -> CommitHistory.Place {
    guard let commit = entry.commit(named: name, at: call.now),
      let place = entry.history.place(of: commit.sha, at: call.now)
    else {
      throw GitHubFailure(
        status: 404, message: "Not Found", documentation: "\(page)#compare-two-commits")
    }
    return place
  }
}
