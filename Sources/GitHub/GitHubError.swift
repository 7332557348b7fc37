package import Foundation
package import Transport

/// Why GitHub gave no usable answer.
package enum GitHubError: Error, Sendable, Hashable {
  /// No token was found for a host.
  case noToken(host: String)
  /// The token of a source holds characters that no token has.
  case malformedToken(source: String)
  /// The host does not accept the token.
  case unauthorized(host: String, source: String)
  /// The token may not do it; what it lacks where GitHub tells, and GitHub's own words.
  case forbidden(what: String, neededPermission: String?, message: String)
  /// The organisation wants the token authorised for single sign-on, at the given page.
  case sso(url: String?)
  /// Nothing may be asked until a time; the request was refused or not sent.
  case rateLimited(until: Date, isSecondary: Bool)
  /// It does not exist, or the token cannot see it; what a token needs for it where GitHub tells.
  case notFound(what: String, neededPermission: String? = nil)
  /// It existed.
  case gone(what: String)
  /// The request makes no sense to the server: usually 409 or 422, with the fields at fault.
  case refused(what: String, status: Int, message: String, fields: [String])
  /// The server failed.
  case server(status: Int, host: String)
  /// The answer is not what was asked for.
  case badPayload(what: String, host: String, detail: String)
  /// It is somewhere else now, where the request is not sent by itself.
  case moved(what: String, to: String, status: Int)
  /// The place that GitHub's link leads to does not give it out, also by a new link.
  case storage(what: String, host: String, status: Int, reason: String)
  /// No whole answer came.
  case transport(TransportError)

  /// Whether the server may have done what was asked, for a request that changes something.
  package var mayHaveBeenTaken: Bool {
    switch self {
    case .server, .badPayload: true
    // 303 is how a server points to the result of what it has done.
    case .moved(_, _, let status): status == 303
    case .transport(let error): !error.isSurelyUnsent
    case .noToken, .malformedToken, .unauthorized, .forbidden, .sso, .rateLimited, .notFound,
      .gone, .refused, .storage:
      false
    }
  }
}
