import Foundation
import GRDB
import Testing

@testable import Store

@Suite("The ledger of notices")
struct NoticeLedgerTests {
  let clock = HandClock()
  let database: StateDatabase
  var ledger: NoticeLedger { database.notices }

  init() throws {
    database = try StateDatabase.inMemory(now: clock.reading)
  }

  @Test("An event goes out once for each channel")
  func once() throws {
    #expect(try ledger.claim(event: "acme/shop/100/1 failed", channel: "slack"))
    #expect(try !ledger.claim(event: "acme/shop/100/1 failed", channel: "slack"))
    #expect(try ledger.claim(event: "acme/shop/100/1 failed", channel: "bell"))
    #expect(try ledger.claim(event: "acme/shop/100/2 failed", channel: "slack"))
    #expect(try ledger.claim(event: "한\u{0}1", channel: "slack"))
    #expect(try ledger.claim(event: "한\u{0}2", channel: "slack"))
    #expect(try !ledger.claim(event: "한\u{0}1", channel: "slack"))
  }

  @Test("Old claims are forgotten, by age")
  func age() throws {
    let age = NoticeLedger.memory / .seconds(1)
    #expect(try ledger.claim(event: "old", channel: "c"))
    clock.advance(by: age)
    #expect(try !ledger.claim(event: "old", channel: "c"))
    #expect(try ledger.claim(event: "new", channel: "c"))
    clock.advance(by: 1)
    #expect(try ledger.claim(event: "newer", channel: "c"))
    let events = try database.connection.queue.read { db in
      try String.fetchSet(db, sql: "SELECT event FROM noticeClaim")
    }
    #expect(events == ["new", "newer"])
  }
}
