import Deploys
import Foundation
import Testing

@testable import Store

@Suite("Several processes at once")
struct ConcurrencyTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("Threads with connections of their own begin one database, and lose nothing")
  func threads() async throws {
    let path = folder.database
    let won = try await withThrowingTaskGroup(of: Int.self) { group in
      for worker in 0..<8 {
        group.addTask {
          let database = try StateDatabase.open(at: path)
          var won = 0
          for event in 0..<25 {
            if try database.notices.claim(event: "\(event)", channel: "bell") { won += 1 }
            let id = try database.audit.begin(makeIntent(summary: "\(worker)"))
            try database.audit.finish(id, .done(message: "ok", run: nil))
          }
          return won
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(won == 25)
    let entries = try StateDatabase.open(at: path).audit.entries()
    #expect(entries.count == 200)
    #expect(Set(entries.map(\.id)).count == 200)
    #expect(entries.allSatisfy { $0.outcome != nil })
  }

  @Test("Processes begin one database, and each event is one process's")
  func processes() async throws {
    let path = folder.database
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String] in
            let database = try StateDatabase.open(at: path, patience: .seconds(60))
            for event in 0..<25 where try database.notices.claim(event: "\(event)", channel: "c") {
              _ = try database.audit.begin(makeIntent(summary: "\(event)"))
            }
          }
        }
      }
    }
    let entries = try StateDatabase.open(at: path).audit.entries()
    #expect(Set(entries.map(\.intent.summary)) == Set((0..<25).map(String.init)))
    #expect(entries.count == 25)
    #expect(try StateDatabase.open(at: path).audit.unfinished().count == 25)
  }

  @Test("One outcome wins where two are written at once")
  func outcomes() async throws {
    let path = folder.database
    let id = try StateDatabase.open(at: path).audit.begin(makeIntent())
    let won = try await withThrowingTaskGroup(of: Int.self) { group in
      for worker in 0..<6 {
        group.addTask {
          let log = try StateDatabase.open(at: path).audit
          do {
            try log.finish(id, .unknown(message: "\(worker)"))
            return 1
          } catch StoreError.alreadyFinished(id) {
            return 0
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(won == 1)
  }
}
