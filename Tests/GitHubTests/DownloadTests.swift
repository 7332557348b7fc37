import Deploys
import Foundation
import GitHub
import Synchronization
import Testing
import Transport

@Suite("Downloads")
struct DownloadTests {
  private static let link = "https://blobs.example/log?se=1&sig=SECRETSIG"
  private static let log = "0123456789abcdef"

  private func client(
    _ transport: StorageTransport, clock: ManualClock = ManualClock(),
    apiURL: String = "https://api.github.com"
  ) throws -> GitHubClient {
    GitHubClient(
      apiURL: apiURL,
      credential: try GitHubCredential(token: Fixtures.token, source: "GITHUB_TOKEN"),
      transport: transport, userAgent: "cdtop/test", now: { clock.now },
      sleep: { clock.sleep($0) })
  }

  private func download(
    _ client: GitHubClient, into file: TakenFile, from offset: Int = 0, validator: String? = nil,
    _ what: GitHubFile = .jobLog(Fixtures.repository, job: 5)
  ) async throws {
    try await client.download(what, from: offset, validator: validator) {
      file.begin($0)
    } body: {
      file.take($0)
    }
  }

  /// The error of a download that must fail, which must tell neither token nor signature.
  private func failure(
    _ transport: StorageTransport, clock: ManualClock = ManualClock()
  ) async throws -> GitHubError {
    let client = try client(transport, clock: clock)
    let error = try await #require(throws: GitHubError.self) {
      try await download(client, into: TakenFile())
    }
    let told = "\(error) \(error.message) \(error.remedy)"
    #expect(!told.contains("SECRETSIG"))
    #expect(!told.contains(Fixtures.token))
    return error
  }

  /// GitHub sends on to the link, whose place answers by a function of its own requests' number.
  private func world(
    _ storage: @escaping @Sendable (HTTPRequest, Int) throws -> StorageTransport.Reply
  ) -> StorageTransport {
    let count = Count()
    return StorageTransport { request, _ in
      guard request.host != "api.github.com" else { return .link(Self.link) }
      return try storage(request, count.next())
    }
  }

  @Test(
    "Asks GitHub with the token, and the place that it names without",
    arguments: [
      (
        GitHubFile.jobLog(Fixtures.repository, job: 5), "actions/jobs/5/logs"
      ),
      (.attemptLogs(Fixtures.key, attempt: 2), "actions/runs/42/attempts/2/logs"),
      (.artifact(Fixtures.repository, id: 9), "actions/artifacts/9/zip"),
    ])
  func followsTheLink(what: GitHubFile, path: String) async throws {
    let world = world { request, _ in .file(Self.log, to: request) }
    let file = TakenFile()
    let client = try client(world)
    try await download(client, into: file, from: 4, validator: #""v1""#, what)
    let (api, blob) = (try #require(world.requests.first), try #require(world.requests.last))
    #expect(api.url == "https://api.github.com/repos/acme/shop/\(path)")
    #expect(api.headers["Authorization"] == "Bearer \(Fixtures.token)")
    #expect(api.headers["Range"] == nil)
    #expect(blob.url == Self.link)
    #expect(blob.headers["Authorization"] == nil)
    #expect(blob.headers["Range"] == "bytes=4-")
    #expect(blob.headers["If-Range"] == #""v1""#)
    #expect(file.heads == [DownloadHead(offset: 4, total: 16, validator: #""v1""#)])
    #expect(file.text == "456789abcdef")
    #expect(client.counts.sent == 2)
    #expect(client.counts.charged == 1)
  }

  @Test("What is cut goes on behind a new link, and is begun once")
  func cutGoesOn() async throws {
    let world = world { request, number in
      .file(Self.log, to: request, cutAfter: number < 3 ? 5 : nil)
    }
    let (file, clock) = (TakenFile(), ManualClock())
    try await download(try client(world, clock: clock), into: file)
    #expect(file.text == Self.log)
    #expect(file.heads == [DownloadHead(offset: 0, total: 16, validator: #""v1""#)])
    #expect(world.places == Array(repeating: ["api", "blobs.example"], count: 3).flatMap(\.self))
    let blobs = world.requests.filter { $0.host != "api.github.com" }
    #expect(blobs.map { $0.headers["Range"] } == [nil, "bytes=5-", "bytes=10-"])
    #expect(blobs.dropFirst().allSatisfy { $0.headers["If-Range"] == #""v1""# })
    #expect(clock.sleeps.count == 2)
  }

  @Test("What is always cut ends with the cut")
  func alwaysCutEnds() async throws {
    let world = world { request, _ in .file(Self.log, to: request, cutAfter: 1) }
    let error = try await failure(world)
    #expect(error == .transport(.connectionLost(host: "blobs.example", reason: "cut")))
    #expect(world.requests.count == 6)
  }

  @Test("What has changed meanwhile begins anew")
  func changedBeginsAnew() async throws {
    let world = world { request, number in
      // A store that knows no conditions answers the part of the new file.
      number == 1
        ? .file(Self.log, to: request, cutAfter: 5)
        : .file("new file", to: request, etag: #""v2""#)
    }
    let file = TakenFile()
    try await download(try client(world), into: file)
    #expect(file.text == "new file")
    #expect(file.heads.map(\.offset) == [0, 0])
    #expect(file.heads.last?.validator == #""v2""#)
  }

  @Test("Where all is there, nothing is read")
  func allIsThere() async throws {
    let world = world { request, _ in .file(Self.log, to: request) }
    let file = TakenFile(Self.log)
    try await download(try client(world), into: file, from: 16, validator: #""v1""#)
    #expect(file.text == Self.log)
    #expect(file.heads == [DownloadHead(offset: 16, total: 16, validator: #""v1""#)])
  }

  @Test(
    "A link that has run out is renewed once, in the beginning and in the middle",
    arguments: [(403, "AuthenticationFailed"), (404, "BlobNotFound"), (410, "Gone")])
  func linkIsRenewed(status: Int, code: String) async throws {
    let world = world { request, number in
      switch number {
      case 1, 3: .fault(status, code)
      case 2: .file(Self.log, to: request, cutAfter: 8)
      default: .file(Self.log, to: request)
      }
    }
    let (file, clock) = (TakenFile(), ManualClock())
    try await download(try client(world, clock: clock), into: file)
    #expect(file.text == Self.log)
    #expect(file.heads.count == 1)
    #expect(world.requests.count == 8)
    #expect(clock.sleeps.count == 1)
  }

  @Test("What the place says to the new link too is told of the place, not of GitHub")
  func storageIsNamed() async throws {
    let denied = world { _, _ in .fault(403, "AuthenticationFailed") }
    let refusal = try await failure(denied)
    #expect(
      refusal
        == .storage(
          what: "the log of job 5 of acme/shop", host: "blobs.example", status: 403,
          reason: "AuthenticationFailed"))
    #expect(
      refusal.message == "blobs.example, where GitHub keeps it, does not give out the log of job 5 "
        + "of acme/shop (403): AuthenticationFailed")
    #expect(!"\(refusal.message) \(refusal.remedy)".lowercased().contains("permission"))
    #expect(denied.requests.count == 4)
    let missing = try await failure(world { _, _ in .fault(404, "BlobNotFound") })
    #expect(missing.message.contains("does not have it (404)"))
    #expect(missing.remedy.contains("not stored yet, or no longer"))
  }

  @Test("What GitHub itself says is told as of every read")
  func gitHubsAnswers() async throws {
    let what = "the log of job 5 of acme/shop"
    for (status, expected) in [
      (404, GitHubError.notFound(what: what)), (410, .gone(what: what)),
      (401, .unauthorized(host: "api.github.com", source: "GITHUB_TOKEN")),
      (
        403,
        .forbidden(what: what, neededPermission: "Actions: read", message: "Must have admin rights")
      ),
      (
        206,
        .badPayload(
          what: what, host: "api.github.com", detail: "status 206, which was not asked for")
      ),
    ] {
      let world = StorageTransport { _, _ in
        .text(#"{"message":"Must have admin rights"}"#, status: status)
      }
      #expect(try await failure(world) == expected)
      #expect(world.requests.count == 1)
    }
  }

  @Test("A limit stops it, and is kept")
  func limitStopsIt() async throws {
    let world = StorageTransport { _, _ in
      .text("{}", status: 429, headers: ["Retry-After": "60"])
    }
    let client = try client(world)
    for _ in 1...2 {
      let error = try await #require(throws: GitHubError.self) {
        try await download(client, into: TakenFile())
      }
      guard case .rateLimited = error else {
        Issue.record("unexpected: \(error)")
        return
      }
    }
    #expect(world.requests.count == 1)
  }

  @Test("The file itself is taken from a server that sends nobody on")
  func directAnswer() async throws {
    let world = StorageTransport { request, number in
      .file(Self.log, to: request, cutAfter: number == 1 ? 6 : nil)
    }
    let file = TakenFile()
    try await download(try client(world), into: file)
    #expect(file.text == Self.log)
    // Nobody is asked for a part who is asked for a link, so it begins anew.
    #expect(file.heads.map(\.offset) == [0, 0])
    #expect(world.requests.allSatisfy { $0.headers["Range"] == nil })
  }

  @Test("Within GitHub's own origin the token and the range go along", arguments: [301, 307, 308])
  func ownOrigin(status: Int) async throws {
    let world = StorageTransport { request, number in
      number == 1 ? .link("/files/5", status: status) : .file(Self.log, to: request)
    }
    let file = TakenFile(Self.log)
    try await download(try client(world), into: file, from: 4)
    let second = try #require(world.requests.last)
    #expect(second.url == "https://api.github.com/files/5")
    #expect(second.headers["Authorization"] == "Bearer \(Fixtures.token)")
    #expect(second.headers["Range"] == "bytes=4-")
  }

  @Test("The token does not come back once it was left behind")
  func tokenStaysBehind() async throws {
    let world = StorageTransport { request, number in
      switch number {
      case 1: .link(Self.link)
      case 2: .link("https://api.github.com/back")
      default: .file(Self.log, to: request)
      }
    }
    try await download(try client(world), into: TakenFile())
    #expect(world.requests.map { $0.headers["Authorization"] != nil } == [true, false, false])
  }

  @Test("No link leads from https to http, to nowhere or in circles")
  func badLinks() async throws {
    let open = StorageTransport { _, _ in .link("http://blobs.example/log?sig=SECRETSIG") }
    #expect(
      try await failure(open)
        == .moved(
          what: "the log of job 5 of acme/shop", to: "http://blobs.example/log", status: 302))
    let nowhere = StorageTransport { _, _ in .text("", status: 302) }
    guard case .moved = try await failure(nowhere) else {
      Issue.record("a redirect to nowhere")
      return
    }
    let circle = StorageTransport { _, _ in .link(Self.link) }
    guard case .badPayload(_, _, "more than 5 redirects") = try await failure(circle) else {
      Issue.record("a redirect in a circle")
      return
    }
    #expect(circle.requests.count == 6)
  }

  @Test("A server on http may send on to http")
  func openServer() async throws {
    let world = StorageTransport { request, _ in
      request.host == "127.0.0.1:1"
        ? .link("http://localhost:1/_blobs/5") : .file(Self.log, to: request)
    }
    let file = TakenFile()
    try await download(try client(world, apiURL: "http://127.0.0.1:1"), into: file)
    #expect(file.text == Self.log)
    #expect(world.requests.last?.headers["Authorization"] == nil)
  }

  @Test("Failures that may pass are waited for, at GitHub and behind the link")
  func passingFailures() async throws {
    let count = Count()
    let world = StorageTransport { request, _ in
      switch count.next() {
      case 1: .text("", status: 502)
      case 3: .text("", status: 503, headers: ["Retry-After": "7"])
      default: request.host == "api.github.com" ? .link(Self.link) : .file(Self.log, to: request)
      }
    }
    let (file, clock) = (TakenFile(), ManualClock())
    try await download(try client(world, clock: clock), into: file)
    #expect(file.text == Self.log)
    #expect(clock.sleeps.contains(.seconds(7)))
    let down = try await failure(StorageTransport { _, _ in .text("", status: 500) })
    #expect(down == .server(status: 500, host: "api.github.com"))
    let full = try await failure(self.world { _, _ in .fault(503, "ServerBusy") })
    #expect(
      full
        == .storage(
          what: "the log of job 5 of acme/shop", host: "blobs.example", status: 503,
          reason: "ServerBusy"))
  }

  @Test("A place that asks to wait long is not waited for, and GitHub is not held back by it")
  func longWait() async throws {
    let world = world { _, _ in .text("", status: 429, headers: ["Retry-After": "600"]) }
    let client = try client(world)
    await #expect(throws: GitHubError.self) { try await download(client, into: TakenFile()) }
    #expect(client.pausedUntil == nil)
    #expect(world.requests.count == 2)
  }

  @Test("Silence is waited for again only where something had come")
  func silence() async throws {
    let silence = TransportError.timedOut(host: "blobs.example", after: .seconds(20))
    let mute = world { _, _ in throw silence }
    #expect(try await failure(mute) == .transport(silence))
    #expect(mute.requests.count == 2)
    let world = world { request, number in
      var reply = StorageTransport.Reply.file(
        Self.log, to: request, cutAfter: number == 1 ? 4 : nil)
      if number == 1 { reply.ending = silence }
      return reply
    }
    let file = TakenFile()
    try await download(try client(world), into: file)
    #expect(file.text == Self.log)
  }

  @Test("What the taker throws ends it at once, as it is")
  func takersError() async throws {
    struct DiskFull: Error {}
    let world = world { request, _ in .file(Self.log, to: request) }
    let client = try client(world)
    await #expect(throws: DiskFull.self) {
      try await client.download(.jobLog(Fixtures.repository, job: 5)) { _ in
      } body: { _ in
        throw DiskFull()
      }
    }
    await #expect(throws: DiskFull.self) {
      try await client.download(.jobLog(Fixtures.repository, job: 5)) { _ in
        throw DiskFull()
      } body: { _ in
      }
    }
    #expect(world.requests.count == 4)
  }

  @Test("A page or packed bytes in place of the file are refused")
  func notTheFile() async throws {
    for (headers, words) in [
      (["Content-Type": "text/html; charset=utf-8"] as HTTPHeaders, "a page of HTML"),
      (["Content-Encoding": "gzip"], "packed by gzip"),
    ] {
      let error = try await failure(world { _, _ in .text("x", headers: headers) })
      guard case .badPayload(_, "blobs.example", let detail) = error else {
        Issue.record("unexpected: \(error)")
        return
      }
      #expect(detail.contains(words))
    }
  }
}

/// Counts from 1.
private final class Count: Sendable {
  private let last = Mutex(0)

  func next() -> Int {
    last.withLock { last in
      last += 1
      return last
    }
  }
}
