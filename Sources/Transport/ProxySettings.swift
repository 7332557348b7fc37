import Foundation

/// Which requests go through a proxy, by the variables that curl and Go programs read.
package struct ProxySettings: Sendable, Hashable {
  /// How one request goes.
  package enum Route: Sendable, Hashable {
    /// Straight to its host.
    case direct
    /// Through a proxy.
    case through(ProxyServer)
    /// Not at all: the named variable holds nothing that can be used.
    case unusable(variable: String)
  }

  private var routes: [String: Route] = [:]
  private var exceptions: [String] = []

  /// Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; the lower-case names go first, as in curl.
  package init(environment: [String: String]) {
    for scheme in ["http", "https"] {
      let names = ["\(scheme)_proxy", "\(scheme.uppercased())_PROXY"]
      guard let name = names.first(where: { environment[$0]?.isEmpty == false }),
        let value = environment[name]
      else { continue }
      routes[scheme] = ProxyServer(value).map(Route.through) ?? .unusable(variable: name)
    }
    let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    exceptions = list.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
  }

  /// How requests to a host go; the loopback interface is never reached through a proxy.
  package func route(scheme: String, host: String, port: Int) -> Route {
    guard let route = routes[scheme] else { return .direct }
    let host = host.lowercased()
    return Self.isLoopback(host) || isException(host, port: port) ? .direct : route
  }

  private func isException(_ host: String, port: Int) -> Bool {
    exceptions.contains { exception in
      if exception == "*" { return true }
      var pattern = exception[...]
      if let colon = pattern.lastIndex(of: ":"), pattern.firstIndex(of: ":") == colon,
        let only = Int(pattern[pattern.index(after: colon)...])
      {
        guard only == port else { return false }
        pattern = pattern[..<colon]
      }
      if pattern.hasPrefix("*.") { pattern = pattern.dropFirst(2) }
      if pattern.hasPrefix(".") { pattern = pattern.dropFirst() }
      return !pattern.isEmpty && (host == pattern || host.hasSuffix(".\(pattern)"))
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]"
      || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
  }
}

/// A proxy that tunnels with `CONNECT`.
package struct ProxyServer: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  /// The host.
  package let host: String
  /// The port.
  package let port: Int
  /// The user name that it wants; `nil` for none.
  package let username: String?
  /// The password that goes with the name.
  package let password: String

  /// Reads `http://user:password@host:port`, of which only the host is needed.
  ///
  /// `nil` for any other scheme, and where there is no host.
  package init?(_ text: String) {
    let url = text.contains("://") ? text : "http://\(text)"
    guard let parts = URLComponents(string: url), parts.scheme?.lowercased() == "http",
      let host = parts.host, !host.isEmpty
    else { return nil }
    self.host = host
    port = parts.port ?? 8080
    username = parts.user
    password = parts.password ?? ""
  }

  /// The host and port only.
  package var description: String { "\(host):\(port)" }

  /// The host and port only.
  package var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
