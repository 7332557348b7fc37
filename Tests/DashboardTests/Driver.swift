import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

/// Drives a model as the program would, and lets no effect pass unnoticed.
final class Driver {
  private(set) var model: Model
  private var pending: [Effect] = []
  private var place: SourceLocation

  init(
    _ snapshot: Snapshot = Fixture.snapshot, columns: Int = 120, rows: Int = 40,
    glyphs: GlyphSet = .unicode, at place: SourceLocation = #_sourceLocation
  ) {
    self.place = place
    model = Model(
      snapshot: .empty(snapshot.sections.map(\.environment), at: Fixture.now),
      context: "acme: 3 repositories", window: "24 hours", glyphs: glyphs, now: Fixture.now)
    send(.resized(Size(columns: columns, rows: rows)), at: place)
    send(.snapshot(snapshot), at: place)
  }

  deinit { settle() }

  @discardableResult
  func send(_ message: Message, at place: SourceLocation = #_sourceLocation) -> Driver {
    settle()
    self.place = place
    pending = update(&model, message)
    return self
  }

  @discardableResult
  func press(_ keys: Key..., at place: SourceLocation = #_sourceLocation) -> Driver {
    for key in keys { send(.key(key), at: place) }
    return self
  }

  @discardableResult
  func type(_ text: String, at place: SourceLocation = #_sourceLocation) -> Driver {
    for character in text { send(.key(Key(character)), at: place) }
    return self
  }

  /// Takes note of what the last message asked of the outside.
  @discardableResult
  func effects(_ expected: Effect..., at place: SourceLocation = #_sourceLocation) -> Driver {
    #expect(pending == expected, sourceLocation: place)
    pending = []
    return self
  }

  /// Does to the model what no message stands for, such as opening a screen.
  @discardableResult
  func act(
    at place: SourceLocation = #_sourceLocation, _ change: (inout Model) -> [Effect]
  ) -> Driver {
    settle()
    self.place = place
    pending = change(&model)
    return self
  }

  /// Lets pass whatever the last message asked of the outside.
  @discardableResult
  func drain() -> Driver {
    pending = []
    return self
  }

  @discardableResult
  func expect(
    _ words: Comment? = nil, at place: SourceLocation = #_sourceLocation,
    _ test: (Model) -> Bool
  ) -> Driver {
    #expect(test(model), words, sourceLocation: place)
    return self
  }

  @discardableResult
  func expectSelection(
    _ id: BoardRow.ID?, at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    #expect(model.board.selection == id, sourceLocation: place)
    return self
  }

  @discardableResult
  func expectNotice(
    _ part: String, _ severity: Notice.Severity, at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    let notice = model.notice?.notice
    #expect(notice?.text.contains(part) == true, "\(notice?.text ?? "none")", sourceLocation: place)
    #expect(notice?.severity == severity, sourceLocation: place)
    return self
  }

  /// Looks for words anywhere on the screen.
  @discardableResult
  func expectScreen(_ parts: String..., at place: SourceLocation = #_sourceLocation) -> Driver {
    let text = screen
    for part in parts {
      #expect(text.contains(part), "“\(part)” in\n\(text)", sourceLocation: place)
    }
    return self
  }

  @discardableResult
  func expectNotOnScreen(_ part: String, at place: SourceLocation = #_sourceLocation) -> Driver {
    let text = screen
    #expect(!text.contains(part), "“\(part)” in\n\(text)", sourceLocation: place)
    return self
  }

  var frame: Frame { view(model) }
  var screen: String { frame.lines.joined(separator: "\n") }

  private func settle() {
    if !pending.isEmpty {
      Issue.record("effects that nobody expected: \(pending)", sourceLocation: place)
    }
    pending = []
  }
}
