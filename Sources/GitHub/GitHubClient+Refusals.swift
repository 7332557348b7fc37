import Foundation
import Transport

extension GitHubClient {
  /// Tells what a 403 that is not about limits wants.
  func forbidden(_ response: HTTPResponse, _ endpoint: Endpoint) -> GitHubError {
    if let sso = response.headers["x-github-sso"], sso.hasPrefix("required") {
      let url = sso.firstRange(of: "url=").map { String(sso[$0.upperBound...]) }
      return .sso(url: url.map { PlainText.excerpt($0, limit: 400) })
    }
    let message = failure(of: response)?.message ?? ""
    // GitHub refuses some changes by this status for what their target is like, whoever asks.
    if KnownRefusal(message) != nil {
      return .refused(what: endpoint.what, status: response.status, message: message, fields: [])
    }
    return .forbidden(
      what: endpoint.what,
      neededPermission: Self.neededPermission(response.headers) ?? endpoint.permission,
      message: message)
  }

  /// Tells what a 4xx says that has no case of its own.
  func refused(_ response: HTTPResponse, _ endpoint: Endpoint) -> GitHubError {
    let failure = failure(of: response)
    return .refused(
      what: endpoint.what, status: response.status, message: failure?.message ?? "",
      fields: failure?.details ?? [])
  }

  /// What GitHub says in the body, made fit for a message.
  private func failure(of response: HTTPResponse) -> (message: String, details: [String])? {
    guard let failure = try? JSONDecoder().decode(WireFailure.self, from: response.body) else {
      return nil
    }
    return (
      tidied(failure.message, limit: 300),
      failure.details.prefix(10).map { tidied($0, limit: 160) }
    )
  }

  /// A server's text, made fit for a message.
  func tidied(_ text: String, limit: Int) -> String {
    // Redacted before it is cut, so that no part of the token stays at the end.
    PlainText.excerpt(credential.redacting(text), limit: limit)
  }

  /// What the token lacks, in words.
  ///
  /// A fine-grained token is told by its permissions, a classic one by its scopes.
  static func neededPermission(_ headers: HTTPHeaders) -> String? {
    if let told = acceptedPermissions(headers) { return told }
    guard let accepted = headers["x-accepted-oauth-scopes"], !accepted.trimmingSpace.isEmpty,
      let own = headers["x-oauth-scopes"]
    else { return nil }
    let told = own.trimmingSpace.isEmpty ? "none" : PlainText.excerpt(own)
    return "the scope \(PlainText.excerpt(accepted)) (it has: \(told))"
  }

  /// The permissions that a fine-grained token needs, in words; `nil` where GitHub tells none.
  ///
  /// `x-accepted-github-permissions` has alternatives apart by `;`, each a list like
  /// `actions=write,contents=read`.
  static func acceptedPermissions(_ headers: HTTPHeaders) -> String? {
    guard let accepted = headers["x-accepted-github-permissions"] else { return nil }
    let alternatives = accepted.split(separator: ";").map { alternative in
      alternative.split(separator: ",").compactMap(permission).joined(separator: ", ")
    }
    let told = alternatives.filter { !$0.isEmpty }.joined(separator: " or ")
    return told.isEmpty ? nil : told
  }

  private static func permission(_ text: Substring) -> String? {
    let parts = String(text).trimmingSpace.split(separator: "=")
    guard parts.count == 2, parts[1] == "read" || parts[1] == "write" || parts[1] == "admin"
    else { return nil }
    let name = PlainText.excerpt(String(parts[0]).replacing("_", with: " "))
    return "\(name.prefix(1).uppercased())\(name.dropFirst()): \(parts[1])"
  }
}
