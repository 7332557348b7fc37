import Canvas
import Deploys
import LogText

extension Model {
  /// Opens a text.
  mutating func openPager(_ request: PagerRequest) -> [Effect] {
    screens.append(
      .pager(Pager(request, size: size, habits: pagerHabits, saveFolder: saveFolder)))
    return changePager { $0.open() }
  }

  /// Takes in what has happened to a text.
  mutating func takeLog(_ source: LogSource, _ news: LogNews) -> [Effect] {
    changePager(where: { $0.text(source) != nil }) { $0.take(source, news) }
  }

  /// Takes in what has become of a text that a pager saves, if one does.
  mutating func takePagerSaved(_ request: SaveRequest, _ news: SaveNews) -> Bool {
    var isTaken = false
    _ = changePager(where: { $0.saving?.request == request }) {
      isTaken = $0.take(request, news)
      return []
    }
    return isTaken
  }

  /// Brings the pager up to date with the snapshot.
  mutating func refreshPager() -> [Effect] {
    let snapshot = snapshot
    return changePager { $0.refresh(snapshot) }
  }

  /// Lays the pager out for another size of the screen.
  mutating func resizePager() -> [Effect] {
    let size = size
    return changePager {
      $0.size = size
      return []
    }
  }

  /// Moves on this screen.
  mutating func movePager(_ stride: Stride) -> [Effect] {
    changePager { pager in
      if pager.question != nil {
        pager.recall(isEarlier: stride.distance(page: 1) < 0)
        return []
      }
      return switch stride {
      case .rows(let count): pager.move { $0.moveCursor(rows: count) }
      case .pages(let count): pager.move { $0.scroll(rows: count * max(1, $0.height - 1)) }
      case .start: pager.move { $0.goToTop() }
      case .end: pager.move { $0.goToBottom() }
      }
    }
  }

  /// Goes back by one step: out of what is typed, then out of what is looked for and filtered, then
  /// off the screen.
  mutating func leavePager() -> [Effect] {
    guard case .pager(let pager) = screens.last else { return [] }
    if pager.question != nil {
      return changePager {
        $0.decline()
        return []
      }
    }
    if let log = pager.log {
      if log.pattern != nil { return changePager { $0.changeLog { $0.search(nil) } } }
      if log.filterPattern != nil { return changePager { $0.changeLog { $0.filter(nil) } } }
    }
    screens.removeLast()
    return pager.close()
  }

  /// Answers a change of the line that is being typed.
  mutating func editPagerPrompt(_ change: (inout TextField) -> Void) -> [Effect] {
    changePager { $0.edit(change) }
  }

  /// Takes the line that was typed.
  mutating func acceptPagerPrompt() -> [Effect] { changePager { $0.accept() } }

  /// Performs a command of this screen.
  mutating func perform(_ command: PagerCommand, _ key: Key) -> [Effect] {
    guard command != .leave else {
      guard case .pager(let pager) = screens.popLast() else { return [] }
      return pager.close()
    }
    let effects = changePager { $0.perform(command) }
    if effects == [.refreshNow] { sayRefreshing() }
    return effects
  }

  /// Changes the topmost pager that passes a test, and keeps its text fitted to its room.
  private mutating func changePager(
    where test: (Pager) -> Bool = { _ in true }, _ change: (inout Pager) -> [Effect]
  ) -> [Effect] {
    for index in screens.indices.reversed() {
      guard case .pager(var pager) = screens[index], test(pager) else { continue }
      // Taken out, so that the text is changed in place instead of being copied.
      screens[index] = .help
      var effects = change(&pager)
      effects += pager.fit()
      if let notice = pager.notice { say(notice) }
      pager.notice = nil
      pagerHabits = pager.habits
      screens[index] = .pager(pager)
      return effects
    }
    return []
  }
}
