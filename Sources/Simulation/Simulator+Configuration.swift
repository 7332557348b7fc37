import Deploys

extension Simulator {
  /// The repositories of the team's world.
  package static let repositories = ["acme/shop", "acme/web", "acme/auth"]

  /// A token for clients that want one; the simulator takes any unless told otherwise.
  package static let token = "ghp_simulated0000000000000000000000000000"

  /// A configuration for cdtop that points at a running simulator.
  /// - Parameter baseURL: Where it runs, such as `http://127.0.0.1:8080`.
  /// - Returns: The text of a configuration file.
  package func configurationYAML(baseURL: String) -> String {
    var lines = [
      "github:", "  api_url: \(baseURL)",
      "  repositories: [\(repositories.joined(separator: ", "))]", "environments:",
    ]
    for account in Catalogue.accounts {
      lines += [
        "  - name: \(account.environment)",
        "    workflow: ^(action.*\(account.environment)-deploy)$",
      ]
      if account.environment == "prd" { lines.append("    protected: true") }
      lines.append(
        "    aws: {profile: \(account.profile), region: \(account.region), "
          + "endpoint_url: \"\(baseURL)\"}")
      lines.append(
        "    failure_artifacts: \"s3://codebuild-{project}/failures/{build_id}/\"")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A shared credentials file with the three profiles of the configuration.
  package func credentialsFile() -> String {
    Catalogue.accounts.map { account in
      """
      [\(account.profile)]
      aws_access_key_id = \(account.accessKeyID)
      aws_secret_access_key = \(account.secretAccessKey)

      """
    }.joined(separator: "\n")
  }
}
