import Foundation
import Synchronization
import Testing

/// A GitHub of one repository, `acme/shop`, that answers what a test has written down.
final class ScriptedGitHub: Sendable {
  /// What a path below the repository's own answers, such as `actions/runs/7`; without a query.
  private let answers: Mutex<[String: String]>
  private let files: Scratch
  private let listener: Int32
  /// The port on the loopback address.
  let port: UInt16

  /// Listens on a free port until the value is gone.
  init(_ answers: [String: String]) throws {
    self.answers = Mutex(answers)
    files = try Scratch()
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (listener, isBound) = (
      listener,
      withUnsafeMutablePointer(to: &address) { [listener] pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(listener, $0, length) == 0 && listen(listener, 64) == 0
            && getsockname(listener, $0, &length) == 0
        }
      }
    )
    try #require(isBound, "\(String(cString: strerror(errno)))")
    port = UInt16(bigEndian: address.sin_port)
    _ = try files.write(
      """
      github: {api_url: "http://127.0.0.1:\(port)", repositories: [acme/shop]}
      environments:
        - {name: dev, workflow: "^(shop)-dev$"}
      """, "config.yaml")
    Thread.detachNewThread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        guard let self else {
          close(connection)
          return
        }
        Thread.detachNewThread { self.answer(connection) }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// Runs the program against it.
  func run(
    _ arguments: [String], _ extra: [String: String] = [:]
  ) async throws -> Program.Result {
    try await Program.run(arguments, environment: environment.merging(extra) { $1 })
  }

  /// The variables that a child needs to reach it.
  var environment: [String: String] {
    [
      "CDTOP_CONFIG": files.path("config.yaml"), "GITHUB_TOKEN": "scripted-token",
      "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
      "XDG_STATE_HOME": files.path("state"),
    ]
  }

  private func answer(_ connection: Int32) {
    defer { close(connection) }
    var head: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return }
      head += buffer[..<count]
    }
    let words = String(decoding: head, as: UTF8.self).split(separator: " ", maxSplits: 2)
    guard words.count == 3 else { return }
    let path = words[1].prefix { $0 != "?" }.replacing("/repos/acme/shop/", with: "")
    let body = answers.withLock { $0[String(path)] }
    let kind = path.hasSuffix("/logs") ? "text/plain" : "application/json"
    let text = """
      HTTP/1.1 \(body == nil ? "404 Not Found" : "200 OK")\r
      Content-Type: \(kind)\r
      Content-Length: \((body ?? "{}").utf8.count)\r
      Connection: close\r
      \r
      \(body ?? "{}")
      """
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
