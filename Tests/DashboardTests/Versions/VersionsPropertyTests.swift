import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Versions and tags, whatever is pressed and whatever comes")
struct VersionsPropertyTests {
  static let sequences = 40
  static let steps = 60
  static let keys: [Key] = {
    let focuses: [Focus] = [.versions, .choice, .text, .confirm, .name, .picker]
    let bound = Command.allCases.flatMap { command in focuses.flatMap(command.keys(in:)) }
    return Array(Set(bound)).sorted { "\($0)" < "\($1)" } + ["p", "p", "enter", "v", "결", "z"]
  }()

  @Test("Frames hold together, the cursor is on the screen, and nothing is sent without a question")
  func sequencesHold() {
    var sent = 0
    for seed in 0..<Self.sequences {
      var random = SeededGenerator(seed: UInt64(seed))
      var snapshot = Fixture.snapshot
      var model = Model(
        snapshot: snapshot, context: "c", glyphs: seed.isMultiple(of: 2) ? .unicode : .ascii,
        now: Fixture.now)
      _ = update(&model, .resized(Size(columns: 80, rows: 24)))
      _ = update(&model, .key("v"))
      for step in 0..<Self.steps {
        let message = Self.message(step, &snapshot, model, &random)
        let before = model
        let effects = update(&model, message)
        for case .mutate(let mutation) in effects {
          sent += 1
          #expect(before.underway == nil && model.underway == mutation, "seed \(seed)")
          #expect(before.confirmation?.isSatisfied == true, "seed \(seed)")
        }
        Self.check(model, "seed \(seed), step \(step)")
      }
    }
    print("versions: \(Self.sequences * Self.steps) messages, \(sent) sent")
    #expect(sent > 0)
  }

  private static func check(_ model: Model, _ words: Comment) {
    let frame = view(model)
    #expect(frame.size == model.size, words)
    #expect(!frame.lines.contains { DisplayWidth.of($0) > frame.size.columns }, words)
    if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor), words) }
    guard case .versions(var versions) = model.screens.last, !model.isTooSmall,
      let place = versions.place
    else { return }
    let layout = VersionsLayout(model.size, versions.grid)
    versions.reveal(in: layout)
    let columns = versions.left..<(versions.left + layout.columnCount)
    #expect(columns.contains(place.column), words)
    let end = versions.grid.rows[versions.top...place.row].map {
      layout.height(of: $0, from: versions.left)
    }
    #expect(end.reduce(0, +) <= max(layout.list.size.rows, end.last ?? 0), words)
  }

  private static func message(
    _ step: Int, _ snapshot: inout Snapshot, _ model: Model, _ random: inout SeededGenerator
  ) -> Message {
    switch Int.random(in: 0..<28, using: &random) {
    case 0, 1:
      let section = Int.random(in: 0..<3, using: &random)
      snapshot.sections[section].deploys =
        Bool.random(using: &random)
        ? Fixture.snapshot.sections[section].deploys
        : snapshot.sections[section].deploys.shuffled(using: &random).dropLast().map {
          var deploy = $0
          deploy.state = .completed(Bool.random(using: &random) ? .success : .failure)
          deploy.run.attempt += 1
          return deploy
        }
      return .snapshot(snapshot)
    case 2:
      return .resized(
        Size(
          columns: Int.random(in: 0...210, using: &random),
          rows: Int.random(in: 0...60, using: &random)))
    case 3: return .resized(Size(columns: 80, rows: 24))
    case 4: return .tick(Fixture.now.addingTimeInterval(Double(step * 61)))
    case 5:
      var answer = Fixture.versions
      answer.rows.shuffle(using: &random)
      if Bool.random(using: &random) { answer.rows.removeLast() }
      return .versionsLoaded(answer)
    case 6: return .versionsLoaded(Fixture.versions)
    case 7, 8, 9:
      guard let query = tagQuery(model) else { return .key("p") }
      guard Int.random(in: 0..<5, using: &random) > 0 else {
        return .tagPlanLoaded(query, .failed(Fixture.denied))
      }
      let number = Int.random(in: 1...9, using: &random)
      let tag = "\(query.service)-\(query.environment)-20261112-0\(number)"
      return .tagPlanLoaded(query, .plan(Fixture.plan(query, tag: tag, taken: [])))
    case 10:
      guard let underway = model.underway else { return .key("enter") }
      let outcomes: [OperationOutcome] = [
        .done(message: "done", run: nil), .unknown(message: "lost"),
        .refused(message: "taken", remedy: "next"),
      ]
      return .mutated(underway, outcomes.randomElement(using: &random) ?? outcomes[0])
    case 11...20:
      if let confirmation = model.confirmation {
        // What random keys would hardly ever type.
        let rest = confirmation.environment.dropFirst(confirmation.typed.text.count)
        if confirmation.isProtected, confirmation.environment.hasPrefix(confirmation.typed.text),
          let next = rest.first
        {
          return .key(Key(next))
        }
        return .key(confirmation.isProtected ? "enter" : "y")
      }
      return .key(tagQuery(model) == nil ? "p" : "enter")
    default: return .key(keys.randomElement(using: &random) ?? "j")
    }
  }

  private static func tagQuery(_ model: Model) -> TagQuery? {
    for case .tag(let dialog) in model.screens { return dialog.query }
    return nil
  }
}
