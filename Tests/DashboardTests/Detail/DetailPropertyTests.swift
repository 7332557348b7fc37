import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Whatever is pressed and whatever comes on a run's screen")
struct DetailPropertyTests {
  private static let sequences = 40
  private static let steps = 50
  private static let keys: [Key] =
    DetailCommand.allCases
    .flatMap { Command.detail($0).keys(in: .detail) }
    // What opens other screens and leaves this one has its own tests.
    .filter { !["enter", "L", "B", "A"].contains($0) } + ["j", "k", "G", "g", "pgdn", "pgup"]

  @Test("The cursors keep to their rows, and every question is asked once")
  func sequencesHold() {
    var checks = 0
    for seed in 0..<Self.sequences {
      var random = SeededGenerator(seed: UInt64(seed))
      var deploy = seed.isMultiple(of: 2) ? Fixture.groups : Fixture.brokenStep
      let driver = Sequence(deploy, seed: seed)
      for _ in 0..<Self.steps {
        driver.send(Self.message(&deploy, driver.model, &random))
        checks += 1
      }
    }
    print("property test of a run's screen: \(Self.sequences) sequences, \(checks) messages")
    #expect(checks == Self.sequences * Self.steps)
  }

  private static func message(
    _ deploy: inout Deploy, _ model: Model, _ random: inout SeededGenerator
  ) -> Message {
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<3:
      change(&deploy, &random)
      return .snapshot(Fixture.snapshot(deploy))
    case 3:
      return .resized(
        Size(
          columns: Int.random(in: 40...160, using: &random),
          rows: Int.random(in: 10...50, using: &random)))
    case 4:
      guard let job = deploy.jobs.randomElement(using: &random) else { return .tick(Fixture.now) }
      return .inspected(
        deploy.id, attempt: deploy.run.attempt, .excerpts(job.job),
        .excerpts([Fixture.brokenLines]))
    case 5:
      return .inspected(
        deploy.id, attempt: 1, .attempt, .attempt(Fixture.disagreeing))
    default: return .key(keys.randomElement(using: &random) ?? "j")
    }
  }

  private static func change(_ deploy: inout Deploy, _ random: inout SeededGenerator) {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: deploy.jobs.shuffle(using: &random)
    case 1: if deploy.jobs.count > 1 { _ = deploy.jobs.popLast() }
    case 2:
      var item = deploy.jobs.first ?? Fixture.brokenStep.jobs[0]
      item.job.id = Int64.random(in: 500...540, using: &random)
      item.job.name = ["빌드 (x)", "deploy / y", "z"].randomElement(using: &random) ?? "z"
      if !deploy.jobs.contains(where: { $0.id == item.id }) { deploy.jobs.insert(item, at: 0) }
    case 3: if !deploy.jobs.isEmpty { deploy.jobs[0].job.conclusion = .failure }
    case 4: if !deploy.jobs.isEmpty { _ = deploy.jobs[0].job.steps.popLast() }
    default: if deploy.run.attempt < 6 { deploy.run.attempt += 1 }
    }
  }

  /// A model that is driven and held to what always has to be so.
  private final class Sequence {
    private(set) var model: Model
    private let seed: Int
    private var asked: Set<String> = []

    init(_ deploy: Deploy, seed: Int) {
      self.seed = seed
      model = Model(
        snapshot: Fixture.snapshot(deploy), context: "c",
        glyphs: seed.isMultiple(of: 3) ? .ascii : .unicode, now: Fixture.now)
      send(.resized(Size(columns: 100, rows: 30)))
      send(.key("enter"))
    }

    func send(_ message: Message) {
      let before = model.detail
      let effects = update(&model, message)
      for effect in effects {
        guard case .inspect(_, let attempt, let question) = effect else { continue }
        // The artifacts are the run's, and another attempt may add some.
        guard question != .artifacts else { continue }
        let isNew = asked.insert("\(question.key(attempt: attempt))").inserted
        #expect(isNew, "seed \(seed): \(question) is asked again")
      }
      if let before, let after = model.detail { check(before, after, message) }
      let frame = view(model)
      let wide = frame.lines.first { DisplayWidth.of($0) > frame.size.columns }
      #expect(wide == nil, "seed \(seed)")
      if model.detail == nil, model.screens.isEmpty { _ = update(&model, .key("enter")) }
    }

    private func check(_ before: RunDetail, _ after: RunDetail, _ message: Message) {
      check(after.table)
      check(after.why)
      guard before.attempt == after.attempt else { return }
      switch message {
      case .key, .keys, .pasted: return
      default:
        let isThere = after.table.rows.contains { $0.id == before.table.selection }
        #expect(
          !isThere || before.table.selection == after.table.selection,
          "seed \(seed): \(String(describing: before.table.selection))")
      }
    }

    private func check<Row: ListRow>(_ list: RowList<Row>) {
      #expect(Set(list.rows.map(\.id)).count == list.rows.count, "seed \(seed): rows are unique")
      guard list.height > 0 else { return }
      if let index = list.selectedIndex {
        #expect((list.top..<(list.top + list.height)).contains(index), "seed \(seed)")
      } else {
        let stop = list.rows.first(where: \.isSelectable)
        #expect(stop == nil, "seed \(seed)")
      }
    }
  }

  @Test("A run of 256 jobs of 40 steps is taken in and drawn, and the time is printed")
  func large() {
    var deploy = Fixture.brokenStep
    deploy.jobs = (0..<256).map { index in
      var item = Fixture.brokenStep.jobs[0]
      item.job.id = Int64(1000 + index)
      item.job.name = "build (linux, \(index))"
      item.job.steps = (0..<40).map { number in
        Step(
          number: number + 1, name: "step \(number)", status: .completed,
          conclusion: number == 30 ? .failure : .success, startedAt: Fixture.ago(1900),
          completedAt: Fixture.ago(1800))
      }
      return item
    }
    let first = Fixture.snapshot(deploy)
    deploy.jobs[7].job.steps[3].name = "another"
    let snapshot = Fixture.snapshot(deploy)
    var model = Model(snapshot: first, context: "c", now: Fixture.now)
    _ = update(&model, .resized(Size(columns: 200, rows: 60)))
    _ = update(&model, .key("enter"))
    let clock = ContinuousClock()
    let derive = clock.measure { _ = update(&model, .snapshot(snapshot)) }
    let move = clock.measure { _ = update(&model, .key("j")) }
    var rows = 0
    let draw = clock.measure { rows = view(model).lines.count }
    print("a run of 256 jobs: taken in in \(derive), moved in \(move), drawn in \(draw)")
    #expect(rows == 60 && model.detail?.table.rows.isEmpty == false)
  }
}
