import Foundation
import Testing
import Transport

@Suite("Live transport, faults", .timeLimit(.minutes(10)))
struct LiveTransportFaultTests: LiveTransportSuite {
  @Test("A body over the limit is refused, also when it is only large after decompression")
  func largeBodyIsRefused() async throws {
    let limit = 1_048_576
    let plain = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nConnection: close\n\n")
      for _ in 1...40 { connection.send(Data(repeating: 97, count: 65_536)) }
    }
    let pressed = try #require(Data(base64Encoded: Self.threeMebibytesPressed))
    let bomb = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: \(pressed.count)\n\n")
      connection.send(pressed)
    }
    try await withTransport(TransportLimits(bodyBytes: limit)) { transport in
      for server in [plain, bomb] {
        let error = try await failure(of: HTTPRequest(url: server.url()), through: transport)
        #expect(error == .tooLarge(host: "127.0.0.1:\(server.port)", limit: limit))
      }
    }
  }

  @Test("A reset after the request may have been taken, and is not repeated")
  func resetIsNotRepeated() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.reset()
    }
    try await withTransport { transport in
      let error = try await failure(
        of: HTTPRequest(method: "POST", url: server.url(), body: Data("x".utf8)),
        through: transport)
      guard case .connectionLost = error else {
        Issue.record("unexpected: \(error)")
        return
      }
      #expect(!error.isSurelyUnsent)
    }
    #expect(server.requests.count == 1)
  }

  @Test("A refused connection is surely unsent")
  func refusedIsUnsent() async throws {
    let port = try RawServer.unusedPort()
    try await withTransport { transport in
      for host in ["127.0.0.1", "localhost"] {
        let error = try await failure(
          of: HTTPRequest(url: "http://\(host):\(port)/"), through: transport)
        #expect(error == .notSent(host: "\(host):\(port)", reason: "connection refused"))
      }
    }
  }

  @Test("A name that does not resolve is surely unsent")
  func unknownNameIsUnsent() async throws {
    try await withTransport(TransportLimits(connect: .seconds(5))) { transport in
      let error = try await failure(
        of: HTTPRequest(url: "http://nothing.invalid/"), through: transport)
      #expect(error.isSurelyUnsent)
      #expect(error.message.contains("nothing.invalid"))
    }
  }

  @Test("A failed TLS handshake is surely unsent")
  func failedHandshakeIsUnsent() async throws {
    let server = try RawServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n")
      connection.waitForClose()
    }
    try await withTransport { transport in
      let host = "localhost:\(server.port)"
      let error = try await failure(of: HTTPRequest(url: "https://\(host)/"), through: transport)
      #expect(error == .notSent(host: host, reason: "no agreement on TLS"))
    }
  }

  @Test("An answer that never starts ends by the idle limit")
  func stallBeforeTheHeadEnds() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.waitForClose()
    }
    let idle = Duration.milliseconds(400)
    try await withTransport(TransportLimits(idle: idle)) { transport in
      let error = try await failure(of: HTTPRequest(url: server.url()), through: transport)
      #expect(error == .timedOut(host: "127.0.0.1:\(server.port)", after: idle))
    }
  }

  @Test("An answer that stops in the middle of its body ends by the idle limit")
  func stallInTheBodyEnds() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nContent-Length: 100\n\nabc")
      connection.waitForClose()
    }
    let idle = Duration.milliseconds(400)
    try await withTransport(TransportLimits(idle: idle)) { transport in
      let error = try await failure(of: HTTPRequest(url: server.url()), through: transport)
      #expect(error == .timedOut(host: "127.0.0.1:\(server.port)", after: idle))
    }
  }

  @Test("The request's own limit covers the whole exchange, not only the head")
  func ownLimitCoversTheBody() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nContent-Length: 100\n\nabc")
      connection.waitForClose()
    }
    let limit = Duration.milliseconds(400)
    try await withTransport { transport in
      let error = try await failure(
        of: HTTPRequest(url: server.url(), timeout: limit), through: transport)
      #expect(error == .timedOut(host: "127.0.0.1:\(server.port)", after: limit))
      #expect(!error.isSurelyUnsent)
    }
  }

  @Test(
    "An answer that is cut short or is not HTTP is a lost connection",
    arguments: [
      "HTTP/1.1 200 OK\nContent-Length: 100\n\nabc", "HTTP/1.1 200 OK\nContent-Le",
      "\u{1}\u{2}\u{3} this is not HTTP\n\n", "",
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nabc",
      "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 3\n\nabc",
    ])
  func brokenAnswerIsLost(answer: String) async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send(answer)
    }
    try await withTransport { transport in
      let error = try await failure(of: HTTPRequest(url: server.url()), through: transport)
      guard case .connectionLost = error else {
        Issue.record("unexpected: \(error)")
        return
      }
    }
    #expect(server.requests.count == 1)
  }

  @Test("A kept connection that closes at the next request is lost, and nothing is sent twice")
  func keptConnectionClosesAtTheNextRequest() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.answer("first")
      connection.readRequest()
    }
    try await withTransport { transport in
      _ = try await transport.send(HTTPRequest(url: server.url("/first")))
      let error = try await failure(
        of: HTTPRequest(method: "POST", url: server.url("/second"), body: Data("x".utf8)),
        through: transport)
      #expect(!error.isSurelyUnsent)
    }
    #expect(server.requests.count == 2)
    #expect(server.connections == 1)
  }

  @Test(
    "What is not an HTTP URL is refused, and a password in it is not told",
    arguments: ["", "api.github.com/x", "ftp://user:secret@host/x", "http://", "http:///x"])
  func otherURLsAreRefused(url: String) async throws {
    try await withTransport { transport in
      let error = try await failure(of: HTTPRequest(url: url), through: transport)
      guard case .invalidURL(let told) = error else {
        Issue.record("unexpected: \(error)")
        return
      }
      #expect(!told.contains("secret"))
    }
  }

  @Test("A header value that would split the request is refused without being told")
  func splitHeaderIsRefused() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    try await withTransport { transport in
      let error = try await failure(
        of: HTTPRequest(url: server.url(), headers: ["Authorization": "secret\r\nX: y"]),
        through: transport)
      #expect(error.isSurelyUnsent)
      #expect(!"\(error)".contains("secret"))
    }
    #expect(server.requests.isEmpty)
  }
}

extension LiveTransportFaultTests {
  /// Three mebibytes of the letter a, compressed by gzip.
  private static let threeMebibytesPressed =
    "H4sIAAAAAAACA+3BAQ0AAADCoKzvX8IcbkAB"
    + String(repeating: "A", count: 4062)
    + "B8G+1haZkAADAA"
}
