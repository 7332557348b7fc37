import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

/// A generator of numbers that gives the same ones for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

@Suite("Whatever is pressed and whatever comes")
struct PropertyTests {
  static let sequences = 80
  static let steps = 50
  static let keys: [Key] = {
    let bound = Command.allCases.flatMap { $0.entry.bindings.flatMap(\.keys) }
    return Array(Set(bound)).sorted { "\($0)" < "\($1)" }.filter { $0 != "escape" }
      + ["escape", "x", "결", "p", "\u{301}", "space", "f9"]
  }()

  @Test("The cursor keeps to its deploy, frames hold together, and nothing is sent twice")
  func sequencesHold() {
    var checks = 0
    for seed in 0..<Self.sequences {
      var random = SeededGenerator(seed: UInt64(seed))
      var snapshot = Fixture.snapshot
      var model = Model(
        snapshot: .empty(snapshot.sections.map(\.environment), at: Fixture.now), context: "c",
        glyphs: seed.isMultiple(of: 2) ? .unicode : .ascii, now: Fixture.now)
      _ = update(&model, .resized(Size(columns: 80, rows: 24)))
      for step in 0..<Self.steps {
        let message = Self.message(step, &snapshot, model, &random)
        let before = model
        let effects = update(&model, message)
        Self.checkCursor(before, model, message, seed: seed)
        Self.checkEffects(before, effects, seed: seed)
        Self.checkFrame(view(model), model, seed: seed)
        checks += 1
      }
    }
    print("property test: \(Self.sequences) sequences, \(checks) messages")
    #expect(checks == Self.sequences * Self.steps)
  }

  private static func message(
    _ step: Int, _ snapshot: inout Snapshot, _ model: Model, _ random: inout SeededGenerator
  ) -> Message {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<5:
      change(&snapshot, &random)
      return .snapshot(snapshot)
    case 5:
      return .resized(
        Size(
          columns: Int.random(in: 0...210, using: &random),
          rows: Int.random(in: 0...60, using: &random)))
    case 6: return .resized(Size(columns: 80, rows: 24))
    case 7: return .tick(Fixture.now.addingTimeInterval(Double(step * 61)))
    case 8:
      let run = model.selectedDeploy?.run.key ?? Fixture.key(101)
      let target = Fixture.target(run.id)
      return .dispatchFormLoaded(target, ref: nil, .form(Fixture.form(run.id, "dev")))
    case 9:
      guard let underway = model.underway else { return .notice(Notice("n", .error)) }
      let isDone = Bool.random(using: &random)
      return .mutated(
        underway, isDone ? .done(message: "done", run: nil) : .unknown(message: "lost"))
    default: return .key(keys.randomElement(using: &random) ?? "j")
    }
  }

  /// Takes away, brings back, and changes deploys and jobs.
  private static func change(_ snapshot: inout Snapshot, _ random: inout SeededGenerator) {
    let all = Fixture.snapshot
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let section = Int.random(in: 0..<all.sections.count, using: &random)
      var deploys = snapshot.sections[section].deploys
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where !deploys.isEmpty:
        deploys.remove(at: Int.random(in: 0..<deploys.count, using: &random))
      case 1: deploys = all.sections[section].deploys
      case 2: deploys.shuffle(using: &random)
      case 3:
        let id = Int64.random(in: 1000...1040, using: &random)
        let name = all.sections[section].environment.name
        guard !deploys.contains(where: { $0.id.id == id }) else { continue }
        deploys.insert(
          Fixture.deploy(
            Fixture.run(id, "svc\(id)", name, number: Int(id), status: .queued, started: 9),
            "svc\(id)", name, []), at: 0)
      case 4 where !deploys.isEmpty:
        let index = Int.random(in: 0..<deploys.count, using: &random)
        deploys[index].findings = Bool.random(using: &random) ? [] : Fixture.failed.findings
      case 5 where !deploys.isEmpty:
        let index = Int.random(in: 0..<deploys.count, using: &random)
        deploys[index].jobs.shuffle(using: &random)
        if Bool.random(using: &random) { _ = deploys[index].jobs.popLast() }
      default: break
      }
      snapshot.sections[section].deploys = deploys
    }
  }

  private static func checkCursor(
    _ before: Model, _ after: Model, _ message: Message, seed: Int
  ) {
    let board = after.board
    #expect((board.selection == nil) == !board.rows.contains(where: \.isSelectable), "seed \(seed)")
    if let index = board.selectedIndex, board.height > 0 {
      let isVisible = (board.top..<(board.top + board.height)).contains(index)
      #expect(isVisible, "seed \(seed): row \(index), top \(board.top), height \(board.height)")
    } else {
      #expect(board.selection == nil || board.height == 0, "seed \(seed)")
    }
    #expect(Set(board.rows.map(\.id)).count == board.rows.count, "seed \(seed): rows are unique")
    switch message {
    case .key, .keys, .pasted: return
    case .snapshot, .resized, .tick, .notice, .nextRefresh, .dispatchFormLoaded,
      .workflowsLoaded, .refsLoaded, .tagPlanLoaded, .versionsLoaded, .pendingLoaded, .previewed,
      .mutated, .bulk, .attention, .inspected, .log, .files, .saved:
      guard let old = before.board.selection, old.deployID != nil,
        board.rows.contains(where: { $0.id == old })
      else { return }
      #expect(board.selection == old, "seed \(seed): \(message)")
    }
  }

  private static func checkEffects(_ before: Model, _ effects: [Effect], seed: Int) {
    for effect in effects {
      switch effect {
      case .mutate, .mutateAll:
        #expect(before.underway == nil, "seed \(seed): one at a time")
        #expect(before.confirmation?.isSatisfied == true, "seed \(seed): after the question")
      case .refreshNow, .openInBrowser, .copy, .loadDispatchForm, .loadWorkflows, .loadRefs,
        .loadTagPlan, .loadVersions, .loadPending, .preview, .stopBulk, .follow, .writeTerminal,
        .suspend, .quit,
        .inspect,
        .openLog, .closeLog, .workOnLog, .lendLog, .listFiles, .closeFiles, .save, .cancelSave:
        break
      }
    }
  }

  private static func checkFrame(_ frame: Frame, _ model: Model, seed: Int) {
    #expect(frame.size == model.size, "seed \(seed)")
    let lines = frame.lines
    let wide = lines.first { DisplayWidth.of($0) > frame.size.columns }
    #expect(wide == nil, "seed \(seed)")
    let unclean = lines.first { line in
      line.unicodeScalars.contains {
        $0.value < 0x20
          || $0.value > 0x7E
            && ($0.properties.generalCategory == .control
              || $0.properties.generalCategory == .format)
      }
    }
    #expect(unclean == nil, "seed \(seed)")
    if let cursor = frame.cursor {
      #expect(frame.bounds.contains(cursor), "seed \(seed): \(cursor) in \(frame.size)")
    }
  }

  @Test("A board of 1,000 deploys is derived and drawn, and the time is printed")
  func large() {
    var snapshot = Fixture.snapshot
    for index in snapshot.sections.indices {
      let deploys = snapshot.sections[index].deploys
      let name = snapshot.sections[index].environment.name
      for copy in 0..<(330 / max(1, deploys.count)) {
        snapshot.sections[index].deploys += deploys.map { deploy in
          var deploy = deploy
          deploy.run.key = RunKey(
            repository: deploy.run.key.repository,
            id: deploy.run.key.id + Int64(10_000 * (copy + 1)))
          deploy.environment = name
          return deploy
        }
      }
    }
    var model = Model(snapshot: snapshot, context: "c", now: Fixture.now)
    _ = update(&model, .resized(Size(columns: 200, rows: 60)))
    let clock = ContinuousClock()
    let derive = clock.measure { _ = update(&model, .snapshot(snapshot)) }
    var rows = 0
    let draw = clock.measure { rows = view(model).lines.count }
    let count = snapshot.deploys.count
    print("\(count) deploys: derived in \(derive), drawn in \(draw)")
    #expect(count > 900 && rows == 60)
  }
}
