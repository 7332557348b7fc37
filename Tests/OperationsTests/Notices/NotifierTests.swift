import Deploys
import Foundation
import Operations
import Store
import Testing
import Transport

@Suite("Giving notice")
struct NotifierTests {
  private let settings = NoticeSettings(
    rings: true, showsOnDesktop: true, webhookVariable: "HOOK")
  private let events = (1...8).map { NoticeFixture.event(id: $0) }

  @Test("Each event goes out once in each way, though several programs see it at once")
  func onceAmongMany() async throws {
    let folder = try Scene.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let servers = StubServers()
    servers.on("://", .json("ok"))
    let news = try await withThrowingTaskGroup(of: [NoticeNews].self) { group in
      for _ in 0..<4 {
        group.addTask { [events, settings] in
          let database = try StateDatabase.open(at: "\(folder)/state/cdtop.sqlite")
          return await NoticeFixture.news(
            of: events + events, settings, ledger: database.notices, servers: servers)
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(servers.requests("://").count == events.count)
    #expect(Set(servers.requests("://").map(\.body)).count == 1)
    #expect(news.terminal.count == events.count)
    #expect(news.troubles.isEmpty)
  }

  @Test("Without a ledger each event goes out once in this program")
  func onceAlone() async {
    let servers = StubServers()
    servers.on("://", .json("ok"))
    let other = NoticeFixture.event(attempt: 2, id: 1)
    let news = await NoticeFixture.news(
      of: events + [other] + events, settings, servers: servers)
    #expect(servers.requests("://").count == events.count + 1)
    #expect(news.terminal.count == events.count + 1)
  }

  @Test("An event that was claimed by a program that died is not told again")
  func claimed() async throws {
    let ledger = try StateDatabase.inMemory().notices
    #expect(try ledger.claim(event: "acme/shop/1/1/failed", channel: "webhook HOOK"))
    let servers = StubServers()
    servers.on("://", .json("ok"))
    let news = await NoticeFixture.news(
      of: [events[0]], settings, ledger: ledger, servers: servers)
    #expect(servers.requests("://").isEmpty)
    #expect(news.terminal.count == 1)
  }

  @Test("Where nobody can tell whether it was told, the terminal rings and nothing else is sent")
  func brokenLedger() async throws {
    let folder = try Scene.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/cdtop.sqlite"
    let ledger = try StateDatabase.open(at: path, patience: .milliseconds(20)).notices
    let servers = StubServers()
    servers.on("://", .json("ok"))
    let descriptor = try Self.hold(path)
    defer { close(descriptor) }
    let news = await NoticeFixture.news(
      of: [events[0]], settings, ledger: ledger, servers: servers)
    #expect(news.terminal.count == 1)
    #expect(servers.requests("://").isEmpty)
    #expect(
      news.troubles.map(\.message) == [
        "no notice that shop to prd failed: whether another cdtop gave it cannot be known, "
          + "for \(path) is in use by another process that does not let go of it"
      ])
  }

  /// Takes SQLite's lock on writing, as another process that never lets go of it.
  ///
  /// It is the byte 120 of the file beside the write-ahead log; a lock of an open file stands
  /// against those of its own process too. Source: <https://www.sqlite.org/walformat.html>
  private static func hold(_ path: String) throws -> Int32 {
    let descriptor = open("\(path)-shm", O_RDWR)
    try #require(descriptor >= 0)
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 120
    lock.l_len = 1
    // `F_OFD_SETLK`, which the C library's module leaves out.
    #if canImport(Darwin)
    let command: Int32 = 90
    #else
    let command: Int32 = 37
    #endif
    try #require(fcntl(descriptor, command, &lock) == 0)
    return descriptor
  }

  @Test("One way's failure or slowness stops no other")
  func independence() async throws {
    let servers = StubServers()
    servers.on("://", .silence)
    let notifier = Notifier(
      settings: NoticeSettings(
        rings: true, command: ["/no/such/program"], webhookVariable: "HOOK"),
      ledger: nil, transport: servers, userAgent: "cdtop/test",
      environment: ["HOOK": NoticeFixture.secret])
    let running = Task { await notifier.run() }
    notifier.post([events[0], events[1]])
    var news: [NoticeNews] = []
    for await one in notifier.news {
      news.append(one)
      if news.count == 4 { break }
    }
    #expect(news.terminal == ["\u{7}", "\u{7}"])
    #expect(news.troubles.count == 2)
    running.cancel()
    await running.value
    #expect(servers.requests("://").count <= 1)
  }

  @Test("Starts reach the webhook and not the terminal, in order before the end")
  func starts() async {
    let servers = StubServers()
    servers.on("://", .json("ok"))
    let news = await NoticeFixture.news(
      of: [
        NoticeFixture.event(.started, conclusion: nil),
        NoticeFixture.event(.succeeded, conclusion: .success),
      ], settings, servers: servers)
    #expect(news.terminal.count == 1)
    let texts = servers.requests("://").map { String(decoding: $0.body, as: UTF8.self) }
    #expect(texts.count == 2)
    #expect(texts.first?.contains("(1 / 2)") == true)
    #expect(texts.last?.contains("(2 / 2)") == true)
  }

  @Test("With everything switched off nothing happens")
  func silence() async {
    let servers = StubServers()
    #expect(
      await NoticeFixture.news(of: events, NoticeSettings(), servers: servers).isEmpty)
    #expect(servers.requests("://").isEmpty)
  }
}
