import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Acting, whatever is pressed")
struct ActPropertyTests {
  private static let keys: [Key] = [
    "r", "x", "P", "y", "n", "enter", "escape", "space", "*", "u", "D", "tab", "shift-tab", "up",
    "down", "p", "d", "1", "2", "3", "!", "F", "e", "?", "q", "enter", "y", "x", "*",
    "s",
  ]

  @Test("Nothing is sent without its question, nor several things before three seconds")
  func neverByItself() {
    var sent = 0
    var bulks = 0
    for seed in 0..<60 {
      var random = SeededGenerator(seed: UInt64(seed) &+ 900)
      var snapshot = Fixture.snapshot
      // Without names to type the questions are passed more often.
      if seed.isMultiple(of: 2) { snapshot.sections[2].environment.isProtected = false }
      var model = Model(snapshot: snapshot, context: "c", now: Fixture.now)
      _ = update(&model, .resized(Size(columns: 80, rows: 24)))
      var clock = 0.0
      var windowSince: Double?
      for step in 0..<150 {
        let message = Self.message(&model, &clock, &random)
        let before = model
        let effects = update(&model, message)
        for effect in effects {
          switch effect {
          case .mutate:
            sent += 1
            #expect(before.focus == .confirm || before.focus == .name, "seed \(seed)")
            #expect(before.confirmation?.isSatisfied == true, "seed \(seed)")
            #expect(before.underway == nil && before.bulkUnderway == nil, "seed \(seed)")
          case .mutateAll(_, let mutations):
            bulks += 1
            #expect(before.focus == .undo && !mutations.isEmpty, "seed \(seed)")
            #expect(before.underway == nil && before.bulkUnderway == nil, "seed \(seed)")
            #expect(Set(mutations).count == mutations.count, "seed \(seed): each once")
            if message != .key("s") {
              #expect(clock - (windowSince ?? clock) >= 3, "seed \(seed): too early")
            }
          default: break
          }
        }
        let isAsked = before.focus == .confirm || before.focus == .name
        if model.focus == .undo, isAsked { windowSince = clock }
        if step.isMultiple(of: 10) {
          #expect(view(model).size == model.size, "seed \(seed)")
        }
      }
    }
    print("acting: \(sent) single changes, \(bulks) bulk actions")
    #expect(sent > 20 && bulks > 20)
  }

  private static func message(
    _ model: inout Model, _ clock: inout Double, _ random: inout SeededGenerator
  ) -> Message {
    if Int.random(in: 0..<3, using: &random) > 0 { return likely(&model, &clock, &random) }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return tick(&clock, &random)
    case 1: return answer(model, &random)
    default: return .key(keys.randomElement(using: &random) ?? "x")
    }
  }

  private static func tick(_ clock: inout Double, _ random: inout SeededGenerator) -> Message {
    clock += Double.random(in: 0.9...1.1, using: &random)
    return .tick(Fixture.after(clock))
  }

  /// What somebody does who wants to come to an end.
  private static func likely(
    _ model: inout Model, _ clock: inout Double, _ random: inout SeededGenerator
  ) -> Message {
    switch model.focus {
    case .board:
      let keys: [Key] = ["r", "x", "P", "*", "space", "1", "2", "3", "!", "down"]
      return .key(keys.randomElement(using: &random) ?? "x")
    case .confirm: return .key("y")
    case .name:
      // Whoever is asked for a name types it.
      for character in model.confirmation?.environment ?? "" {
        _ = update(&model, .key(Key(character)))
      }
      return .key("enter")
    case .undo: return tick(&clock, &random)
    case .busy: return answer(model, &random)
    case .choice, .text, .message: return .key("enter")
    case .filter, .help, .detail, .pager, .files, .versions, .picker, .prompt, .small:
      return .key("escape")
    }
  }

  /// What comes from outside.
  private static func answer(_ model: Model, _ random: inout SeededGenerator) -> Message {
    if let underway = model.underway {
      return .mutated(underway, .done(message: "done", run: underway.run))
    }
    if let number = model.bulkUnderway { return .bulk(number, .finished) }
    let waiting = model.snapshot.deploys.filter(\.waitsForReview).map(\.id)
    if let run = waiting.randomElement(using: &random), Bool.random(using: &random) {
      return .pendingLoaded(run, .pending([Fixture.pending(7, "production")]))
    }
    return .snapshot(model.snapshot)
  }
}
