import Foundation

extension ConfigurationValue {
  /// The root of GitHub's REST API.
  static func apiURL(_ text: String) throws(Refusal) -> String {
    let url = try url(text)
    let host = URLComponents(string: url)?.host?.lowercased()
    if host == "github.com" || host == "www.github.com" {
      throw Refusal(
        "this is GitHub's page, not its API", "Write `\(Configuration.Standard.apiURL)`.")
    }
    return url
  }

  /// An http or https URL without user information, query or fragment.
  ///
  /// No message repeats the URL, because a refused one may hold a password.
  /// - Returns: The URL without slashes at its end.
  static func url(_ text: String) throws(Refusal) -> String {
    guard !text.contains("@") else {
      throw Refusal(
        "the URL holds a user name or a password",
        "Take it out; credentials come from the environment, never from this file.")
    }
    guard
      let parts = URLComponents(string: text, encodingInvalidCharacters: false),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme)
    else {
      throw Refusal(
        "not an http or https URL", "Write for example `\(Configuration.Standard.apiURL)`.")
    }
    guard let host = parts.host, !host.isEmpty, (1...65535).contains(parts.port ?? 443) else {
      throw Refusal("the URL names no host, or a port that cannot be", "Write `https://HOST/PATH`.")
    }
    guard parts.query == nil, parts.fragment == nil else {
      throw Refusal(
        "the URL has a query or a fragment", "Leave out everything from the `?` or the `#` on.")
    }
    var url = text
    while url.hasSuffix("/") { url.removeLast() }
    return url
  }
}
