import Foundation
import Transport

extension GitHubError {
  /// What failed and why, in words for a person.
  package var message: String {
    switch self {
    case .noToken(let host): "no token for \(host)"
    case .malformedToken(let source):
      "the token from \(source) holds a space, a line break or another character that no token has"
    case .unauthorized(let host, let source): "\(host) does not accept the token from \(source)"
    case .forbidden(let what, _, let message):
      "no permission for \(what)\(Self.appended(message))"
    case .sso: "the organisation wants the token authorised for single sign-on"
    case .rateLimited(let until, let isSecondary):
      (isSecondary ? "GitHub asks to slow down" : "GitHub's hourly allowance is used up")
        + " until \(until.formatted(.iso8601))"
    case .notFound(let what, _): "\(what): not found, or not visible to the token"
    case .gone(let what): "\(what): no longer there"
    case .refused(let what, let status, let message, let fields):
      "\(what) was refused (\(status))\(Self.appended(message))"
        + (fields.isEmpty ? "" : " (\(fields.joined(separator: "; ")))")
    case .server(let status, let host): "\(host) failed (\(status))"
    case .badPayload(let what, let host, let detail):
      "\(host) answered something else than \(what): \(detail)"
    case .moved(let what, let target, _):
      "\(what) is somewhere else\(target.isEmpty ? "" : ": \(target)")"
    case .storage(let what, let host, let status, let reason):
      Self.isMissing(status)
        ? "\(what): \(host), where GitHub keeps it, does not have it (\(status))"
        : "\(host), where GitHub keeps it, does not give out \(what) (\(status))"
          + Self.appended(reason)
    case .transport(let error): error.message
    }
  }

  /// What a refusal says about the target, in words for a person; `nil` for one whose own words say
  /// it, or that is not known.
  package var meaning: String? {
    guard case .refused(_, _, let message, let fields) = self else { return nil }
    return KnownRefusal(message, fields)?.meaning
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .noToken(let host):
      "Set GITHUB_TOKEN or GH_TOKEN, or log in with `gh auth login --hostname \(host)`."
    case .malformedToken(let source): "Set \(source) to the token alone."
    case .unauthorized(_, let source):
      "The token has expired, was revoked or belongs to another host: renew \(source)."
    case .forbidden(_, let needed, _):
      needed.map { "The token needs \($0)." }
        ?? "Check what the token and its user may do in the repository."
    case .sso(let url):
      url.map { "Authorise the token at \($0)." }
        ?? "Authorise the token for the organisation in its settings on GitHub."
    case .rateLimited: "It is worth another try after that time."
    case .notFound(_, let needed):
      "Check the name; a fine-grained token must include the repository"
        + (needed.map { " and have \($0)" } ?? "")
        + ", a classic one needs the scope repo for a private repository."
    case .gone: "Nothing can be done; GitHub keeps it for a limited time."
    case .refused(_, _, let message, let fields):
      KnownRefusal(message, fields)?.remedy ?? "Correct the request as GitHub says."
    case .server: "It is worth another try; see https://www.githubstatus.com if it stays."
    case .badPayload: "Check api_url, and any proxy or login page on the way."
    case .moved(_, let target, _):
      target.isEmpty ? "Check api_url." : "Correct the repository's name or api_url."
    case .storage(_, let host, let status, _):
      Self.isMissing(status)
        ? "It is not stored yet, or no longer; try again in a moment."
        : "Check any proxy or filter on the way to \(host), and try again."
    case .transport(let error): error.remedy
    }
  }

  private static func isMissing(_ status: Int) -> Bool { status == 404 || status == 410 }

  private static func appended(_ message: String) -> String {
    message.isEmpty ? "" : ": \(message)"
  }
}
