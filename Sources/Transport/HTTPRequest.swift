package import Foundation

/// A request for an ``HTTPTransport``.
package struct HTTPRequest: Sendable, Hashable {
  /// The method, such as `GET`, `POST` or `HEAD`.
  package var method: String
  /// The absolute URL, already percent-encoded; sent as it stands.
  package var url: String
  /// The header fields; the transport adds `Host`, `Content-Length` and `Accept-Encoding` only.
  package var headers: HTTPHeaders
  /// The body; empty for none.
  package var body: Data
  /// How long the whole exchange may take; `nil` for the transport's own limit.
  package var timeout: Duration?
  /// Whether a connection of its own is made for it, rather than one kept from earlier taken.
  ///
  /// For a request that must not be sent twice: a server may close a kept connection at the very
  /// moment of sending, and then nobody can tell whether it took the request.
  package var needsFreshConnection = false

  /// Creates a request.
  package init(
    method: String = "GET", url: String, headers: HTTPHeaders = [:], body: Data = Data(),
    timeout: Duration? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }

  /// The scheme, host and port of the URL, in lower case, for comparing where requests go.
  package var origin: String { Self.origin(of: url) }

  /// The host of the URL, with its port where it names one, for messages.
  package var host: String {
    let origin = origin
    guard let slashes = origin.firstRange(of: "://") else { return origin }
    return String(origin[slashes.upperBound...])
  }

  /// The scheme, host and port of a URL, in lower case and without user information.
  package static func origin(of url: String) -> String {
    guard let slashes = url.firstRange(of: "://") else { return "" }
    let scheme = url[..<slashes.lowerBound].lowercased()
    var authority = url[slashes.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let at = authority.lastIndex(of: "@") {
      authority = authority[authority.index(after: at)...]
    }
    return "\(scheme)://\(authority.lowercased())"
  }
}
