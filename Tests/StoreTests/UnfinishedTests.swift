import Deploys
import Foundation
import Testing

@testable import Store

@Suite("Actions without an outcome")
struct UnfinishedTests {
  let folder: TemporaryFolder
  let clock = HandClock()

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(from origin: AuditOrigin = .current()) throws -> StateDatabase {
    try StateDatabase.open(at: folder.database, origin: origin, now: clock.reading)
  }

  /// What is unfinished, as seen from here, when one action was begun by another origin.
  private func unfinished(from origin: AuditOrigin) throws -> [AuditEntry] {
    _ = try open(from: origin).audit.begin(makeIntent())
    return try open().audit.unfinished()
  }

  @Test("A process that is killed right after the intent leaves it to the next start")
  func killed() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.database as String] in
      let log = try StateDatabase.open(at: path).audit
      try log.finish(try log.begin(makeIntent(summary: "first")), .refused(message: "no"))
      _ = try log.begin(makeIntent(summary: "second"))
      kill(getpid(), SIGKILL)
    }
    let log = try open().audit
    #expect(try log.entries().map(\.intent.summary) == ["second", "first"])
    let entry = try #require(try log.unfinished().first)
    #expect(try log.unfinished().count == 1)
    #expect(entry.intent.summary == "second")
    #expect(entry.origin.process.id != getpid())

    clock.advance(by: 5)
    try log.acknowledge([entry.id])
    #expect(try log.unfinished().isEmpty)
    let shown = try #require(try log.entries().first)
    #expect(shown.acknowledgedAt == noon + 5)
    #expect(shown.outcome == nil)
    try log.finish(entry.id, .unknown(message: "the process was killed"))
    #expect(try log.entries().first?.acknowledgedAt == noon + 5)
  }

  @Test("What a living process has begun is not unfinished, its own included")
  func living() throws {
    let log = try open().audit
    _ = try log.begin(makeIntent())
    #expect(try log.unfinished().isEmpty)
    clock.advance(by: 1_000_000)
    #expect(try open().audit.unfinished().isEmpty)
  }

  @Test("A process that was given an old one's number is not taken for it")
  func recycled() throws {
    var origin = AuditOrigin.current()
    origin.process.start += "1"
    #expect(try unfinished(from: origin).count == 1)
  }

  @Test("A process from before the machine's start has ended")
  func rebooted() throws {
    var origin = AuditOrigin.current()
    origin.process.boot = "an earlier one"
    #expect(try unfinished(from: origin).count == 1)
  }

  @Test("A machine whose name has changed is still the same")
  func renamed() throws {
    var origin = AuditOrigin.current()
    origin.host = "wifi-guest-7"
    #expect(try unfinished(from: origin).isEmpty)
  }

  @Test("Numbers that name no process are no process")
  func noProcess() throws {
    for id: Int32 in [0, -1, .max] {
      var origin = AuditOrigin.current()
      origin.process.id = id
      _ = try open(from: origin).audit.begin(makeIntent())
    }
    #expect(try open().audit.unfinished().count == 3)
  }

  @Test("Another machine's and another container's actions count after an hour")
  func elsewhere() throws {
    var container = AuditOrigin.current()
    container.process.space = "pid:[1]"
    let first = try open(from: makeOrigin()).audit.begin(makeIntent())
    clock.advance(by: 60)
    let second = try open(from: container).audit.begin(makeIntent())
    let log = try open().audit
    #expect(try log.unfinished().isEmpty)
    clock.advance(by: 3540)
    #expect(try log.unfinished().map(\.id) == [first])
    clock.advance(by: 60)
    #expect(try log.unfinished().map(\.id) == [second, first])
    // Its machine may still know better.
    try open(from: makeOrigin()).audit.finish(first, .done(message: "ok", run: nil))
    #expect(try log.unfinished().map(\.id) == [second])
  }

  @Test("Where the system tells nothing, the host's name and the number decide")
  func unknownSystem() {
    let here = makeOrigin(host: "mac", id: 1, start: "", boot: "")
    let alive = makeOrigin(host: "mac", id: getpid(), start: "", boot: "")
    let other = makeOrigin(host: "other", id: getpid(), start: "", boot: "")
    #expect(ProcessTable.state(of: alive, seenFrom: here) == .running)
    #expect(ProcessTable.state(of: other, seenFrom: here) == .elsewhere)
  }

  @Test("Acknowledging leaves finished entries and earlier acknowledgements as they are")
  func acknowledge() throws {
    let log = try open().audit
    let finished = try log.begin(makeIntent())
    try log.finish(finished, .done(message: "ok", run: nil))
    let open = try log.begin(makeIntent())
    try log.acknowledge([finished, open, AuditID(rawValue: 99)])
    clock.advance(by: 9)
    try log.acknowledge([open, open])
    #expect(try log.entries().map(\.acknowledgedAt) == [noon, nil])
    try log.acknowledge([])
  }

  @Test("A process is known by more than its number")
  func current() {
    let origin = AuditOrigin.current()
    #expect(!origin.user.isEmpty && !origin.host.isEmpty)
    #expect(!origin.process.start.isEmpty && !origin.process.boot.isEmpty)
    #expect(origin == .current())
    #expect(ProcessTable.start(of: getppid()) != nil)
  }
}
