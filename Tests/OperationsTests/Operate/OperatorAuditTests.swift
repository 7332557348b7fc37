import Deploys
import Foundation
import GitHub
import Operations
import Simulation
import Synchronization
import Testing
import Transport

@testable import Store

@Suite("What is written down of a mutation")
struct OperatorAuditTests {
  @Test("The intent stands before anything is sent, and the outcome after")
  func intentThenOutcome() async throws {
    let scene = try OperatorScene()
    let retry = try await scene.retry(isDebug: true)
    let state = try #require(scene.state)
    let during = Mutex<[AuditEntry]>([])
    scene.onRequest { _, isChange in
      if isChange { during.withLock { $0 = (try? state.audit.entries()) ?? [] } }
      return .pass
    }
    let outcome = await scene.makeOperator().perform(retry, bulk: "marks-1")
    let before = try #require(during.withLock { $0 }.first)
    #expect(before.outcome == nil)
    let intent = before.intent
    let run = try #require(retry.run)
    #expect(intent.action == .retry && intent.target == .run(id: run.id, attempt: 1))
    #expect(intent.environment == "dev" && intent.service == "api")
    #expect(intent.repository == OperatorScene.shop)
    #expect(intent.login == (try await scene.github.viewer()))
    #expect(intent.bulk == "marks-1")
    #expect(intent.summary.hasPrefix("retry the failed jobs of #"))
    #expect(intent.request.method == "POST")
    #expect(
      intent.request.path == "/repos/acme/shop/actions/runs/\(run.id)/rerun-failed-jobs")
    #expect(intent.request.body == #"{"enable_debug_logging":true}"#)
    #expect(before.origin == .current())
    let after = try #require(try scene.audit.last)
    #expect(after.intent == intent)
    #expect(after.outcome?.says(outcome, wasSent: true) == true)
  }

  @Test("A process that is killed in between leaves an intent, which the next start shows")
  func killed() async throws {
    let folder = try Scene.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scene = try OperatorScene([])
    let tag = try await scene.tag()
    var ended = AuditOrigin.current()
    ended.process.start = "0"
    let path = "\(folder)/cdtop.sqlite"
    let operations = scene.makeOperator(
      state: try StateDatabase.open(at: path, origin: ended))
    let gate = Gate()
    scene.onRequest { _, isChange in isChange ? .wait(gate) : .pass }
    async let outcome = operations.perform(tag)
    await eventually { gate.count == 1 }
    // As the next start sees it, for which that process has ended.
    let next = try StateDatabase.open(at: path)
    let unfinished = try next.audit.unfinished()
    #expect(unfinished.map(\.intent.action) == [.tag])
    #expect(unfinished.first?.outcome == nil)
    gate.open()
    guard case .done = await outcome else {
      Issue.record("not done")
      return
    }
    #expect(try next.audit.unfinished().isEmpty)
  }

  @Test("Where the intent cannot be written nothing is sent")
  func unwritableIntent() async throws {
    let folder = try Scene.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scene = try OperatorScene([])
    let tag = try await scene.tag()
    let path = "\(folder)/cdtop.sqlite"
    let operations = scene.makeOperator(
      state: try StateDatabase.open(at: path, patience: .milliseconds(20)))
    let other = try StateDatabase.open(at: path)
    let holding = Holding()
    let thread = Thread { try? other.connection.write { _ in holding.hold() } }
    thread.start()
    await eventually { holding.isHeld }
    let outcome = await operations.perform(tag)
    holding.letGo()
    guard case .refused(let message, let remedy) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(message.contains("nothing was sent") && message.contains("in use by another process"))
    #expect(remedy.contains("fuser"))
    #expect(scene.sent.isEmpty)
  }

  @Test("Where the outcome cannot be written the operator is told it all the same")
  func unwritableOutcome() async throws {
    let scene = try OperatorScene([])
    let tag = try await scene.tag()
    let state = try #require(scene.state)
    scene.onRequest { _, isChange in
      if isChange, let entry = try? state.audit.entries().first {
        try? state.audit.finish(entry.id, .unknown(message: "by somebody else"))
      }
      return .pass
    }
    guard case .done(let message, _) = await scene.makeOperator().perform(tag) else {
      Issue.record("not done")
      return
    }
    #expect(message.hasPrefix("tagged shop-dev-20261123-77"))
    #expect(message.contains("could not be written to the audit log"))
  }

  @Test("A rate limit that stands is no intent; one that is met is an outcome")
  func limits() async throws {
    let scene = try OperatorScene([])
    let tag = try await scene.tag()
    scene.onRequest { _, isChange in
      isChange
        ? .answer(HTTPResponse(status: 429, headers: ["Retry-After": "60"])) : .pass
    }
    let operations = scene.makeOperator()
    for _ in 0..<2 {
      guard case .refused(let message, let remedy) = await operations.perform(tag) else {
        Issue.record("not refused")
        return
      }
      #expect(message.contains("GitHub asks to") && remedy.contains("after that time"))
    }
    #expect(scene.sent.count == 1)
    #expect(try scene.audit.count == 1)
  }
}

/// Keeps a thread until it is let go.
private final class Holding: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let held = Mutex(false)

  var isHeld: Bool { held.withLock { $0 } }

  func hold() {
    held.withLock { $0 = true }
    semaphore.wait()
  }

  func letGo() { semaphore.signal() }
}
