import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Synchronization

/// Sends requests over the network, with async-http-client.
///
/// HTTP/1.1 only: one request at a time on a connection, so that an error of a connection concerns
/// one request. The library (1.37) sends no request twice by itself; it repeats only attempts to
/// connect, and that is switched off, so that a failure is told at once and by its own name.
package final class LiveTransport: HTTPTransport {
  private struct Route: Hashable {
    var proxy: ProxyServer?
    var isFresh: Bool
    var isInPieces: Bool
  }

  private enum State {
    case open([Route: HTTPClient])
    case closed
  }

  let limits: TransportLimits
  private let proxies: ProxySettings
  private let certificates: String?
  private let state = Mutex(State.open([:]))

  /// Creates a transport; it connects when it has something to send.
  /// - Parameters:
  ///   - environment: Read for the proxy variables, and for `SSL_CERT_FILE`, which names a file of
  ///     trusted certificates in place of the system's.
  ///   - limits: Times, sizes and numbers.
  package init(environment: [String: String], limits: TransportLimits = TransportLimits()) {
    self.limits = limits
    proxies = ProxySettings(environment: environment)
    certificates = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
  }

  deinit {
    let clients = close()
    guard !clients.isEmpty else { return }
    Task { await Self.shutdown(clients) }
  }

  /// Closes every connection; requests on the way fail, and later ones are not sent.
  package func shutdown() async {
    await Self.shutdown(close())
  }

  /// Sends a request.
  /// - Throws: ``TransportError``, or `CancellationError` where the task was cancelled.
  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let limit = request.timeout ?? limits.exchange
    do {
      let client = try client(for: request)
      return try await withDeadline(limit) { [limits] in
        let message = HTTPClientRequest(request)
        // The deadline is kept outside, for the library's own ends with the response's head.
        let answer = try await client.execute(message, deadline: .distantFuture)
        let body = try await answer.body.collect(upTo: limits.bodyBytes)
        var response = HTTPResponse(headOf: answer)
        response.body = Data(body.readableBytesView)
        return response
      }
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw TransportError(error, of: request, exchangeLimit: limit, limits: limits)
    }
  }

  /// The client for a request, whose body is wanted whole or in pieces.
  func client(for request: HTTPRequest, inPieces: Bool = false) throws -> HTTPClient {
    guard let url = URLComponents(string: request.url), let scheme = url.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = url.host, !host.isEmpty
    else { throw HTTPClientError.invalidURL }
    let port = url.port ?? (scheme == "https" ? 443 : 80)
    var route = Route(
      proxy: nil, isFresh: request.needsFreshConnection, isInPieces: inPieces)
    switch proxies.route(scheme: scheme, host: host, port: port) {
    case .direct: break
    case .through(let server): route.proxy = server
    case .unusable(let variable):
      throw TransportError.notSent(
        host: request.host, reason: "\(variable) is not of the form http://host:port")
    }
    return try client(for: route, host: request.host)
  }

  private func client(for route: Route, host: String) throws -> HTTPClient {
    try state.withLock { state in
      guard case .open(var clients) = state else { throw HTTPClientError.alreadyShutdown }
      if let client = clients[route] { return client }
      let client = HTTPClient(
        eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
        configuration: try configuration(for: route, host: host))
      clients[route] = client
      state = .open(clients)
      return client
    }
  }

  private func configuration(
    for route: Route, host: String
  ) throws -> HTTPClient.Configuration {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.decompression =
      route.isInPieces ? .disabled : .enabled(limit: .size(limits.bodyBytes))
    configuration.timeout = .init(
      connect: TimeAmount(limits.connect),
      // The library cannot tell a silent server from a taker of pieces who takes his time.
      read: route.isInPieces ? nil : TimeAmount(limits.idle), write: TimeAmount(limits.idle))
    configuration.connectionPool = .init(
      idleTimeout: TimeAmount(limits.keepAlive),
      concurrentHTTP1ConnectionsPerHostSoftLimit: limits.connectionsPerHost)
    configuration.connectionPool.retryConnectionEstablishment = false
    if route.isFresh { configuration.maximumUsesPerConnection = 1 }
    if let proxy = route.proxy {
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.username.map { .basic(username: $0, password: proxy.password) })
    }
    if let certificates {
      guard FileManager.default.isReadableFile(atPath: certificates) else {
        throw TransportError.notSent(
          host: host, reason: "the file that SSL_CERT_FILE names cannot be read")
      }
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .file(certificates)
      configuration.tlsConfiguration = tls
    }
    return configuration
  }

  /// Stops taking requests, and hands over what must be shut down.
  private func close() -> [HTTPClient] {
    state.withLock { state in
      guard case .open(let clients) = state else { return [] }
      state = .closed
      return Array(clients.values)
    }
  }

  private static func shutdown(_ clients: [HTTPClient]) async {
    for client in clients {
      // It fails only where it is shut down already, and ``State`` rules that out.
      try? await client.shutdown()
    }
  }
}

extension HTTPClientRequest {
  /// Writes a request in the library's terms.
  init(_ request: HTTPRequest) {
    self.init(url: request.url)
    method = HTTPMethod(rawValue: request.method)
    for field in request.headers.fields { headers.add(name: field.name, value: field.value) }
    if !headers.contains(name: "Accept-Encoding") {
      headers.add(name: "Accept-Encoding", value: "gzip")
    }
    if !request.body.isEmpty { body = .bytes(ByteBuffer(bytes: request.body)) }
  }
}

extension HTTPResponse {
  /// Reads an answer of the library's, without its body.
  init(headOf answer: HTTPClientResponse) {
    self.init(
      status: Int(answer.status.code),
      headers: HTTPHeaders(answer.headers.map { ($0.name, $0.value) }))
  }
}
