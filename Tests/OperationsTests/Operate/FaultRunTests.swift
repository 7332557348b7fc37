import Deploys
import Foundation
import GitHub
import Operations
import Simulation
import Synchronization
import Testing
import Transport

/// Every kind of change that an operator makes.
enum Act: String, CaseIterable {
  case dispatch, retryFailed, retryAll, retryJob, cancel, hungCancel, forceCancel, approve, reject
  case tag, stopBuild

  var situations: [Situation] {
    switch self {
    case .dispatch, .tag: []
    case .retryFailed, .retryAll, .retryJob: [.markedFailure]
    case .cancel, .forceCancel: [.buildPhases]
    case .hungCancel: [.longBuild]
    case .approve, .reject: [.waitingForReview]
    case .stopBuild: [.abandonedBuild]
    }
  }

  var effect: SimulatedEffect.Kind {
    switch self {
    case .dispatch: .dispatch
    case .retryFailed: .rerunFailedJobs
    case .retryAll: .rerun
    case .retryJob: .rerunJob
    case .cancel, .hungCancel: .cancel
    case .forceCancel: .forceCancel
    case .approve: .approve
    case .reject: .reject
    case .tag: .createRef
    case .stopBuild: .stopBuild
    }
  }

  func mutation(in scene: OperatorScene) async throws -> Mutation {
    switch self {
    case .dispatch: try await scene.dispatch()
    case .retryFailed: try await scene.retry(.failedJobs)
    case .retryAll: try await scene.retry(.allJobs)
    case .retryJob: try await scene.retryOfJob()
    case .cancel: try await scene.cancel()
    case .hungCancel: try await scene.cancel("action-auth-stg-deploy")
    case .forceCancel: try await scene.cancel(isForced: true)
    case .approve: try await scene.review()
    case .reject: try await scene.review(isApproval: false)
    case .tag: try await scene.tag()
    case .stopBuild: try await scene.stopBuild()
    }
  }
}

/// What happens to the one request that changes something.
private enum Mishap: String, CaseIterable {
  case none
  case noConnection
  case cutBefore
  case cutAfter
  case cutInAnswer
  case silentBefore
  case silentAfter
  case failedBefore
  case failedAfter

  /// The simulator's own fault; `nil` where the wire does it.
  var fault: Fault.Effect? {
    switch self {
    case .none, .noConnection, .failedAfter: nil
    case .cutBefore: .reset
    case .cutAfter: .lost
    case .cutInAnswer: .truncated
    case .silentBefore: .stall
    case .silentAfter: .unanswered
    case .failedBefore: .answer
    }
  }

  func way(_ request: HTTPRequest) -> OperatorScene.Way {
    switch self {
    case .noConnection: .fail(.notSent(host: request.host, reason: "connection refused"))
    case .failedAfter: .answerAfter(HTTPResponse(status: 504))
    case .none, .cutBefore, .cutAfter, .cutInAnswer, .silentBefore, .silentAfter, .failedBefore:
      .pass
    }
  }

  /// How often the change takes effect.
  var effects: Int {
    switch self {
    case .none, .cutAfter, .cutInAnswer, .silentAfter, .failedAfter: 1
    case .noConnection, .cutBefore, .silentBefore, .failedBefore: 0
    }
  }
}

/// How it was reported, counted.
private struct Tally: Sendable {
  var done = 0
  var refused = 0
  var unknown = 0
  var effects = 0
}

@Suite("A fault run")
struct FaultRunTests {
  /// `FAULT_SEEDS=100` plays every fault a hundred times.
  private static var seeds: ClosedRange<UInt64> {
    let count = ProcessInfo.processInfo.environment["FAULT_SEEDS"].flatMap(UInt64.init) ?? 5
    return 1...count
  }

  @Test(
    "Whatever breaks, nothing happens twice, and the report is true every time",
    arguments: Act.allCases)
  func everyFault(act: Act) async throws {
    var lines = ["mutation     fault          runs effects   done refused unknown"]
    for mishap in Mishap.allCases {
      var tally = Tally()
      for seed in Self.seeds { try await play(act, mishap, seed: seed, into: &tally) }
      lines.append(Self.line(act, mishap, tally))
    }
    print(lines.joined(separator: "\n"))
  }

  private func play(
    _ act: Act, _ mishap: Mishap, seed: UInt64, into tally: inout Tally
  ) async throws {
    let scene = try OperatorScene(
      seed: seed, act.situations,
      scenario: { scenario in
        scenario.history = 1
        guard let effect = mishap.fault else { return }
        for match in ["POST /repos/*", "codebuild:StopBuild"] {
          scenario.faults.append(Fault(match: match, effect: effect, status: 502))
        }
      })
    let mutation = try await act.mutation(in: scene)
    let noise = Mutex((chance: SeededGenerator(seed: seed), isSent: false))
    scene.onRequest { request, isChange in
      if isChange {
        noise.withLock { $0.isSent = true }
        return mishap.way(request)
      }
      // What is read afterwards breaks now and then too.
      let isBroken = noise.withLock { $0.isSent && $0.chance.next() % 5 == 0 }
      return isBroken
        ? .fail(.connectionLost(host: request.host, reason: "reset")) : .pass
    }
    let operations = scene.makeOperator()
    let outcome = await operations.perform(mutation)
    let effects = scene.simulator.effects
    let place = "\(act) \(mishap) seed \(seed): \(outcome)"
    #expect(effects.count == mishap.effects, "\(place)")
    #expect(effects.allSatisfy { $0.kind == act.effect }, "\(place)")
    if mishap != .noConnection { #expect(scene.sent.count == 1, "\(place)") }
    tally.effects += effects.count
    switch outcome {
    case .done(_, let run):
      tally.done += 1
      #expect(effects.count == 1, "\(place)")
      if act == .dispatch { #expect(run.map { "\($0.id)" } == effects.first?.target, "\(place)") }
    case .refused:
      tally.refused += 1
      #expect(effects.isEmpty, "\(place)")
    case .unknown:
      tally.unknown += 1
      // Nobody can know whether what was cut on its way will still be taken, nor see at once
      // that a run hangs in its cancel.
      let isUnknowable = mishap.effects == 0 && mishap != .noConnection
      #expect(isUnknowable || act == .hungCancel, "\(place)")
    }
    let entries = try scene.audit
    let entry = try #require(entries.last, "\(place)")
    #expect(entries.count == 1, "\(place)")
    let sent = try #require(scene.sent.first?.request, "\(place)")
    let body = sent.body.isEmpty ? nil : String(decoding: sent.body, as: UTF8.self)
    let plan = try #require(operations.requests(for: mutation).first, "\(place)")
    #expect(plan.method == sent.method && plan.url == sent.url && plan.body == body, "\(place)")
    #expect(entry.intent.request.body == body && plan.url.hasSuffix(entry.intent.request.path))
    #expect(entry.outcome?.says(outcome, wasSent: mishap != .noConnection) == true, "\(place)")
  }

  private static func line(_ act: Act, _ mishap: Mishap, _ tally: Tally) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    func right(_ number: Int, _ width: Int) -> String {
      String(repeating: " ", count: max(1, width - "\(number)".count)) + "\(number)"
    }
    return padded(act.rawValue, 13) + padded(mishap.rawValue, 13)
      + right(tally.done + tally.refused + tally.unknown, 6) + right(tally.effects, 8)
      + right(tally.done, 7) + right(tally.refused, 8) + right(tally.unknown, 8)
  }
}

extension AuditOutcome {
  /// Whether the audit log says the same as the operator was told.
  func says(_ outcome: OperationOutcome, wasSent: Bool) -> Bool {
    switch (self, outcome) {
    case (.done(let message, let run), .done(let told, let toldRun)):
      message == told && run == toldRun
    case (.refused(let message), .refused(let told, _)): message == told && wasSent
    case (.notSent(let message), .refused(let told, _)): message == told && !wasSent
    case (.unknown(let message), .unknown(let told)): message == told
    case (.done, _), (.refused, _), (.notSent, _), (.unknown, _): false
    }
  }
}

/// Chance that a test can repeat.
struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
