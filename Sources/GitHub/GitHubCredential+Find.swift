import Foundation

extension GitHubCredential {
  /// Finds a token for a host: in `GITHUB_TOKEN`, in `GH_TOKEN`, or from `gh auth token`.
  ///
  /// For a host that is not github.com, `GH_ENTERPRISE_TOKEN` and `GITHUB_ENTERPRISE_TOKEN` go
  /// first, which are the variables that gh reads for an Enterprise Server.
  /// - Parameters:
  ///   - environment: The variables; `PATH` and gh's own settings are read from it too.
  ///   - host: The host of the API or of the pages: `api.github.com` and `github.com` are one.
  /// - Returns: The first token found.
  /// - Throws: ``GitHubError/noToken(host:)`` or ``GitHubError/malformedToken(source:)``.
  package static func find(
    environment: [String: String], host: String
  ) async throws -> GitHubCredential {
    let host = pageHost(of: host)
    var names = ["GITHUB_TOKEN", "GH_TOKEN"]
    if host != "github.com", !host.hasSuffix(".ghe.com") {
      names = ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"] + names
    }
    for name in names {
      if let value = environment[name], !value.trimmingSpace.isEmpty {
        return try GitHubCredential(token: value, source: name)
      }
    }
    if let token = await GitHubCLI(environment: environment)?.token(for: host) {
      return try GitHubCredential(token: token, source: "gh auth token")
    }
    throw GitHubError.noToken(host: host)
  }

  /// The host that gh knows: that of the pages, not that of the API.
  package static func pageHost(of host: String) -> String {
    let host = host.lowercased()
    let isHosted =
      host == "api.github.com" || (host.hasPrefix("api.") && host.hasSuffix(".ghe.com"))
    return isHosted ? String(host.dropFirst(4)) : host
  }
}
