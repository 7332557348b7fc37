import Deploys

extension Scenario {
  /// The permissions of tokens that changes need, as GitHub writes them.
  static let permissions = ["actions=write", "contents=write", "deployments=write"]

  /// What a scenario speaks of and the world does not have, in words; `nil` for nothing.
  ///
  /// What is misspelt would never happen, and a test that counts on it would lie.
  var stranger: String? {
    let catalogue: Catalogue =
      switch world {
      case .team: .team(seed: 0)
      case .idle, .single: .plain(repositories: repositories, seed: 0)
      }
    let workflows = catalogue.repositories.flatMap(\.workflows).map(\.displayName)
    let checks: [(kind: String, given: [String], known: [String])] = [
      ("workflow", workflowFlaws.map(\.workflow) + cancelHangs, workflows),
      ("permission", missingPermissions, Self.permissions),
      ("repository", readOnlyRepositories, catalogue.repositories.map(\.name.description)),
      ("profile", stopDenied, catalogue.accounts.map(\.profile)),
    ]
    for check in checks {
      if let name = check.given.first(where: { !check.known.contains($0) }) {
        return "there is no \(check.kind) \"\(name)\"; there are "
          + check.known.joined(separator: ", ")
      }
    }
    return nil
  }
}
