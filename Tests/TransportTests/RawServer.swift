import Foundation
import Synchronization

/// A server on the loopback interface that is written in bytes, so that it can also misbehave.
///
/// Every connection gets a thread of its own, which runs the given script.
final class RawServer: Sendable {
  /// The port that it listens on.
  let port: UInt16
  private let listener: Int32
  private let log = Mutex(Log())

  private struct Log {
    var requests: [String] = []
    var connections = 0
    var open = 0
    var mostOpen = 0
  }

  /// Starts to listen.
  init(_ script: @escaping @Sendable (RawConnection) -> Void) throws {
    let listening = try Self.listen()
    listener = listening.descriptor
    port = listening.port
    let descriptor = listener
    Thread.detachNewThread { [weak self] in
      while true {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0, let server = self else {
          // Closed here alone, for its number may be another server's a moment later.
          close(accepted)
          close(descriptor)
          return
        }
        server.opened()
        Thread.detachNewThread {
          let connection = RawConnection(descriptor: accepted) { server.received($0) }
          script(connection)
          connection.close()
          server.closed()
        }
      }
    }
  }

  deinit {
    // Wakes the accepting thread, which then finds that the server is gone.
    guard let descriptor = try? Self.makeSocket() else { return }
    _ = Self.withLoopback(port: port) { connect(descriptor, $0, $1) }
    close(descriptor)
  }

  /// The requests received so far, head and body as they came.
  var requests: [String] { log.withLock(\.requests) }

  /// The number of connections made so far.
  var connections: Int { log.withLock(\.connections) }

  /// The most connections that were open at one time.
  var mostOpen: Int { log.withLock(\.mostOpen) }

  /// A URL on this server.
  func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

  private func received(_ request: String) { log.withLock { $0.requests.append(request) } }

  private func opened() {
    log.withLock {
      $0.connections += 1
      $0.open += 1
      $0.mostOpen = max($0.mostOpen, $0.open)
    }
  }

  private func closed() { log.withLock { $0.open -= 1 } }

  private struct Failure: Error {}

  /// A port on which nothing listens.
  static func unusedPort() throws -> UInt16 {
    let listening = try listen()
    close(listening.descriptor)
    return listening.port
  }

  private static func listen() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = try makeSocket()
    guard withLoopback(port: 0, { bind(descriptor, $0, $1) }) == 0,
      Foundation.listen(descriptor, 64) == 0
    else { throw Failure() }
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
    }
    guard status == 0 else { throw Failure() }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private static func makeSocket() throws -> Int32 {
    #if canImport(Darwin)
    let stream = SOCK_STREAM
    #else
    let stream = Int32(SOCK_STREAM.rawValue)
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { throw Failure() }
    return descriptor
  }

  private static func withLoopback<Result>(
    port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}

/// One accepted connection of a ``RawServer``.
final class RawConnection: Sendable {
  private let descriptor: Int32
  private let onRequest: @Sendable (String) -> Void
  private let rest = Mutex("")

  init(descriptor: Int32, onRequest: @escaping @Sendable (String) -> Void) {
    self.descriptor = descriptor
    self.onRequest = onRequest
  }

  /// Reads one request with its body; `nil` at the end of the connection.
  @discardableResult
  func readRequest() -> String? {
    var text = rest.withLock { $0 }
    while true {
      if let end = text.firstRange(of: "\r\n\r\n") {
        let head = text[..<end.upperBound]
        let needed = Self.contentLength(of: head)
        if text[end.upperBound...].utf8.count >= needed {
          let request = String(decoding: text.utf8.prefix(head.utf8.count + needed), as: UTF8.self)
          let left = String(decoding: text.utf8.dropFirst(request.utf8.count), as: UTF8.self)
          rest.withLock { $0 = left }
          onRequest(request)
          return request
        }
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: buffer.prefix(count), as: UTF8.self)
    }
  }

  /// Writes text with bare newlines as line ends of HTTP.
  func send(_ text: String) {
    send(Data(text.replacing("\n", with: "\r\n").utf8))
  }

  /// Writes bytes, as many as the other side takes.
  func send(_ data: Data) {
    let bytes = [UInt8](data)
    var sent = 0
    while sent < bytes.count {
      #if canImport(Darwin)
      let flags: Int32 = 0
      #else
      let flags = Int32(MSG_NOSIGNAL)
      #endif
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, flags)
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Writes a plain answer with a length.
  func answer(_ body: String, status: String = "200 OK", headers: String = "") {
    send("HTTP/1.1 \(status)\nContent-Length: \(body.utf8.count)\n\(headers)\n")
    send(Data(body.utf8))
  }

  /// Blocks until the other side closes.
  func waitForClose() {
    var byte: UInt8 = 0
    while recv(descriptor, &byte, 1, 0) > 0 {}
  }

  /// Makes the close that follows a reset instead of an orderly end.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  fileprivate func close() {
    Foundation.close(descriptor)
  }

  private static func contentLength(of head: Substring) -> Int {
    for line in head.split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "content-length" {
        return Int(parts[1].trimmingCharacters(in: .whitespaces)) ?? 0
      }
    }
    return 0
  }
}
