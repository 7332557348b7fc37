import Transport

/// A method and a path of the GitHub API, and who answers it.
struct GitHubRoute: Sendable {
  typealias Handler =
    @Sendable (inout World, GitHubCall) throws(GitHubFailure) -> GitHubAnswer

  let method: String
  /// Segments; `:name` takes one, `*name` takes the rest.
  let pattern: [Substring]
  /// What a fine-grained token needs for it, as GitHub writes it; `nil` for what all of them may.
  let permission: String?
  let handler: Handler

  init(
    _ method: String, _ pattern: String, needs permission: String? = nil,
    _ handler: @escaping Handler
  ) {
    self.method = method
    self.permission = permission
    self.pattern = pattern.split(separator: "/")
    self.handler = handler
  }

  /// What the path fills in; `nil` where it is another path.
  func captures(of segments: [String]) -> [String: String]? {
    var captures: [String: String] = [:]
    for (index, part) in pattern.enumerated() {
      if part.hasPrefix("*") {
        captures[String(part.dropFirst())] = segments.dropFirst(index).joined(separator: "/")
        return captures
      }
      guard index < segments.count else { return nil }
      if part.hasPrefix(":") {
        captures[String(part.dropFirst())] = segments[index]
      } else if part != segments[index] {
        return nil
      }
    }
    return segments.count == pattern.count ? captures : nil
  }

  /// Refuses a call that the token or its user may not make.
  ///
  /// GitHub names the permission that a fine-grained token lacks. Where the user himself lacks the
  /// right, it says so without a header, and hides the git database altogether.
  func check(_ call: GitHubCall, in world: World) throws(GitHubFailure) {
    guard let permission else { return }
    let sets = permission.split(separator: ";").map { $0.split(separator: ",") }
    let isMissing = sets.allSatisfy { set in
      set.contains { part in
        world.scenario.missingPermissions.contains { $0 == part.drop { $0 == " " } }
      }
    }
    guard !isMissing else {
      throw GitHubFailure(
        status: 403, message: "Resource not accessible by personal access token",
        headers: ["X-Accepted-GitHub-Permissions": permission])
    }
    let repository = "\(call.captures["owner"] ?? "")/\(call.captures["repo"] ?? "")"
    guard world.scenario.readOnlyRepositories.contains(repository) else { return }
    guard call.segments.contains("actions") else { throw .notFound }
    throw GitHubFailure(status: 403, message: "Must have admin rights to Repository.")
  }

  /// Everything that is served.
  static let all: [GitHubRoute] =
    RunEndpoints.routes + JobEndpoints.routes + ArtifactEndpoints.routes
    + WorkflowEndpoints.routes
    + OperationEndpoints.routes + RepositoryEndpoints.routes + RefEndpoints.routes
    + CommitEndpoints.routes + AccountEndpoints.routes
}
