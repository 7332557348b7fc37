import Deploys
import Foundation
import GRDB
import Testing

@testable import Store

@Suite("The audit log")
struct AuditLogTests {
  let clock = HandClock()
  let database: StateDatabase
  var log: AuditLog { database.audit }

  init() throws {
    database = try StateDatabase.inMemory(now: clock.reading)
  }

  @Test("gives back what was written down, with where it came from")
  func intent() throws {
    let intents = [
      makeIntent(.retry, of: .run(id: 9_000_000_000, attempt: 3, job: 7), bulk: "b-1"),
      makeIntent(.cancel, of: .run(id: 100, attempt: 1)),
      makeIntent(.stopBuild, of: .build(id: "shop-dev:3c1b"), environment: nil, body: nil),
      makeIntent(.tag, of: .tag(name: "shop-dev-20261123-01", sha: "abc")),
      makeIntent(.dispatch, of: .workflow(path: ".github/workflows/dev.yml", ref: "main")),
      makeIntent(.other("rename"), of: .other(kind: "branch")),
      AuditIntent(
        .approve, of: .run(id: 1, attempt: 1), summary: "",
        request: AuditIntent.Request(method: "POST", path: "/")),
    ]
    let ids = try intents.map { try log.begin($0) }
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    let entries = try log.entries()
    #expect(entries.map(\.intent) == intents.reversed())
    #expect(entries.map(\.id) == ids.reversed())
    let entry = try #require(entries.first)
    #expect(entry.origin == .current())
    #expect(entry.origin.process.id == getpid())
    #expect(entry.startedAt == noon)
    #expect(entry.outcome == nil && entry.finishedAt == nil && entry.acknowledgedAt == nil)
  }

  @Test(
    "gives back every outcome, with its time",
    arguments: [
      AuditOutcome.done(message: "retrying", run: RunKey(repository: shop, id: 101)),
      .done(message: "stopped", run: nil), .refused(message: "422: no"),
      .unknown(message: "the answer was lost"), .notSent(message: "taken back"),
      .refused(message: ""),
    ])
  func outcome(outcome: AuditOutcome) throws {
    let id = try log.begin(makeIntent())
    clock.advance(by: 2)
    try log.finish(id, outcome)
    let entry = try #require(try log.entries().first)
    #expect(entry.outcome == outcome)
    #expect(entry.finishedAt == noon + 2)
  }

  @Test("takes the same outcome twice, and another one never")
  func finishTwice() throws {
    let id = try log.begin(makeIntent())
    let outcome = AuditOutcome.done(message: "ok", run: RunKey(repository: shop, id: 1))
    try log.finish(id, outcome)
    let entries = try log.entries()
    clock.advance(by: 60)
    try log.finish(id, outcome)
    #expect(try log.entries() == entries)
    for other: AuditOutcome in [
      .refused(message: "ok"), .done(message: "ok", run: nil), .done(message: "ok!", run: nil),
    ] {
      #expect(throws: StoreError.alreadyFinished(id)) { try log.finish(id, other) }
    }
    #expect(try log.entries() == entries)
    let absent = AuditID(rawValue: 99)
    #expect(throws: StoreError.noEntry(absent)) { try log.finish(absent, outcome) }
  }

  @Test("lists what was asked for, newest first by the order of writing")
  func filter() throws {
    let dispatch = try log.begin(
      makeIntent(.dispatch, of: .workflow(path: "a.yml", ref: "main"), environment: "prd"))
    try log.finish(dispatch, .done(message: "ok", run: RunKey(repository: shop, id: 200)))
    clock.advance(by: -3600)
    let early = try log.begin(makeIntent(.retry, of: .run(id: 200, attempt: 2)))
    clock.advance(by: 7200)
    let late = try log.begin(makeIntent(.cancel, of: .run(id: 300, attempt: 1)))
    func ids(_ filter: AuditFilter) throws -> [AuditID] {
      try log.entries(matching: filter).map(\.id)
    }
    #expect(try ids(AuditFilter()) == [late, early, dispatch])
    #expect(try ids(AuditFilter(limit: 2)) == [late, early])
    #expect(try ids(AuditFilter(limit: 0)).isEmpty)
    #expect(try ids(AuditFilter(limit: -1)).isEmpty)
    #expect(try ids(AuditFilter(environment: "prd")) == [dispatch])
    #expect(try ids(AuditFilter(since: noon)) == [late, dispatch])
    #expect(try ids(AuditFilter(action: .retry)) == [early])
    let run = RunKey(repository: RepositoryName(owner: "Acme", name: "Shop"), id: 200)
    #expect(try ids(AuditFilter(run: run)) == [early, dispatch])
    let other = RunKey(repository: RepositoryName(owner: "acme", name: "pay"), id: 200)
    #expect(try ids(AuditFilter(run: other)).isEmpty)
    #expect(try ids(AuditFilter(limit: 1, environment: "dev", since: noon)) == [late])
  }

  @Test("keeps text of any kind to the byte, and finds it")
  func hostileText() throws {
    let texts = [
      "운영 배포를 다시 시도: 결제-서비스 🚀👩‍👩‍👧", "e\u{301} \u{E9}", "'; DROP TABLE auditEntry; --",
      "\u{1B}[31mred\u{1B}]0;t\u{7}", "a\u{0}b", "\u{0}", "", "\u{202E}nwod\u{2066}",
      "line\r\nline\u{2028}", "%_\\\"`$(id)", "\u{FEFF}x\u{FFFD}\u{10FFFF}",
      String(repeating: "길", count: 300_000),
    ]
    for text in texts {
      let intent = AuditIntent(
        AuditAction(rawValue: text), of: .tag(name: text, sha: text), environment: text,
        repository: shop, service: text, summary: text,
        request: AuditIntent.Request(method: text, path: text, body: text), login: text,
        bulk: text)
      let id = try log.begin(intent)
      try log.finish(id, .refused(message: text))
      let entry = try #require(
        try log.entries(
          matching: AuditFilter(
            limit: 1, environment: text, action: AuditAction(rawValue: text))
        ).first)
      #expect(entry.intent == intent)
      // Two strings that look the same are equal to Swift, so their bytes are compared.
      let bytes = Array(text.utf8)
      #expect(Array(entry.intent.summary.utf8) == bytes)
      #expect(entry.intent.request.body.map { Array($0.utf8) } == bytes)
      #expect((entry.outcome?.message.utf8).map { Array($0) } == bytes)
    }
    #expect(try log.entries().count == texts.count)
  }

  @Test("refuses every other change, whoever's statement it is")
  func guards() throws {
    let finished = try log.begin(makeIntent())
    try log.finish(finished, .done(message: "ok", run: nil))
    let open = try log.begin(makeIntent())
    let acknowledged = try log.begin(makeIntent())
    try log.acknowledge([acknowledged])
    let before = try log.entries()
    let statements = [
      "UPDATE auditEntry SET summary = 'nothing'",
      "UPDATE auditEntry SET startedAt = '2020-01-01'",
      "UPDATE auditEntry SET body = NULL WHERE id = \(open)",
      "UPDATE auditEntry SET id = 77 WHERE id = \(open)",
      "UPDATE OR REPLACE auditEntry SET id = \(open) WHERE id = \(finished)",
      "UPDATE auditEntry SET outcome = 'refused' WHERE id = \(finished)",
      "UPDATE auditEntry SET message = 'better' WHERE id = \(finished)",
      "UPDATE auditEntry SET outcome = NULL, message = NULL, finishedAt = NULL",
      "UPDATE auditEntry SET outcome = 'refused' WHERE id = \(open)",
      "UPDATE auditEntry SET outcome = 'x', message = '', finishedAt = '2026-01-01' "
        + "WHERE id = \(open)",
      "UPDATE auditEntry SET acknowledgedAt = NULL WHERE id = \(acknowledged)",
      "UPDATE auditEntry SET acknowledgedAt = '2026-01-01' WHERE id = \(finished)",
      "DELETE FROM auditEntry", "DELETE FROM auditEntry WHERE id = \(open)",
      "INSERT OR REPLACE INTO auditEntry SELECT * FROM auditEntry WHERE id = \(finished)",
    ]
    for statement in statements {
      let error = #expect(throws: DatabaseError.self, "\(statement)") {
        try database.connection.queue.write { try $0.execute(sql: statement) }
      }
      #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(statement)")
    }
    #expect(try log.entries() == before)
  }

  @Test("names every column in the guard of the intent")
  func guardIsWhole() throws {
    let mutable: Set<String> = [
      "outcome", "message", "resultRepository", "resultRunID", "finishedAt", "acknowledgedAt",
    ]
    let id = try log.begin(makeIntent())
    try database.connection.queue.inDatabase { db in
      let columns = try db.columns(in: "auditEntry").map(\.name)
      #expect(columns.count > mutable.count)
      for column in columns where !mutable.contains(column) {
        #expect(throws: DatabaseError.self, "\(column)") {
          try db.execute(
            sql: "UPDATE auditEntry SET \(column) = \(column) WHERE id = ?",
            arguments: [id.rawValue])
        }
      }
    }
  }

  @Test("removes by age alone, and never what nobody has been told")
  func prune() throws {
    let finished = try log.begin(makeIntent())
    try log.finish(finished, .done(message: "ok", run: nil))
    let open = try log.begin(makeIntent())
    let acknowledged = try log.begin(makeIntent())
    try log.acknowledge([acknowledged])
    clock.advance(by: 86_400)
    let young = try log.begin(makeIntent())
    try log.finish(young, .notSent(message: "no"))
    #expect(try log.prune(before: noon) == 0)
    #expect(try log.prune(before: noon + 3600) == 2)
    #expect(try log.entries().map(\.id) == [young, open])
    // The permission to remove ends with the pruning.
    #expect(throws: DatabaseError.self) {
      try database.connection.queue.write { try $0.execute(sql: "DELETE FROM auditEntry") }
    }
    #expect(try log.prune(before: .distantFuture) == 1)
    #expect(try log.begin(makeIntent()) > young)
  }

  @Test("lists ten thousand entries fast")
  func many() throws {
    let origin = AuditOrigin.current()
    try database.connection.queue.write { db in
      for index in 0..<10_000 {
        try AuditRecord(
          makeIntent(
            of: .run(id: Int64(index), attempt: 1), environment: index % 100 == 0 ? "prd" : "dev"),
          from: origin, at: noon
        ).insert(db)
      }
    }
    let timer = ContinuousClock()
    var newest: [AuditEntry] = []
    var all: [AuditEntry] = []
    let page = try timer.measure { newest = try log.entries(matching: AuditFilter(limit: 100)) }
    var few: [AuditEntry] = []
    let rare = try timer.measure {
      few = try log.entries(matching: AuditFilter(environment: "prd"))
    }
    let whole = try timer.measure { all = try log.entries() }
    #expect(newest.first?.intent.target == .run(id: 9999, attempt: 1))
    #expect(newest.count == 100 && few.count == 100 && all.count == 10_000)
    print(
      "10,000 entries: newest 100 in \(page), 100 of one environment in \(rare), all in \(whole)")
    // Without optimisation and beside other work; the limits are far above what is usual.
    #expect(page < .seconds(1) && rare < .seconds(1) && whole < .seconds(20))
  }
}
