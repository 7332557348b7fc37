import Deploys
import Foundation
import GitHub
import Operations
import Simulation
import Store
import Synchronization
import Testing
import Transport

@Suite("The one door")
struct OperatorTests {
  @Test("A server that names no run is asked for it", arguments: [true, false])
  func dispatchWithoutDetails(givesDetails: Bool) async throws {
    let scene = try OperatorScene([])
    let dispatch = try await scene.dispatch(
      "action-shop-dev-deploy", ref: "refs/heads/main",
      inputs: [DispatchRequest.Input(name: "log_level", value: "debug")])
    scene.onRequest { _, isChange in
      isChange && !givesDetails ? .answerAfter(HTTPResponse(status: 204)) : .pass
    }
    guard case .done(let message, let run) = await scene.makeOperator().perform(dispatch) else {
      Issue.record("not done")
      return
    }
    #expect(message == "dispatched action-shop-dev-deploy at refs/heads/main")
    #expect(run.map { "\($0.id)" } == scene.simulator.effects.first?.target)
    let remembered = try scene.state?.rememberedInputs.last(
      for: ".github/workflows/action-shop-dev-deploy.yml", in: OperatorScene.shop)
    #expect(remembered?.inputs.first?.value == "debug")
    #expect(remembered?.ref == "refs/heads/main")
  }

  @Test("A dispatch that was refused is not remembered")
  func refusedIsNotRemembered() async throws {
    let scene = try OperatorScene([])
    let dispatch = try await scene.dispatch(ref: "gone")
    guard case .refused(let message, let remedy) = await scene.makeOperator().perform(dispatch)
    else {
      Issue.record("not refused")
      return
    }
    #expect(message.contains("at gone: ") && remedy.contains("branch or tag"), "\(message)")
    let path = ".github/workflows/action-api-dev-deploy.yml"
    #expect(
      try scene.state?.rememberedInputs.last(for: path, in: OperatorScene.shop) == nil)
  }

  @Test("What cannot be known is called unknown, and no token stands in it")
  func unknown() async throws {
    let scene = try OperatorScene([])
    let dispatch = try await scene.dispatch()
    let simulator = scene.simulator
    let stale = Mutex<HTTPResponse?>(nil)
    // The listing stays behind for as long as anybody looks.
    scene.onRequest { request, isChange in
      if isChange { return .failAfter(.connectionLost(host: "gh", reason: "reset")) }
      guard request.url.contains("/runs") else { return .pass }
      let answer = stale.withLock { kept -> HTTPResponse? in
        if kept == nil, case .response(let response) = simulator.exchange(request) {
          kept = response
        }
        return kept
      }
      return answer.map { .answer($0) } ?? .pass
    }
    guard case .unknown(let message) = await scene.makeOperator().perform(dispatch) else {
      Issue.record("not unknown")
      return
    }
    #expect(message.contains("may or may not") && message.contains("no new run"))
    #expect(!message.contains(Simulator.token))
    #expect(scene.simulator.effects.count == 1)
    #expect(try scene.audit.first?.outcome == .unknown(message: message))
  }

  @Test("Two new runs of the same person are not guessed between")
  func twoNewRuns() async throws {
    let scene = try OperatorScene([])
    let dispatch = try await scene.dispatch()
    let simulator = scene.simulator
    scene.onRequest { request, isChange in
      guard isChange else { return .pass }
      _ = simulator.exchange(request)
      return .failAfter(.connectionLost(host: "gh", reason: "reset"))
    }
    guard case .unknown(let message) = await scene.makeOperator().perform(dispatch) else {
      Issue.record("not unknown")
      return
    }
    #expect(message.contains("2 new runs"))
  }

  @Test("An app's token names nobody, so a new run proves nothing")
  func appToken() async throws {
    let scene = try OperatorScene([])
    let dispatch = try await scene.dispatch()
    let asked = Mutex(0)
    scene.onRequest { request, isChange in
      if isChange { return .failAfter(.connectionLost(host: "gh", reason: "reset")) }
      guard request.url.hasSuffix("/user") else { return .pass }
      asked.withLock { $0 += 1 }
      return .answer(
        HTTPResponse(
          status: 403,
          body: Data(#"{"message":"Resource not accessible by integration"}"#.utf8)))
    }
    let operations = scene.makeOperator()
    guard case .unknown(let message) = await operations.perform(dispatch) else {
      Issue.record("not unknown")
      return
    }
    #expect(message.contains("the token names nobody"))
    _ = await operations.perform(dispatch)
    #expect(asked.withLock { $0 } == 1)
    #expect(try scene.audit.first?.intent.login == nil)
  }

  @Test("Somebody who retried first is named, where the answer was lost")
  func somebodyWasFaster() async throws {
    let scene = try OperatorScene()
    let retry = try await scene.retry()
    let planned = try #require(scene.makeOperator().requests(for: retry).first)
    let simulator = scene.simulator
    scene.onRequest { request, isChange in
      if isChange {
        _ = simulator.exchange(request)
        return .fail(.connectionLost(host: "gh", reason: "reset"))
      }
      guard request.url.contains("/actions/runs/"),
        case .response(var answer) =
          simulator.exchange(request)
      else { return .pass }
      // GitHub says that it was somebody else.
      let text = String(decoding: answer.body, as: UTF8.self)
      guard text.contains(#""run_attempt":2"#) else { return .pass }
      answer.body = Data(
        text.replacing(/"triggering_actor":\{"login":"[^"]*"/) { _ in
          #""triggering_actor":{"login":"zoe""#
        }.utf8)
      return .answer(answer)
    }
    let outcome = await scene.makeOperator().perform(retry)
    #expect(planned.url.hasSuffix("/rerun-failed-jobs"))
    guard case .refused(let message, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(message.contains("zoe was faster"))
  }

  @Test("Two operators on one run: it is retried once, and the other is told")
  func race() async throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let scene = try OperatorScene(seed: seed, [.markedFailure], scenario: { $0.history = 1 })
      let retry = try await scene.retry()
      let first = scene.makeOperator()
      let second = scene.makeOperator()
      async let left = first.perform(retry)
      async let right = second.perform(retry)
      let outcomes = await [left, right]
      #expect(scene.simulator.effects.count == 1, "\(outcomes)")
      #expect(outcomes.count { if case .done = $0 { true } else { false } } == 1, "\(outcomes)")
      #expect(
        outcomes.count { if case .refused = $0 { true } else { false } } == 1, "\(outcomes)")
    }
  }

  @Test("Somebody acts between the look and the sending: GitHub's refusal is explained")
  func actedBetween() async throws {
    let cases: [(Situation, @Sendable (OperatorScene) async throws -> Mutation, String)] = [
      (.markedFailure, { try await $0.retry() }, "it runs already"),
      (.markedFailure, { try await $0.retryOfJob() }, "older attempt"),
      (.waitingForReview, { try await $0.review() }, "nothing waits for this answer"),
      (.markedFailure, { try await $0.tag() }, "made this tag meanwhile"),
    ]
    for (situation, mutation, words) in cases {
      let scene = try OperatorScene([situation])
      let wanted = try await mutation(scene)
      let simulator = scene.simulator
      scene.onRequest { request, isChange in
        if isChange { _ = simulator.exchange(request) }
        return .pass
      }
      let outcome = await scene.makeOperator().perform(wanted)
      guard case .refused(let message, _) = outcome else {
        Issue.record("\(words): \(outcome)")
        continue
      }
      #expect(message.contains(words))
      #expect(simulator.effects.count == 1)
      #expect(try scene.audit.first?.outcome == .refused(message: message))
    }
  }

  @Test("A cancel that hangs is not called done, and a forced one ends it")
  func hungCancel() async throws {
    let scene = try OperatorScene([.longBuild])
    let cancel = try await scene.cancel("action-auth-stg-deploy")
    scene.onRequest { _, isChange in
      isChange ? .failAfter(.connectionLost(host: "gh", reason: "reset")) : .pass
    }
    guard case .unknown(let message) = await scene.makeOperator().perform(cancel) else {
      Issue.record("not unknown")
      return
    }
    #expect(message.contains("is in progress"))
    let force = try await scene.cancel("action-auth-stg-deploy", isForced: true)
    guard case .done(let told, _) = await scene.makeOperator().perform(force) else {
      Issue.record("not done")
      return
    }
    #expect(told.contains("is cancelled") && told.contains("somebody else"))
  }

  @Test("What was cancelled before it was sent is not sent")
  func cancelledTask() async throws {
    let scene = try OperatorScene([])
    let tag = try await scene.tag()
    let operations = scene.makeOperator()
    let gate = Gate()
    scene.onRequest { request, _ in request.url.hasSuffix("/user") ? .wait(gate) : .pass }
    let task = Task { await operations.perform(tag) }
    await eventually { gate.count == 1 }
    task.cancel()
    gate.open()
    guard case .refused = await task.value else {
      Issue.record("not refused")
      return
    }
    #expect(scene.sent.isEmpty)
    #expect(try scene.audit.isEmpty)
  }

  @Test("What is on its way when its task is cancelled is carried to its end")
  func cancelledOnItsWay() async throws {
    let scene = try OperatorScene([])
    let tag = try await scene.tag()
    let operations = scene.makeOperator()
    let gate = Gate()
    scene.onRequest { _, isChange in isChange ? .wait(gate) : .pass }
    let task = Task { await operations.perform(tag) }
    await eventually { gate.count == 1 }
    task.cancel()
    gate.open()
    guard case .done = await task.value else {
      Issue.record("not done")
      return
    }
    #expect(scene.simulator.effects.count == 1)
  }
}
