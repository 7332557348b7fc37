import Deploys
import LogText

extension Pager {
  /// Does what a key of the pager asks for.
  mutating func perform(_ command: PagerCommand) -> [Effect] {
    switch command {
    case .scrollUp: return move { $0.scroll(rows: -1) }
    case .scrollDown: return move { $0.scroll(rows: 1) }
    case .halfPageUp: return move { $0.scroll(rows: -max(1, $0.height / 2)) }
    case .halfPageDown: return move { $0.scroll(rows: max(1, $0.height / 2)) }
    case .left: return move { $0.scrollSideways(columns: -max(1, $0.columns / 2)) }
    case .right: return moveRight()
    case .lineStart: return move { $0.scrollSideways(columns: -$0.status.column) }
    case .goToPlace: askForPlace()
    case .search: askForPattern(isBackward: false)
    case .searchBackward: askForPattern(isBackward: true)
    case .nextHit: return findNext(isOpposite: false)
    case .previousHit: return findNext(isOpposite: true)
    case .nextError: return move { $0.nextProblem(isBackward: false, kind: .error) }
    case .previousError: return move { $0.nextProblem(isBackward: true, kind: .error) }
    case .nextProblem: return move { $0.nextProblem(isBackward: false, kind: .any) }
    case .previousProblem: return move { $0.nextProblem(isBackward: true, kind: .any) }
    case .nextStep: return changeStep(isBackward: false)
    case .previousStep: return changeStep(isBackward: true)
    case .allSteps:
      return changeText { text in
        text.start = nil
        return text.showWhole()
      }
    case .otherLog: return changeSource()
    case .filterLines: askForFilter()
    case .follow: return toggleFollowing()
    case .fold: return move { $0.toggleFold() }
    case .foldAll: return toggleFolds()
    case .timestamps: return changeTimestamps()
    case .wrap: return toggleWrap()
    case .lineNumbers:
      let areShown = PagerLayout(self).numbers > 0
      habits.showsNumbers = !areShown
    case .toggleRegex: toggleRegex()
    case .save: askForPath()
    case .copyLine: return copyLine()
    case .editor: return [.lendLog(shown, to: .editor)]
    case .otherPager: return [.lendLog(shown, to: .pager)]
    case .openPage: return (job?.job.url).map { [.openInBrowser($0)] } ?? []
    case .reload: return reload()
    case .leave: break
    }
    return []
  }

  /// Moves in the text; who moves is not moved elsewhere by what comes later.
  mutating func move(_ change: (inout LogPager) -> [LogWork]) -> [Effect] {
    guard log != nil else { return [] }
    let effects = changeText { text in
      text.start = nil
      text.awaitsError = false
      return text.change(change)
    }
    // The same answer as before is an answer too.
    sayMessage()
    return effects
  }

  /// Goes on in the direction of the search, or against it.
  private mutating func findNext(isOpposite: Bool) -> [Effect] {
    let isBackward = text?.searchesBackward == true
    return move { $0.findNext(isBackward: isBackward != isOpposite) }
  }

  /// Puts an earlier or a later pattern into the line that is being typed.
  mutating func recall(isEarlier: Bool) { question?.recall(habits.patterns, isEarlier: isEarlier) }

  private mutating func moveRight() -> [Effect] {
    if log?.options.wraps == true {
      notice = Notice("long lines are broken: w lets them run on")
      return []
    }
    return move { $0.scrollSideways(columns: max(1, $0.columns / 2)) }
  }

  private mutating func toggleFollowing() -> [Effect] {
    guard let log else { return [] }
    let follows = !log.status.isFollowing
    notice = Notice(follows ? "goes with the end: F stays" : "stays here: F goes with the end")
    return move { log in
      var options = log.options
      options.follows = follows
      return log.setOptions(options) + (follows ? log.goToBottom() : [])
    }
  }

  private mutating func toggleFolds() -> [Effect] {
    guard let text else { return [] }
    let isFolded = text.isFolded
    return changeText { text in
      text.isFolded = !isFolded
      return text.change { isFolded ? $0.unfoldAll() : $0.foldAll() }
    }
  }

  private mutating func changeTimestamps() -> [Effect] {
    let all = LogPager.Timestamps.allCases
    let index = all.firstIndex(of: habits.timestamps).map { ($0 + 1) % all.count } ?? 0
    switch all[index] {
    case .hidden: notice = Notice("times are hidden")
    case .time: notice = Notice("times of day")
    case .full: notice = Notice("whole timestamps")
    }
    return changeOptions { $0.timestamps = all[index] }
  }

  private mutating func toggleWrap() -> [Effect] {
    notice = Notice(habits.wraps ? "long lines run on" : "long lines are broken")
    return changeOptions { $0.wraps.toggle() }
  }

  private mutating func copyLine() -> [Effect] {
    guard let log, !log.rows.isEmpty else {
      notice = Notice("there is nothing in the text to copy", .warning)
      return []
    }
    notice = Notice("copied the line under the cursor", .success)
    return [.copy(log.cursorText)]
  }
}
