import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Whatever is pressed in the forms")
struct FormPropertyTests {
  private typealias F = FormFixture
  static let sequences = 60
  static let steps = 80

  static let keys: [Key] = {
    let focuses: [Focus] = [.text, .choice, .confirm, .name, .busy, .message, .picker]
    let bound = Command.allCases.flatMap { command in focuses.flatMap { command.keys(in: $0) } }
    let common: [Key] = [
      "enter", "enter", "enter", "enter", "tab", "down", "down", "up", "space", "y", "ctrl-t", "d",
      "w", "1", "m", "결", "\u{301}", "x",
    ]
    return Array(Set(bound)).sorted { "\($0)" < "\($1)" }.filter { $0 != "ctrl-c" } + common
  }()

  @Test("Nothing is sent without the question, nothing twice, and every frame holds together")
  func sequencesHold() {
    var sent = 0
    for seed in 0..<Self.sequences {
      var random = SeededGenerator(seed: UInt64(seed))
      var model = Model(
        snapshot: Fixture.snapshot, context: "c",
        glyphs: seed.isMultiple(of: 2) ? .unicode : .ascii, now: Fixture.now)
      _ = update(&model, .resized(Size(columns: 80, rows: 24)))
      var asked: [Effect] = []
      for _ in 0..<Self.steps {
        let message = Self.message(model, &asked, &random)
        let before = model
        let effects = update(&model, message)
        asked += effects
        sent += Self.check(effects, before: before, seed: seed)
        Self.check(model, seed: seed)
      }
    }
    print("forms: \(Self.sequences) sequences of \(Self.steps) messages, \(sent) dispatches")
    #expect(sent > 0)
  }

  private static func message(
    _ model: Model, _ asked: inout [Effect], _ random: inout SeededGenerator
  ) -> Message {
    if model.screens.isEmpty, Int.random(in: 0..<3, using: &random) > 0 {
      return .key(Bool.random(using: &random) ? "d" : "w")
    }
    switch Int.random(in: 0..<16, using: &random) {
    case 0:
      return .resized(
        Size(
          columns: Int.random(in: 0...160, using: &random),
          rows: Int.random(in: 0...50, using: &random)))
    case 1: return .resized(Size(columns: 80, rows: 24))
    case 2...5:
      guard !asked.isEmpty else { return .key("down") }
      let index = Int.random(in: 0..<asked.count, using: &random)
      return answer(asked.remove(at: index), &random)
    case 6...11:
      return .key(purposeful(model))
    default: return .key(keys.randomElement(using: &random) ?? "enter")
    }
  }

  /// What somebody presses who wants to dispatch.
  private static func purposeful(_ model: Model) -> Key {
    switch dialog(model)?.stage {
    case .preparing(.filling): return dialog(model)?.field?.complaint == nil ? "enter" : "1"
    case .confirming(let confirmation):
      guard confirmation.isProtected else { return "y" }
      let name = Array(confirmation.environment)
      let typed = confirmation.typed.characters
      guard name.starts(with: typed) else { return "ctrl-u" }
      return typed.count < name.count ? Key(name[typed.count]) : "enter"
    case .preparing(.reading), .ended, .sending, nil: return "enter"
    }
  }

  private static func dialog(_ model: Model) -> DispatchDialog? {
    if case .dispatch(let dialog) = model.screens.last { dialog } else { nil }
  }

  private static func answer(_ effect: Effect, _ random: inout SeededGenerator) -> Message {
    let isGood = Int.random(in: 0..<4, using: &random) > 0
    switch effect {
    case .loadDispatchForm(let target, let ref):
      guard isGood else {
        return .dispatchFormLoaded(target, ref: ref, .failed(message: "no\nform", remedy: "r"))
      }
      var inputs = Fixture.form(101, "dev").inputs.shuffled(using: &random)
      inputs.removeLast(Int.random(in: 0...4, using: &random))
      let form = DispatchForm(
        target: target, isProtected: Bool.random(using: &random), ref: ref ?? "main",
        inputs: inputs,
        last: F.last([("size", "large"), ("gone\u{1B}[2J", "x"), ("timeout", "soon")]))
      return .dispatchFormLoaded(target, ref: ref, .form(form))
    case .loadRefs(let repository, let kind, let page):
      guard isGood else {
        return .refsLoaded(
          repository, kind, page: page, .failed(ReadFailure(message: "m\u{7}", remedy: "r")))
      }
      let names = (0..<30).map { "결제-\(page)-\($0)" } + ["main", "shop-dev-20261123-0\(page % 9)"]
      return .refsLoaded(repository, kind, page: page, F.page(kind, names, next: page + 1))
    case .loadWorkflows: return .workflowsLoaded(F.listing)
    case .preview(.dispatch(let request)):
      return .previewed(.dispatch(request), F.planned(request))
    case .mutate(let mutation):
      let words = ["Required input 'version' not provided", "No ref found for: x", "other"]
      return .mutated(
        mutation,
        isGood
          ? .refused(message: words.randomElement(using: &random) ?? "", remedy: "r")
          : Bool.random(using: &random)
            ? .done(message: "done", run: nil) : .unknown(message: "lost"))
    case .refreshNow, .openInBrowser, .copy, .loadTagPlan, .loadVersions, .loadPending, .preview,
      .mutateAll, .stopBulk, .follow, .inspect, .openLog, .closeLog, .workOnLog, .lendLog,
      .listFiles, .closeFiles, .save, .cancelSave, .writeTerminal, .suspend, .quit:
      return .tick(Fixture.now)
    }
  }

  /// - Returns: How many dispatches were sent.
  private static func check(_ effects: [Effect], before: Model, seed: Int) -> Int {
    var sent = 0
    for effect in effects {
      switch effect {
      case .mutate(let mutation):
        sent += 1
        #expect(before.underway == nil, "seed \(seed): one at a time")
        #expect(before.confirmation?.isSatisfied == true, "seed \(seed): after the question")
        guard let request = dialog(before)?.request else {
          #expect(dialog(before) == nil, "seed \(seed)")
          continue
        }
        #expect(mutation == .dispatch(request), "seed \(seed): what was asked")
        #expect(dialog(before)?.form?.ref == request.ref, "seed \(seed): read at its ref")
      case .loadRefs(_, _, let page): #expect(page > 0, "seed \(seed)")
      case .refreshNow, .openInBrowser, .copy, .loadDispatchForm, .loadWorkflows, .loadTagPlan,
        .loadVersions, .loadPending, .preview, .mutateAll, .stopBulk, .follow, .inspect, .openLog,
        .closeLog, .workOnLog, .lendLog, .listFiles, .closeFiles, .save, .cancelSave,
        .writeTerminal, .suspend,
        .quit:
        break
      }
    }
    return sent
  }

  private static func check(_ model: Model, seed: Int) {
    let frame = view(model)
    #expect(frame.size == model.size, "seed \(seed)")
    let isUnclean = frame.lines.contains { line in
      DisplayWidth.of(line) > frame.size.columns
        || line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
    #expect(!isUnclean, "seed \(seed)")
    if let cursor = frame.cursor {
      #expect(frame.bounds.contains(cursor), "seed \(seed): \(cursor) in \(frame.size)")
    }
    if case .refs(let picker) = model.screens.last {
      #expect(picker.hits.isEmpty || picker.selected != nil, "seed \(seed)")
    }
  }
}
