import Foundation
import Synchronization
import Testing
import Transport

@Suite("Downloads over several requests")
struct DownloadTests {
  /// Answers one request with a head and pieces.
  private struct Once: HTTPTransport {
    var head: HTTPResponse
    var pieces: [String] = []
    var ending: TransportError?

    func send(_ request: HTTPRequest) async throws -> HTTPResponse { head }

    func receive(
      _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
      body: @Sendable (Data) async throws -> Void
    ) async throws -> HTTPResponse {
      guard try deciding(head) else {
        var whole = head
        whole.body = Data(pieces.joined().utf8)
        return whole
      }
      for piece in pieces { try await body(Data(piece.utf8)) }
      if let ending { throw ending }
      return head
    }
  }

  /// A file as its taker would write it.
  private final class File: Sendable {
    private let state: Mutex<(text: String, heads: [DownloadHead])>

    init(_ text: String = "") { state = Mutex((text, [])) }

    var text: String { state.withLock(\.text) }
    var heads: [DownloadHead] { state.withLock(\.heads) }

    func begin(_ head: DownloadHead) {
      state.withLock { state in
        state.heads.append(head)
        state.text = String(state.text.prefix(head.offset))
      }
    }

    func take(_ piece: Data) {
      state.withLock { $0.text += String(decoding: piece, as: UTF8.self) }
    }
  }

  @discardableResult
  private func receive(
    _ download: Download, _ file: File, _ status: Int, _ headers: HTTPHeaders = [:],
    _ pieces: [String] = [], ending: TransportError? = nil
  ) async throws -> HTTPResponse {
    let transport = Once(
      head: HTTPResponse(status: status, headers: headers), pieces: pieces, ending: ending)
    return try await download.receive(
      download.asking(HTTPRequest(url: "https://h/f")), through: transport
    ) {
      file.begin($0)
    } body: {
      file.take($0)
    }
  }

  private static let lost = TransportError.connectionLost(host: "h", reason: "cut")

  @Test("What breaks off goes on where it stopped, without a new beginning")
  func goesOn() async throws {
    let (download, file) = (Download(from: 0, validator: nil), File())
    #expect(download.asking(HTTPRequest(url: "u")).headers.fields.isEmpty)
    await #expect(throws: Self.lost) {
      try await receive(
        download, file, 200, ["Content-Length": "10", "ETag": #""a""#], ["abc", "d"],
        ending: Self.lost)
    }
    #expect(download.position == 4)
    let asked = download.asking(HTTPRequest(url: "u"))
    #expect(asked.headers["Range"] == "bytes=4-")
    #expect(asked.headers["If-Range"] == #""a""#)
    try await receive(
      download, file, 206, ["Content-Range": "bytes 4-9/10", "ETag": #""a""#], ["efg", "hij"])
    #expect(download.step == .finished)
    #expect(file.text == "abcdefghij")
    #expect(file.heads == [DownloadHead(offset: 0, total: 10, validator: #""a""#)])
  }

  @Test("Goes on with what is there from earlier")
  func goesOnFromEarlier() async throws {
    let (download, file) = (Download(from: 3, validator: #""a""#), File("abc"))
    try await receive(download, file, 206, ["Content-Range": "bytes 3-5/6"], ["def"])
    #expect(file.text == "abcdef")
    #expect(file.heads == [DownloadHead(offset: 3, total: 6, validator: #""a""#)])
  }

  @Test("A whole answer in place of the rest begins anew")
  func wholeAnswerBeginsAnew() async throws {
    let (download, file) = (Download(from: 3, validator: #""a""#), File("xyz"))
    try await receive(
      download, file, 200, ["Content-Length": "4", "ETag": #""b""#], ["abcd"])
    #expect(file.text == "abcd")
    #expect(file.heads == [DownloadHead(offset: 0, total: 4, validator: #""b""#)])
  }

  @Test(
    "A part that does not fit is not taken, and the whole is asked for",
    arguments: [
      ["Content-Range": "bytes 2-5/6"], [:], ["Content-Range": "bytes */6"],
      ["Content-Range": "lines 3-5/6"], ["Content-Range": "bytes 3-5/6", "ETag": #""b""#],
      ["Content-Range": "bytes 3-5/99999999999999999999", "ETag": #""b""#],
    ] as [HTTPHeaders])
  func partThatDoesNotFit(headers: HTTPHeaders) async throws {
    let (download, file) = (Download(from: 3, validator: #""a""#), File("abc"))
    try await receive(download, file, 206, headers, ["def"])
    #expect(download.step == .unfit)
    #expect(file.heads.isEmpty)
    #expect(download.asking(HTTPRequest(url: "u")).headers["Range"] == nil)
    try await receive(download, file, 200, [:], ["ABCDEF"])
    #expect(download.step == .finished)
    #expect(file.text == "ABCDEF")
    #expect(file.heads == [DownloadHead(offset: 0)])
  }

  @Test("A part of something of another size does not fit")
  func partOfAnotherSize() async throws {
    let (download, file) = (Download(from: 0, validator: nil), File())
    await #expect(throws: Self.lost) {
      try await receive(
        download, file, 200, ["Content-Length": "10"], ["abc"], ending: Self.lost)
    }
    try await receive(download, file, 206, ["Content-Range": "bytes 3-10/11"], ["defghijk"])
    #expect(download.step == .unfit)
  }

  @Test("Nothing is missing where the range begins at the end")
  func nothingIsMissing() async throws {
    let (download, file) = (Download(from: 3, validator: #""a""#), File("abc"))
    try await receive(download, file, 416, ["Content-Range": "bytes */3"])
    #expect(download.step == .finished)
    #expect(file.text == "abc")
    #expect(file.heads == [DownloadHead(offset: 3, total: 3, validator: #""a""#)])
  }

  @Test(
    "Where more is there than the server has, the whole is asked for",
    arguments: [["Content-Range": "bytes */2"], [:]] as [HTTPHeaders])
  func moreIsThere(headers: HTTPHeaders) async throws {
    let (download, file) = (Download(from: 3, validator: nil), File("abc"))
    try await receive(download, file, 416, headers)
    #expect(download.step == .unfit)
    #expect(download.position == 0)
  }

  @Test("Something empty begins too")
  func emptyBegins() async throws {
    let (download, file) = (Download(from: 0, validator: nil), File())
    try await receive(download, file, 200, ["Content-Length": "0"])
    #expect(download.step == .finished)
    #expect(file.heads == [DownloadHead(offset: 0, total: 0)])
  }

  @Test("A weak tag is no validator, for it does not stand for the very bytes")
  func weakTag() async throws {
    let (download, file) = (Download(from: 0, validator: nil), File())
    try await receive(download, file, 200, ["ETag": #"W/"a""#], ["abc"])
    #expect(file.heads == [DownloadHead(offset: 0)])
    #expect(download.asking(HTTPRequest(url: "u")).headers["If-Range"] == nil)
    #expect(download.asking(HTTPRequest(url: "u")).headers["Range"] == "bytes=3-")
  }

  @Test(
    "Fewer or more bytes than announced are a lost connection, never a silent end",
    arguments: [["abc"], ["abc", "defgh"]])
  func wrongLength(pieces: [String]) async throws {
    let (download, file) = (Download(from: 0, validator: nil), File())
    let error = await #expect(throws: TransportError.self) {
      try await receive(download, file, 200, ["Content-Length": "6"], pieces)
    }
    guard case .connectionLost("h", let reason) = error else {
      Issue.record("unexpected: \(String(describing: error))")
      return
    }
    #expect(reason.contains("instead of 6"))
  }

  @Test("A part shorter than asked is gone on with", arguments: [nil, #""a""#])
  func shortPart(tag: String?) async throws {
    let (download, file) = (Download(from: 2, validator: tag), File("ab"))
    await #expect(throws: TransportError.self) {
      try await receive(download, file, 206, ["Content-Range": "bytes 2-3/6"], ["cd"])
    }
    try await receive(download, file, 206, ["Content-Range": "bytes 4-5/6"], ["ef"])
    #expect(file.text == "abcdef")
    #expect(file.heads.count == 1)
  }

  @Test("Any other answer comes with its body", arguments: [302, 403, 404, 416, 500, 204, 206])
  func otherAnswers(status: Int) async throws {
    let (download, file) = (Download(from: 0, validator: nil), File())
    let answer = try await receive(download, file, status, [:], ["why"])
    #expect(download.step == .other)
    #expect(String(decoding: answer.body, as: UTF8.self) == "why")
    #expect(file.heads.isEmpty)
  }

  @Test("Failures are counted anew after each mebibyte")
  func failuresAreCounted() async throws {
    let (download, file) = (Download(from: 0, validator: nil), File())
    #expect(download.noteFailure() == 1)
    func cut(_ position: Int, _ count: Int) async throws {
      let headers: HTTPHeaders =
        position == 0 ? [:] : ["Content-Range": "bytes \(position)-4000000/*"]
      await #expect(throws: Self.lost) {
        try await receive(
          download, file, position == 0 ? 200 : 206, headers,
          [String(repeating: "x", count: count)], ending: Self.lost)
      }
    }
    try await cut(0, 500_000)
    #expect(download.noteFailure() == 2)
    try await cut(500_000, 600_000)
    #expect(download.noteFailure() == 1)
    // What comes a second time is no progress.
    try await receive(download, file, 206, [:])
    #expect(download.step == .unfit)
    try await cut(0, 1_100_000)
    #expect(download.noteFailure() == 2)
    #expect(download.noteFailure() == 3)
  }

  @Test("A server that falls silent is asked again only once something had come")
  func silence() async throws {
    let (download, file) = (Download(from: 5, validator: nil), File())
    let silence = TransportError.timedOut(host: "h", after: .seconds(1))
    #expect(!download.mayGoOn(after: silence))
    #expect(download.mayGoOn(after: Self.lost))
    #expect(!download.mayGoOn(after: .invalidURL("x")))
    await #expect(throws: silence) {
      try await receive(download, file, 200, [:], ["a"], ending: silence)
    }
    #expect(download.mayGoOn(after: silence))
  }
}
