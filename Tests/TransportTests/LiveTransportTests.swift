import Foundation
import Testing
import Transport

@Suite("Live transport", .timeLimit(.minutes(10)))
struct LiveTransportTests: LiveTransportSuite {
  @Test(
    "Sends the path and query as they stand",
    arguments: [
      "/b/results/failure_build_p%3Aab-12.txt", "/a//b", "/x?prefix=a%2Fb&x-id=GetObject", "/p?",
      "/a+b/~c_d", "/%ED%95%9C?q=%20", "/?list-type=2", "/a;b=c,d@e!$&'()*",
    ])
  func pathIsSentAsItStands(path: String) async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.answer("") }
    }
    try await withTransport { transport in
      _ = try await transport.send(HTTPRequest(url: server.url(path)))
    }
    #expect(server.requests.first?.hasPrefix("GET \(path) HTTP/1.1\r\n") == true)
  }

  @Test("Adds no header but Host, Content-Length and Accept-Encoding")
  func headersAreThoseOfTheCaller() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.answer("") }
    }
    try await withTransport { transport in
      _ = try await transport.send(
        HTTPRequest(
          method: "POST", url: server.url(), headers: ["If-None-Match": #"W/"a b""#],
          body: Data("{}".utf8)))
      _ = try await transport.send(HTTPRequest(method: "POST", url: server.url()))
    }
    let head = try #require(server.requests.first).split(separator: "\r\n").dropFirst()
    #expect(
      Set(head.map { $0.lowercased() }) == [
        "host: 127.0.0.1:\(server.port)", #"if-none-match: w/"a b""#, "content-length: 2",
        "accept-encoding: gzip", "{}",
      ])
    #expect(server.requests.last?.lowercased().contains("content-length: 0") == true)
  }

  @Test("Decompresses gzip")
  func gzipIsDecompressed() async throws {
    let pressed = try #require(
      Data(base64Encoded: "H4sIAAAAAAACA6tWyk0tLk5MT1WyUiooAjJTU5RqAS+I0zMVAAAA"))
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: \(pressed.count)\n\n")
      connection.send(pressed)
    }
    try await withTransport { transport in
      let answer = try await transport.send(HTTPRequest(url: server.url()))
      #expect(String(decoding: answer.body, as: UTF8.self) == #"{"message":"pressed"}"#)
    }
  }

  @Test("Returns a redirect instead of following it")
  func redirectIsNotFollowed() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.answer("", status: "302 Found", headers: "Location: /elsewhere\n")
      }
    }
    try await withTransport { transport in
      let answer = try await transport.send(HTTPRequest(url: server.url()))
      #expect(answer.status == 302)
      #expect(answer.headers["location"] == "/elsewhere")
    }
    #expect(server.requests.count == 1)
  }

  @Test("Reads the answer to HEAD, which has a length and no body")
  func headHasNoBody() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.send("HTTP/1.1 200 OK\nContent-Length: 42\n\n")
      }
    }
    try await withTransport { transport in
      for _ in 1...2 {
        let answer = try await transport.send(HTTPRequest(method: "HEAD", url: server.url()))
        #expect(answer.headers["Content-Length"] == "42")
        #expect(answer.body.isEmpty)
      }
    }
    #expect(server.connections == 1)
  }

  @Test("A request that needs a fresh connection takes no kept one")
  func freshConnectionIsMade() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    try await withTransport { transport in
      _ = try await transport.send(HTTPRequest(url: server.url()))
      _ = try await transport.send(HTTPRequest(url: server.url()))
      #expect(server.connections == 1)
      var request = HTTPRequest(method: "POST", url: server.url(), body: Data("x".utf8))
      request.needsFreshConnection = true
      _ = try await transport.send(request)
      _ = try await transport.send(request)
      #expect(server.connections == 3)
    }
  }

  @Test("No more connections are made to a host than allowed")
  func connectionsAreBounded() async throws {
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    try await withTransport(TransportLimits(connectionsPerHost: 3)) { transport in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...40 {
          group.addTask {
            try await transport.send(HTTPRequest(url: server.url("/\(number)"))).status
          }
        }
        for try await status in group { #expect(status == 200) }
      }
    }
    #expect(server.requests.count == 40)
    #expect(server.mostOpen <= 3)
  }

  @Test("A cancelled request ends at once as cancelled")
  func cancellationIsPassedOn() async throws {
    let (started, startedSignal) = AsyncStream.makeStream(of: Void.self)
    let server = try RawServer { connection in
      connection.readRequest()
      startedSignal.finish()
      connection.waitForClose()
    }
    try await withTransport { transport in
      let task = Task { try await transport.send(HTTPRequest(url: server.url())) }
      for await _ in started {}
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test("A transport that is dropped without a shutdown closes its connections")
  func droppedTransportCloses() async throws {
    let (closed, closedSignal) = AsyncStream.makeStream(of: Void.self)
    let server = try RawServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
      closedSignal.finish()
    }
    do {
      let transport = LiveTransport(environment: [:])
      _ = try await transport.send(HTTPRequest(url: server.url()))
    }
    for await _ in closed {}
    #expect(server.connections == 1)
  }

  @Test("After the shutdown nothing is sent")
  func shutDownTransportSendsNothing() async throws {
    let server = try RawServer { _ in }
    let transport = LiveTransport(environment: [:])
    await transport.shutdown()
    let error = try await failure(of: HTTPRequest(url: server.url()), through: transport)
    #expect(error.isSurelyUnsent)
    #expect(server.connections == 0)
  }

  @Test("Goes through the proxy that the environment names, except to the loopback interface")
  func proxyIsUsed() async throws {
    let proxy = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 Connection established\n\n")
      while connection.readRequest() != nil { connection.answer("through the proxy") }
    }
    let direct = try RawServer { connection in
      while connection.readRequest() != nil { connection.answer("direct") }
    }
    let environment = ["HTTP_PROXY": "http://user:pass@127.0.0.1:\(proxy.port)"]
    try await withTransport(environment: environment) { transport in
      let far = try await transport.send(HTTPRequest(url: "http://far.invalid/path"))
      #expect(String(decoding: far.body, as: UTF8.self) == "through the proxy")
      let near = try await transport.send(HTTPRequest(url: direct.url()))
      #expect(String(decoding: near.body, as: UTF8.self) == "direct")
    }
    let first = try #require(proxy.requests.first)
    #expect(first.hasPrefix("CONNECT far.invalid:80 HTTP/1.1\r\n"))
    #expect(first.lowercased().contains("proxy-authorization: basic dxnlcjpwyxnz"))
    #expect(proxy.requests.last?.hasPrefix("GET /path HTTP/1.1\r\n") == true)
    #expect(proxy.requests.last?.lowercased().contains("proxy-authorization") == false)
  }

  @Test("A proxy variable that cannot be used is named, and the proxy is not passed by")
  func unusableProxyIsNamed() async throws {
    try await withTransport(environment: ["HTTPS_PROXY": "socks5://127.0.0.1:1"]) { transport in
      let error = try await failure(
        of: HTTPRequest(url: "https://far.invalid/"), through: transport)
      #expect(error.isSurelyUnsent)
      #expect(error.message.contains("HTTPS_PROXY"))
    }
  }
}
