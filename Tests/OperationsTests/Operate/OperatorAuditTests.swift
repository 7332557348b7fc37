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

  @Test("What a killed process may have done is not done again until somebody has looked")
  func repetition() async throws {
    let folder = try Scene.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scene = try OperatorScene([])
    let dispatch = try await scene.dispatch()
    let path = "\(folder)/cdtop.sqlite"
    var ended = AuditOrigin.current()
    ended.process.start = "0"
    // The intent as the killed process wrote it, without an outcome.
    let rehearsal = scene.makeOperator()
    _ = await rehearsal.perform(dispatch)
    let intent = try #require(try scene.audit.last).intent
    _ = try StateDatabase.open(at: path, origin: ended).audit.begin(intent)
    let next = try StateDatabase.open(at: path)
    let operations = scene.makeOperator(state: next)
    let sent = scene.sent.count
    let outcome = await operations.perform(dispatch)
    guard case .refused(let message, let remedy) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(message.contains("ended before it could write down"))
    #expect(remedy.contains("cdtop audit --acknowledge 1"))
    #expect(scene.sent.count == sent)
    try next.audit.acknowledge([AuditID(rawValue: 1)])
    guard case .done = await operations.perform(dispatch) else {
      Issue.record("not let through")
      return
    }
  }

  @Test("A run that another dispatch has made is not taken for the end of a lost one")
  func rivalDispatch() async throws {
    let scene = try OperatorScene([])
    let dispatch = try await scene.dispatch()
    let count = Mutex(0)
    scene.onRequest { _, isChange in
      guard isChange else { return .pass }
      let place = count.withLock { count in
        count += 1
        return count
      }
      return place == 1 ? .fail(.connectionLost(host: "gh", reason: "reset")) : .pass
    }
    async let lost = scene.makeOperator().perform(dispatch)
    async let made = scene.makeOperator().perform(dispatch)
    let outcomes = await [lost, made]
    #expect(scene.simulator.count(of: .dispatch) == 1)
    let done = outcomes.count { if case .done = $0 { true } else { false } }
    let unknown = outcomes.count { if case .unknown = $0 { true } else { false } }
    #expect(done == 1 && unknown == 1, "\(outcomes)")
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
