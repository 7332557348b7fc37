import Deploys
import Foundation
import Synchronization
import Testing
import Transport

@testable import AWS

@Suite struct ObjectDownloadTests {
  private let place = S3Location(bucket: "shop-dev", key: "failures/shop:0a 1b+ü한/a&b.txt")
  private static let content = Data("0123456789abcdef".utf8)

  /// Serves the object in pieces of four bytes, and breaks off where it is told to.
  private final class Storage: HTTPTransport {
    struct Reply {
      var response: HTTPResponse
      var ending: TransportError?
    }

    private let answer: @Sendable (HTTPRequest, Int) -> Reply
    private let log = Mutex<[HTTPRequest]>([])

    init(_ answer: @escaping @Sendable (HTTPRequest, Int) -> Reply) { self.answer = answer }

    var sent: [HTTPRequest] { log.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse { next(request).response }

    func receive(
      _ request: HTTPRequest, deciding: @Sendable (HTTPResponse) throws -> Bool,
      body: @Sendable (Data) async throws -> Void
    ) async throws -> HTTPResponse {
      let reply = next(request)
      var rest = reply.response.body
      guard
        try deciding(HTTPResponse(status: reply.response.status, headers: reply.response.headers))
      else { return reply.response }
      while !rest.isEmpty {
        try await body(Data(rest.prefix(4)))
        rest = rest.dropFirst(4)
      }
      if let ending = reply.ending { throw ending }
      return HTTPResponse(status: reply.response.status, headers: reply.response.headers)
    }

    private func next(_ request: HTTPRequest) -> Reply {
      answer(
        request,
        log.withLock {
          $0.append(request); return $0.count
        })
    }
  }

  private static func object(_ request: HTTPRequest, cutAfter cut: Int? = nil) -> Storage.Reply {
    let start = request.headers["Range"].flatMap { Int($0.dropFirst(6).dropLast()) } ?? 0
    var headers: HTTPHeaders = ["ETag": #""v1""#]
    guard start < content.count else {
      headers["Content-Range"] = "bytes */\(content.count)"
      return Storage.Reply(
        response: .text("<Error><Code>InvalidRange</Code></Error>", status: 416, headers: headers))
    }
    if start > 0 {
      headers["Content-Range"] = "bytes \(start)-\(content.count - 1)/\(content.count)"
    }
    headers["Content-Length"] = "\(content.count - start)"
    let body = Data(content[start...])
    return Storage.Reply(
      response: HTTPResponse(
        status: start > 0 ? 206 : 200, headers: headers, body: cut.map { body.prefix($0) } ?? body),
      ending: cut.map { _ in .connectionLost(host: request.host, reason: "cut") })
  }

  /// What is taken, and how it was begun.
  private final class Taken: Sendable {
    private let state: Mutex<(text: String, heads: [DownloadHead])>
    init(_ text: String = "") { state = Mutex((text, [])) }
    var text: String { state.withLock(\.text) }
    var heads: [DownloadHead] { state.withLock(\.heads) }
    func begin(_ head: DownloadHead) {
      state.withLock {
        $0.heads.append(head)
        $0.text = String($0.text.prefix(head.offset))
      }
    }
    func take(_ piece: Data) {
      state.withLock { $0.text += String(decoding: piece, as: UTF8.self) }
    }
  }

  private func client(
    _ storage: Storage, waits: Waits = Waits(),
    credentials: any CredentialProvider = FixedProvider()
  ) throws -> AWSClient {
    try AWSClients(
      environment: ["HOME": "/home/kim"], transport: storage, now: { testTime },
      credentials: credentials, files: files([:]), sleep: { waits.wait($0) },
      generator: { Largest() }
    ).client(for: seoul)
  }

  private func download(
    _ client: AWSClient, _ taken: Taken, from offset: Int = 0, validator: String? = nil
  ) async throws {
    try await client.download(place, from: offset, validator: validator) {
      taken.begin($0)
    } body: {
      taken.take($0)
    }
  }

  @Test func readsAnObjectWithASignedRequest() async throws {
    let (storage, taken) = (Storage { request, _ in Self.object(request) }, Taken())
    try await download(try client(storage), taken, from: 4, validator: #""v1""#)
    #expect(taken.text == "456789abcdef")
    #expect(taken.heads == [DownloadHead(offset: 4, total: 16, validator: #""v1""#)])
    let request = try #require(storage.sent.first)
    #expect(
      request.url == "https://shop-dev.s3.ap-northeast-2.amazonaws.com/failures/"
        + "shop%3A0a%201b%2B%C3%BC%ED%95%9C/a%26b.txt")
    #expect(request.headers["Range"] == "bytes=4-")
    #expect(request.headers["If-Range"] == #""v1""#)
    let signature = try #require(request.headers["Authorization"])
    #expect(signature.contains("SignedHeaders=host;if-range;range;x-amz-content-sha256;x-amz-date"))
  }

  @Test func goesOnWhereItIsCut() async throws {
    let storage = Storage { request, number in
      Self.object(request, cutAfter: number < 3 ? 5 : nil)
    }
    let (taken, waits) = (Taken(), Waits())
    try await download(try client(storage, waits: waits), taken)
    #expect(taken.text == "0123456789abcdef")
    #expect(taken.heads.count == 1)
    #expect(storage.sent.map { $0.headers["Range"] } == [nil, "bytes=5-", "bytes=10-"])
    // Each request is signed anew.
    #expect(Set(storage.sent.map { $0.headers["Authorization"] }).count == 3)
    #expect(waits.durations == [.seconds(1), .seconds(2)])
  }

  @Test func endsWhereItIsAlwaysCut() async throws {
    let storage = Storage { request, _ in Self.object(request, cutAfter: 1) }
    let client = try client(storage)
    let error = await failure { try await download(client, Taken()) }
    guard case .transport(let call, .connectionLost)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(call.what == "s3:GetObject on \(place)")
    #expect(storage.sent.count == 3)
  }

  @Test func readsNothingWhereAllIsThere() async throws {
    let (storage, taken) = (
      Storage { request, _ in Self.object(request) }, Taken("0123456789abcdef")
    )
    try await download(try client(storage), taken, from: 16, validator: #""v1""#)
    #expect(taken.text == "0123456789abcdef")
    #expect(taken.heads == [DownloadHead(offset: 16, total: 16, validator: #""v1""#)])
    #expect(storage.sent.count == 1)
  }

  @Test func beginsAnewWhereTheObjectHasChanged() async throws {
    let (storage, taken) = (Storage { request, _ in Self.object(request) }, Taken("old"))
    try await download(try client(storage), taken, from: 3, validator: #""v0""#)
    #expect(taken.text == "0123456789abcdef")
    #expect(taken.heads.map(\.offset) == [0])
    #expect(storage.sent.map { $0.headers["Range"] } == ["bytes=3-", nil])
  }

  @Test func waitsWhereItIsThrottledAndRenewsCredentials() async throws {
    let storage = Storage { request, number in
      switch number {
      case 1:
        Storage.Reply(
          response: .text(
            "<Error><Code>SlowDown</Code></Error>", status: 503, headers: ["Retry-After": "3"]))
      case 2:
        Storage.Reply(
          response: .text("<Error><Code>ExpiredToken</Code></Error>", status: 400))
      default: Self.object(request)
      }
    }
    let (taken, waits) = (Taken(), Waits())
    try await download(try client(storage, waits: waits, credentials: Renewing()), taken)
    #expect(taken.text == "0123456789abcdef")
    #expect(waits.durations == [.seconds(3)])
  }

  @Test(arguments: [
    (404, "NoSuchKey", "not found: s3://shop-dev/failures/shop:0a 1b+ü한/a&b.txt"),
    (403, "AccessDenied", "access denied: s3:GetObject on s3://shop-dev/failures"),
    (403, "InvalidObjectState", "refused (InvalidObjectState): s3:GetObject on s3://"),
    (500, "InternalError", "server error 500: s3:GetObject on s3://"),
  ])
  func saysWhatFails(_ status: Int, _ code: String, _ words: String) async throws {
    let storage = Storage { _, _ in
      Storage.Reply(
        response: .text("<Error><Code>\(code)</Code></Error>", status: status))
    }
    let client = try client(storage)
    let error = await failure { try await download(client, Taken()) }
    #expect(error?.message.hasPrefix(words) == true, "\(String(describing: error?.message))")
    #expect(storage.sent.count == (status == 500 ? 3 : 1))
  }

  @Test func theTakersErrorComesThrough() async throws {
    struct DiskFull: Error {}
    let storage = Storage { request, _ in Self.object(request) }
    let client = try client(storage)
    await #expect(throws: DiskFull.self) {
      try await client.download(place) { _ in
      } body: { _ in
        throw DiskFull()
      }
    }
    #expect(storage.sent.count == 1)
  }

  @Test func aPlaceWithoutNamesIsRefused() async throws {
    let storage = Storage { request, _ in Self.object(request) }
    let client = try client(storage)
    let error = await failure {
      try await client.download(S3Location(bucket: "b", key: "")) { _ in
      } body: { _ in
      }
    }
    #expect(error?.message.contains("names no bucket or no key") == true)
    #expect(storage.sent.isEmpty)
  }
}

/// Gives other keys each time.
private final class Renewing: CredentialProvider {
  private let count = Mutex(0)

  func credentials(for scope: AWSScope) async throws -> Credentials {
    Credentials(
      accessKeyID: "AKIDTESTTESTTEST\(count.withLock { $0 })", secretAccessKey: "secret")
  }

  func discard(_ credentials: Credentials, for scope: AWSScope) async {
    count.withLock { $0 += 1 }
  }
}
