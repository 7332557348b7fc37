import Deploys
import Foundation
import GRDB
import Testing

@testable import Store

@Suite("Remembered inputs")
struct RememberedInputsTests {
  typealias Input = DispatchRequest.Input

  let clock = HandClock()
  let database: StateDatabase
  var remembered: RememberedInputs { database.rememberedInputs }

  init() throws {
    database = try StateDatabase.inMemory(now: clock.reading)
  }

  @Test("The newest dispatch of a workflow is remembered, in order and to the byte")
  func newest() throws {
    #expect(try remembered.last(for: "a.yml", in: shop) == nil)
    let first = [Input(name: "tag", value: "1"), Input(name: "env", value: "dev")]
    try remembered.remember(ref: "main", inputs: first, for: "a.yml", in: shop)
    let hostile = [
      Input(name: "메시지", value: "긴급 배포 \u{0}\u{1B}[0m\"'\\"), Input(name: "", value: ""),
    ]
    // The clock was set back; what came last is still the newest.
    clock.advance(by: -60)
    try remembered.remember(ref: "refs/\u{0}", inputs: hostile, for: "a.yml", in: shop)
    #expect(
      try remembered.last(for: "a.yml", in: shop)
        == LastDispatch(ref: "refs/\u{0}", inputs: hostile, at: noon - 60))
  }

  @Test("Workflows and repositories are kept apart, repositories as GitHub tells them apart")
  func keys() throws {
    try remembered.remember(ref: "a", inputs: [], for: "a.yml", in: shop)
    try remembered.remember(ref: "b", inputs: [], for: "b.yml", in: shop)
    let pay = RepositoryName(owner: "acme", name: "pay")
    try remembered.remember(ref: "p", inputs: [], for: "a.yml", in: pay)
    #expect(try remembered.last(for: "a.yml", in: shop)?.ref == "a")
    #expect(try remembered.last(for: "b.yml", in: shop)?.ref == "b")
    #expect(try remembered.last(for: "A.yml", in: shop) == nil)
    let sameShop = RepositoryName(owner: "ACME", name: "Shop")
    try remembered.remember(ref: "c", inputs: [], for: "a.yml", in: sameShop)
    #expect(try remembered.last(for: "a.yml", in: shop)?.ref == "c")
    #expect(try remembered.last(for: "a.yml", in: pay)?.ref == "p")
  }

  @Test("Only so many workflows are remembered: those used last")
  func capacity() throws {
    let capacity = RememberedInputs.capacity
    for index in 0..<capacity {
      try remembered.remember(ref: "r", inputs: [], for: "\(index).yml", in: shop)
    }
    try remembered.remember(ref: "again", inputs: [], for: "0.yml", in: shop)
    try remembered.remember(ref: "r", inputs: [], for: "new.yml", in: shop)
    #expect(try remembered.last(for: "0.yml", in: shop)?.ref == "again")
    #expect(try remembered.last(for: "1.yml", in: shop) == nil)
    #expect(try remembered.last(for: "2.yml", in: shop) != nil)
    let count = try database.connection.queue.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM lastDispatch")
    }
    #expect(count == capacity)
  }
}
