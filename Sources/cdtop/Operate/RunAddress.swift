import Deploys
import Foundation
import GitHub

/// A run's address on the web, as a person copies it: `https://HOST/owner/name/actions/runs/ID…`,
/// or that of the API.
struct RunAddress {
  /// The run.
  let key: RunKey
  /// The host, with a port that is not the scheme's own.
  private let place: String
  /// Whether a user or a password stands before the host.
  private let hasUser: Bool

  /// Reads an address; `nil` where it is none of a run.
  init?(_ text: String) {
    guard let parts = URLComponents(string: text), let place = Self.place(of: parts) else {
      return nil
    }
    let path = parts.path.split(separator: "/").map(String.init)
    guard let actions = path.firstIndex(of: "actions"), actions >= 2,
      path.count > actions + 2, path[actions + 1] == "runs", let id = Int64(path[actions + 2]),
      let repository = RepositoryName("\(path[actions - 2])/\(path[actions - 1])")
    else { return nil }
    key = RunKey(repository: repository, id: id)
    self.place = place
    hasUser = parts.user != nil || parts.password != nil
  }

  /// Refuses an address of another server than the configured one, which has runs of the same ids.
  /// - Parameters:
  ///   - apiURL: The configured API.
  ///   - page: The run's page, as the API tells it; `nil` where it was not asked yet. Behind a
  ///     gateway it alone tells where the pages are.
  /// - Throws: An exit code, after having said so; no user or password is repeated.
  func check(against apiURL: String, page: String? = nil) throws {
    guard !hasUser else {
      throw Console.failure(
        "the run's URL holds a user name or a password",
        remedy: "Give it without, or give the run's id; credentials come from the environment.")
    }
    guard let api = URLComponents(string: apiURL), let apiPlace = Self.place(of: api) else {
      return
    }
    let pages =
      Self.pages(of: api, at: apiPlace)
      ?? page.flatMap { URLComponents(string: $0) }.flatMap(Self.place(of:))
    guard let pages, place != apiPlace, place != pages else { return }
    throw Console.failure(
      "\(place) is not the configured GitHub, which is \(pages)",
      remedy: "Give the run's own URL there, or its id.")
  }

  /// Where the pages are that belong to an API; `nil` where its address does not tell.
  ///
  /// Source: <https://docs.github.com/en/enterprise-server@3.7/rest/overview/resources-in-the-rest-api>
  /// and, of `ghe.com`,
  /// <https://docs.github.com/en/enterprise-cloud@latest/graphql/guides/managing-enterprise-accounts>.
  private static func pages(of api: URLComponents, at place: String) -> String? {
    let page = GitHubCredential.pageHost(of: place)
    if page != place { return page }
    return api.path == "/api/v3" ? place : nil
  }

  private static func place(of parts: URLComponents) -> String? {
    let standard = ["https": 443, "http": 80]
    guard let scheme = parts.scheme?.lowercased(), let usual = standard[scheme],
      let host = parts.host?.lowercased(), !host.isEmpty
    else { return nil }
    guard let port = parts.port, port != usual else { return host }
    return "\(host):\(port)"
  }
}
