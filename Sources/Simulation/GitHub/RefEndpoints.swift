import Deploys
import Foundation
import Transport

/// Branches and tags.
enum RefEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo/branches", branches),
    GitHubRoute("GET", "/repos/:owner/:repo/tags", tags),
    GitHubRoute("GET", "/repos/:owner/:repo/git/matching-refs/*ref", matching),
    GitHubRoute(
      "POST", "/repos/:owner/:repo/git/refs",
      needs: "contents=write; contents=write,workflows=write",
      create),
  ]

  @Sendable static func branches(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let page = GitHubPage(
      of: entry.branches(at: call.now).sorted { $0.name < $1.name }, call: call,
      repositoryID: entry.id)
    let url = GitHubRenderer(world, call).url(of: place)
    let branches = page.elements.map { branch -> JSON in
      [
        "name": .string(branch.name),
        "commit": ["sha": .string(branch.sha), "url": "\(url)/commits/\(branch.sha)"],
        "protected": .bool(branch.name == SimulatedRepository.mainBranch),
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

  @Sendable static func matching(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let stem = call.captures["ref"] ?? ""
    var found = entry.branches(at: call.now).map { (name: "heads/\($0.name)", ref: $0) }
    for tag in entry.tags where tag.createdAt <= call.now {
      found.append(("tags/\(tag.name)", tag))
    }
    found = found.filter { $0.name.hasPrefix(stem) }.sorted { $0.name < $1.name }
    let page = GitHubPage(of: found, call: call, repositoryID: entry.id)
    let renderer = GitHubRenderer(world, call)
    return .json(
      .array(page.elements.map { renderer.gitRef($0.name, $0.ref, in: place) }),
      headers: page.headers)
  }

  /// A tag that a workflow waits for starts it a moment later, as a push does.
  @Sendable static func create(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    let body = try call.body()
    guard let ref = body["ref"]?.stringValue else {
      throw refusal("Invalid request.\n\n\"ref\" wasn't supplied.")
    }
    guard let sha = body["sha"]?.stringValue else {
      throw refusal("Invalid request.\n\n\"sha\" wasn't supplied.")
    }
    let parts = ref.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "refs" else {
      throw refusal("Reference name must start with 'refs/' and contain at least two slashes.")
    }
    let name = String(parts[2])
    guard parts[1] == "tags" || parts[1] == "heads", isValid(name) else {
      throw refusal("\(ref) is not a valid ref name.")
    }
    guard sha.utf8.count == 40, sha.allSatisfy({ $0.isHexDigit }) else {
      throw refusal(
        "The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    }
    guard entry.ref(named: ref, at: call.now) == nil else {
      throw refusal("Reference already exists")
    }
    let tag = entry.tags.first { $0.object == sha }
    guard let commit = tag?.commit ?? entry.commit(named: sha.lowercased(), at: call.now) else {
      throw refusal("Object does not exist")
    }
    let made = SimulatedRepository.Ref(
      name: name, commit: commit, createdAt: call.now, object: tag?.object)
    let isTag = parts[1] == "tags"
    if isTag {
      world.catalogue.repositories[place].tags.append(made)
    } else {
      world.catalogue.repositories[place].newBranches.append(made)
    }
    world.record(.createRef, name, at: call.now)
    if isTag { world.push(made, in: place, at: call.now) }
    let answer = GitHubRenderer(world, call).gitRef("\(parts[1])/\(name)", made, in: place)
    return .json(
      answer, status: 201, headers: ["Location": answer["url"]?.stringValue ?? ""])
  }

  private static func refusal(_ message: String) -> GitHubFailure {
    GitHubFailure(
      status: 422, message: message,
      documentation: "https://docs.github.com/rest/git/refs#create-a-reference")
  }

  /// The rules of `git check-ref-format`.
  private static func isValid(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.hasSuffix(".") && !name.contains("..") && !name.contains("@{") && name != "@"
      && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
      && !name.unicodeScalars.contains {
        $0.value <= 32 || "\u{7F}~^:?*[\\".unicodeScalars.contains($0)
      }
  }
}

extension World {
  /// How long GitHub takes from a push to the run.
  private static let pushDelay = Duration.milliseconds(1500)

  /// Starts the workflow whose pattern a new tag matches.
  fileprivate mutating func push(
    _ tag: SimulatedRepository.Ref, in place: Int, at now: Instant
  ) {
    let workflows = catalogue.repositories[place].workflows
    let index = workflows.firstIndex { workflow in
      guard workflow.isDeploy, workflow.takesTags, workflow.state == "active", workflow.hasFile,
        !workflow.isUnparsable, tag.name.hasPrefix(workflow.tagStem)
      else { return false }
      let rest = tag.name.dropFirst(workflow.tagStem.count)
      return rest.wholeMatch(of: /20[2-3]\d[0-1]\d[0-3]\d-\d\d/) != nil
    }
    guard let index else { return }
    start(
      RunOrder(
        repository: place, workflow: index, event: "push", ref: tag.name, commit: tag.commit,
        title: tag.commit.subject, actor: .viewer, createdAt: now + Self.pushDelay,
        fate: dispatchFate))
  }
}
