/// A method and a path of the GitHub API, and who answers it.
struct GitHubRoute: Sendable {
  typealias Handler =
    @Sendable (inout World, GitHubCall) throws(GitHubFailure) -> GitHubAnswer

  let method: String
  /// Segments; `:name` takes one, `*name` takes the rest.
  let pattern: [Substring]
  let handler: Handler

  init(_ method: String, _ pattern: String, _ handler: @escaping Handler) {
    self.method = method
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

  /// Everything that is served.
  static let all: [GitHubRoute] =
    RunEndpoints.routes + JobEndpoints.routes + ArtifactEndpoints.routes
    + WorkflowEndpoints.routes
    + OperationEndpoints.routes + RepositoryEndpoints.routes + AccountEndpoints.routes
}
