import Foundation

/// The variables that a program of the operator's is started with: an editor, a pager, a browser,
/// the program of `notices.on_event`.
///
/// Whatever gives access to GitHub or AWS is withheld, for it is none of their business. What finds
/// credentials for this program, `gh` and `credential_process`, is not such a program.
package enum ChildEnvironment {
  /// The variables of this process, less its secrets.
  /// - Parameters:
  ///   - environment: The variables of this process.
  ///   - secret: The name of one more that is withheld.
  /// - Returns: What is left; proxies stay, without the name and the password in their URLs.
  package static func of(
    _ environment: [String: String], withholding secret: String? = nil
  ) -> [String: String] {
    var kept = environment
    for (name, value) in environment {
      if name == secret || secrets.contains(name) {
        kept[name] = nil
      } else if name.lowercased().hasSuffix("_proxy") {
        kept[name] = withoutPassword(value)
      }
    }
    return kept
  }

  private static let secrets: Set<String> = [
    "GITHUB_TOKEN", "GH_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN",
    // A workflow's own, where this program runs in a job.
    "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK",
    // Who knows the address of a container's credentials gets them.
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  ]

  /// A proxy's URL without what stands before its host.
  private static func withoutPassword(_ url: String) -> String {
    let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    // A password may hold a slash that somebody did not escape; a proxy's URL has no path.
    guard let sign = url[start...].lastIndex(of: "@") else { return url }
    return "\(url[..<start])\(url[url.index(after: sign)...])"
  }
}
