import Foundation
import Synchronization
import Testing
import Transport

@Suite("Live transport, in pieces", .timeLimit(.minutes(10)))
struct ReceiveTests: LiveTransportSuite {
  /// Collects pieces, and counts them.
  private final class Sink: Sendable {
    private let state = Mutex((data: Data(), pieces: 0))
    var data: Data { state.withLock(\.data) }
    var text: String { String(decoding: data, as: UTF8.self) }
    var pieces: Int { state.withLock(\.pieces) }

    func take(_ piece: Data) {
      state.withLock { state in
        state.data += piece
        state.pieces += 1
      }
    }
  }

  private struct Refusal: Error {}

  @Test("Hands the body over while it still comes, and keeps the connection for the next request")
  func piecesCome() async throws {
    let (taken, sink) = (DispatchSemaphore(value: 0), Sink())
    let server = try RawServer { connection in
      while connection.readRequest() != nil {
        connection.send("HTTP/1.1 200 OK\nContent-Length: 10\nX-A: b\n\nfirst")
        taken.wait()
        connection.send("-last")
      }
    }
    try await withTransport { transport in
      for _ in 1...2 {
        let answer = try await transport.receive(HTTPRequest(url: server.url())) { head in
          #expect(head.status == 200)
          #expect(head.headers["x-a"] == "b")
          #expect(head.body.isEmpty)
          return true
        } body: { piece in
          sink.take(piece)
          if sink.text.hasSuffix("first") { taken.signal() }
        }
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
      }
    }
    #expect(sink.text == "first-lastfirst-last")
    #expect(sink.pieces == 4)
    #expect(server.connections == 1)
  }

  @Test("Asks for the bytes as they are stored, and unpacks nothing")
  func nothingIsUnpacked() async throws {
    let pressed = try #require(
      Data(base64Encoded: "H4sIAAAAAAACA6tWyk0tLk5MT1WyUiooAjJTU5RqAS+I0zMVAAAA"))
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: \(pressed.count)\n\n")
      connection.send(pressed)
    }
    let sink = Sink()
    try await withTransport { transport in
      _ = try await transport.receive(HTTPRequest(url: server.url())) { _ in
        true
      } body: {
        sink.take($0)
      }
    }
    #expect(sink.data == pressed)
    #expect(server.requests[0].lowercased().contains("accept-encoding: identity\r\n"))
  }

  @Test("A body that is not wanted in pieces comes with the answer, up to the limit")
  func bodyIsCollected() async throws {
    let server = try RawServer { connection in
      while let request = connection.readRequest() {
        connection.answer(
          request.contains("/long") ? String(repeating: "x", count: 2000) : "not found",
          status: "404 Not Found")
      }
    }
    try await withTransport(TransportLimits(bodyBytes: 1000)) { transport in
      let answer = try await transport.receive(HTTPRequest(url: server.url())) {
        $0.isSuccess
      } body: { _ in
        Issue.record("a piece came")
      }
      #expect(answer.status == 404)
      #expect(String(decoding: answer.body, as: UTF8.self) == "not found")
      let error = await #expect(throws: TransportError.self) {
        _ = try await transport.receive(HTTPRequest(url: server.url("/long"))) { _ in
          false
        } body: { _ in
        }
      }
      #expect(error == .tooLarge(host: "127.0.0.1:\(server.port)", limit: 1000))
    }
  }

  @Test("The server waits while a piece is taken")
  func serverWaits() async throws {
    let size = 64 * 1_048_576
    let chunk = Data(repeating: 7, count: 65_536)
    let sent = Mutex(0)
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nContent-Length: \(size)\n\n")
      for _ in 0..<(size / chunk.count) {
        connection.send(chunk)
        sent.withLock { $0 += chunk.count }
      }
    }
    let received = Mutex(0)
    let furthest = Mutex(0)
    try await withTransport { transport in
      _ = try await transport.receive(HTTPRequest(url: server.url())) { _ in
        true
      } body: { piece in
        // Slower than the server, which does nothing but send.
        var sum = 0
        for place in stride(from: 0, to: piece.count, by: 32) { sum += Int(piece[place]) }
        let total = received.withLock { total in
          total += piece.count
          return sum > 0 ? total : 0
        }
        furthest.withLock { [sent = sent.withLock { $0 }] in $0 = max($0, sent - total) }
      }
    }
    #expect(received.withLock { $0 } == size)
    // What the system's buffers hold, and no more.
    let ahead = furthest.withLock { $0 }
    #expect(ahead < 24 * 1_048_576, "the server was \(ahead) bytes ahead")
  }

  @Test("The request's own limit counts until the head is there, and not after")
  func limitCountsForTheHead() async throws {
    let limit = Duration.milliseconds(300)
    let server = try RawServer { connection in
      guard let request = connection.readRequest() else { return }
      guard !request.contains("/silent") else { return connection.waitForClose() }
      connection.send("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 2\n\na")
      Self.pause(.milliseconds(450))
      connection.send("b")
    }
    let late = TransportError.timedOut(host: "127.0.0.1:\(server.port)", after: limit)
    try await withTransport { transport in
      // On a busy machine even the head can come late, which says nothing.
      for _ in 1...20 {
        let sink = Sink()
        let hasHead = Mutex(false)
        do {
          _ = try await transport.receive(HTTPRequest(url: server.url(), timeout: limit)) { _ in
            hasHead.withLock { $0 = true }
            return true
          } body: {
            sink.take($0)
          }
        } catch let error as TransportError where error == late && !hasHead.withLock({ $0 }) {
          continue
        }
        #expect(sink.text == "ab")
        break
      }
      await #expect(throws: late) {
        _ = try await transport.receive(HTTPRequest(url: server.url("/silent"), timeout: limit)) {
          _ in
          true
        } body: { _ in
        }
      }
    }
  }

  @Test("The idle limit counts while the server owes a piece, not while one is taken")
  func idleLimitIsTheServers() async throws {
    let idle = Duration.milliseconds(300)
    var text = ""
    // On a busy machine each piece can come late, which says nothing.
    for _ in 1...20 where text != "ab" {
      let (waited, waitedSignal) = AsyncStream.makeStream(of: Void.self)
      let isTaken = DispatchSemaphore(value: 0)
      let server = try RawServer { connection in
        connection.readRequest()
        connection.send("HTTP/1.1 200 OK\nContent-Length: 3\n\na")
        Self.pause(.milliseconds(450))
        waitedSignal.finish()
        isTaken.wait()
        connection.send("b")
        connection.waitForClose()
      }
      let sink = Sink()
      try await withTransport(TransportLimits(idle: idle)) { transport in
        await #expect(
          throws: TransportError.timedOut(host: "127.0.0.1:\(server.port)", after: idle)
        ) {
          _ = try await transport.receive(HTTPRequest(url: server.url())) { _ in
            true
          } body: { piece in
            for await _ in waited {}
            sink.take(piece)
            isTaken.signal()
          }
        }
      }
      isTaken.signal()
      text = sink.text
    }
    #expect(text == "ab")
  }

  /// Lets a server take its time, on its own thread.
  private static func pause(_ length: DispatchTimeInterval) {
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + length)
  }

  @Test(
    "A body that is cut short is a lost connection, after the pieces that came",
    arguments: [
      "HTTP/1.1 200 OK\nContent-Length: 100\n\nabc",
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n5\nde",
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n",
    ])
  func cutIsAnError(answer: String) async throws {
    for isReset in [false, true] {
      let isTaken = DispatchSemaphore(value: 0)
      let server = try RawServer { connection in
        connection.readRequest()
        connection.send(answer)
        isTaken.wait()
        if isReset { connection.reset() }
      }
      let sink = Sink()
      try await withTransport { transport in
        let error = await #expect(throws: TransportError.self) {
          _ = try await transport.receive(HTTPRequest(url: server.url())) { _ in
            true
          } body: { piece in
            sink.take(piece)
            isTaken.signal()
          }
        }
        guard case .connectionLost = error else {
          Issue.record("unexpected: \(String(describing: error))")
          return
        }
      }
      #expect(sink.text.hasPrefix("abc"))
    }
  }

  @Test("A body without a length ends with its connection")
  func bodyEndsWithItsConnection() async throws {
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nConnection: close\n\nall of it")
    }
    let sink = Sink()
    try await withTransport { transport in
      _ = try await transport.receive(HTTPRequest(url: server.url())) { _ in
        true
      } body: {
        sink.take($0)
      }
    }
    #expect(sink.text == "all of it")
  }

  @Test("Cancelling ends it at once, and closes the connection")
  func cancellationEndsIt() async throws {
    let (started, startedSignal) = AsyncStream.makeStream(of: Void.self)
    let (closed, closedSignal) = AsyncStream.makeStream(of: Void.self)
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nContent-Length: 100\n\nabc")
      connection.waitForClose()
      closedSignal.finish()
    }
    try await withTransport { transport in
      let task = Task {
        try await transport.receive(HTTPRequest(url: server.url())) { _ in
          true
        } body: { _ in
          startedSignal.finish()
        }
      }
      for await _ in started {}
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      for await _ in closed {}
    }
    #expect(server.connections == 1)
  }

  @Test("What the taker throws comes through, and closes the connection", arguments: [true, false])
  func takersErrorComesThrough(isOfTheHead: Bool) async throws {
    let (closed, closedSignal) = AsyncStream.makeStream(of: Void.self)
    let server = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nContent-Length: 100\n\nabc")
      connection.waitForClose()
      closedSignal.finish()
    }
    try await withTransport { transport in
      await #expect(throws: Refusal.self) {
        _ = try await transport.receive(HTTPRequest(url: server.url())) { _ in
          if isOfTheHead { throw Refusal() }
          return true
        } body: { _ in
          throw Refusal()
        }
      }
      for await _ in closed {}
    }
    #expect(server.connections == 1)
  }

  @Test("A transport that knows only whole answers hands them over as one piece")
  func wholeAnswersDo() async throws {
    struct Whole: HTTPTransport {
      func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        #expect(request.headers["Accept-Encoding"] == "identity")
        return HTTPResponse(
          status: request.url == "/a" ? 200 : 404, headers: ["A": "b"], body: Data("abc".utf8))
      }
    }
    let sink = Sink()
    let good = try await Whole().receive(HTTPRequest(url: "/a")) {
      $0.isSuccess
    } body: {
      sink.take($0)
    }
    #expect(good == HTTPResponse(status: 200, headers: ["A": "b"]))
    #expect(sink.text == "abc")
    let bad = try await Whole().receive(HTTPRequest(url: "/b")) {
      $0.isSuccess
    } body: {
      sink.take($0)
    }
    #expect(String(decoding: bad.body, as: UTF8.self) == "abc")
    #expect(sink.pieces == 1)
  }
}
