import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

/// Drives a pager as the program would: work is done at once, and no other effect passes unnoticed.
final class PagerDriver {
  private(set) var model: Model
  private var pending: [Effect] = []
  private var work: [(LogSource, LogWork)] = []
  private var place: SourceLocation
  /// Whether work is kept until ``finishWork()``.
  var holdsWork = false

  init(
    _ snapshot: Snapshot = Fixture.snapshot, columns: Int = 80, rows: Int = 24,
    glyphs: GlyphSet = .unicode, at place: SourceLocation = #_sourceLocation
  ) {
    self.place = place
    model = Model(
      snapshot: snapshot, context: "acme", saveFolder: "/home/kim/logs", glyphs: glyphs,
      now: Fixture.now)
    _ = update(&model, .resized(Size(columns: columns, rows: rows)))
  }

  deinit { settle() }

  @discardableResult
  func open(_ request: PagerRequest, at place: SourceLocation = #_sourceLocation) -> PagerDriver {
    settle()
    self.place = place
    take(model.openPager(request))
    return self
  }

  @discardableResult
  func send(_ message: Message, at place: SourceLocation = #_sourceLocation) -> PagerDriver {
    settle()
    self.place = place
    take(update(&model, message))
    return self
  }

  @discardableResult
  func news(
    _ source: LogSource, _ news: LogNews..., at place: SourceLocation = #_sourceLocation
  ) -> PagerDriver {
    for news in news { send(.log(source, news), at: place) }
    return self
  }

  @discardableResult
  func press(_ keys: Key..., at place: SourceLocation = #_sourceLocation) -> PagerDriver {
    for key in keys { send(.key(key), at: place) }
    return self
  }

  @discardableResult
  func type(_ text: String, at place: SourceLocation = #_sourceLocation) -> PagerDriver {
    for character in text { send(.key(Key(character)), at: place) }
    return self
  }

  /// Does all work that was asked for, and what follows from it.
  @discardableResult
  func finishWork() -> PagerDriver {
    while !work.isEmpty {
      let (source, next) = work.removeFirst()
      var findings: [LogFinding] = []
      next.perform(isCancelled: { false }, report: { findings.append($0) })
      for finding in findings {
        queue(update(&model, .log(source, .worked(next, finding))))
      }
    }
    return self
  }

  /// Takes note of what the last message asked of the outside, beside work.
  @discardableResult
  func effects(_ expected: Effect..., at place: SourceLocation = #_sourceLocation) -> PagerDriver {
    #expect(pending == expected, sourceLocation: place)
    pending = []
    return self
  }

  /// What the last message asked of the outside, beside work.
  func takeEffects() -> [Effect] {
    defer { pending = [] }
    return pending
  }

  /// Takes no interest in what was asked of the outside.
  @discardableResult
  func dropEffects() -> PagerDriver {
    pending = []
    return self
  }

  @discardableResult
  func expectNotice(
    _ part: String, _ severity: Notice.Severity? = nil, at place: SourceLocation = #_sourceLocation
  ) -> PagerDriver {
    let notice = model.notice?.notice
    #expect(notice?.text.contains(part) == true, "\(notice?.text ?? "none")", sourceLocation: place)
    if let severity { #expect(notice?.severity == severity, sourceLocation: place) }
    return self
  }

  @discardableResult
  func expectScreen(
    _ parts: String..., at place: SourceLocation = #_sourceLocation
  ) -> PagerDriver {
    let text = screen
    for part in parts {
      #expect(text.contains(part), "“\(part)” in\n\(text)", sourceLocation: place)
    }
    return self
  }

  @discardableResult
  func expectNotOnScreen(
    _ parts: String..., at place: SourceLocation = #_sourceLocation
  ) -> PagerDriver {
    let text = screen
    for part in parts {
      #expect(!text.contains(part), "“\(part)” in\n\(text)", sourceLocation: place)
    }
    return self
  }

  @discardableResult
  func expectPrompt(
    _ label: String, _ hint: String = "", isWrong: Bool = false,
    at place: SourceLocation = #_sourceLocation
  ) -> PagerDriver {
    let prompt = pager?.prompt
    #expect(prompt?.label == label, sourceLocation: place)
    #expect(prompt?.hint.contains(hint) == true || hint.isEmpty, sourceLocation: place)
    #expect(prompt?.isWrong == isWrong, "\(prompt?.hint ?? "")", sourceLocation: place)
    return self
  }

  var pager: Pager? {
    guard case .pager(let pager) = model.screens.last else { return nil }
    return pager
  }

  /// The text of the line under the cursor.
  var cursorText: String? { pager?.log?.cursorText }

  /// The number of the line under the cursor.
  var cursorLine: Int? { pager?.log?.rows.first { $0.isCursor }?.line }

  var frame: Frame { view(model) }
  var screen: String { frame.lines.joined(separator: "\n") }
  /// The line at the top.
  var statusLine: String { frame.lines.first ?? "" }

  private func take(_ effects: [Effect]) {
    queue(effects)
    if !holdsWork { finishWork() }
  }

  private func queue(_ effects: [Effect]) {
    for effect in effects {
      guard case .workOnLog(let source, let next) = effect else {
        pending.append(effect)
        continue
      }
      work.removeAll { $0.0 == source && $0.1.kind == next.kind }
      work.append((source, next))
    }
  }

  private func settle() {
    if !pending.isEmpty {
      Issue.record("effects that nobody expected: \(pending)", sourceLocation: place)
    }
    pending = []
  }
}
