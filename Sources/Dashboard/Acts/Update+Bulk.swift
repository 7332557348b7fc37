import Canvas
import Deploys

extension Model {
  /// Opens the list of what would be done to everything that is marked.
  mutating func openBulk(_ kind: ActKind) -> [Effect] {
    followed = nil
    let candidates = markedDeploys.map { deploy in
      BulkCandidate(
        target: ActTarget(deploy, isProtected: isProtected(deploy.environment)), deploy: deploy,
        readOnlyReason: snapshot.environment(deploy.environment)?.readOnlyReason,
        stop: stopWays(of: deploy), environments: snapshot.environments)
    }
    let dialog = BulkDialog(kind, candidates)
    screens.append(.bulk(dialog))
    return dialog.asked.map(Effect.loadPending)
  }

  /// Lets a second of the time pass in which a bulk action can be called back.
  mutating func tickBulk() -> [Effect] {
    // Only what stands on the screen can be called back.
    guard !isTooSmall, case .bulk(var dialog) = screens.last, dialog.window != nil else {
      return []
    }
    dialog.pass(to: now)
    screens[screens.count - 1] = .bulk(dialog)
    return dialog.window?.isOver == true ? sendBulk() : []
  }

  /// Sends what was confirmed and not called back.
  mutating func sendBulk() -> [Effect] {
    guard case .bulk(var dialog) = screens.last, dialog.window != nil else { return [] }
    guard !dialog.sent.isEmpty else {
      screens.removeLast()
      say(Notice("nothing was sent: all of it has changed meanwhile", .warning))
      return []
    }
    bulkCount += 1
    let mutations = dialog.start(bulkCount)
    screens[screens.count - 1] = .bulk(dialog)
    bulkUnderway = bulkCount
    keepInSight(mutations.compactMap(\.run))
    return [.mutateAll(bulkCount, mutations)]
  }

  /// Leaves out of the lists that are not sent yet what has changed since.
  mutating func settleBulk() {
    for index in screens.indices {
      guard case .bulk(var dialog) = screens[index] else { continue }
      dialog.settle(in: snapshot)
      screens[index] = .bulk(dialog)
    }
  }

  /// Calls back what was confirmed.
  mutating func callBack() {
    guard case .bulk(let dialog) = screens.last, dialog.window != nil else { return }
    screens.removeLast()
    say(Notice("called back: nothing was sent"))
  }

  /// Takes in something about a bulk action.
  mutating func takeBulk(_ id: Int, _ news: BulkNews) -> [Effect] {
    let place = screens.firstIndex { screen in
      if case .bulk(let dialog) = screen { dialog.number == id } else { false }
    }
    if case .finished = news, bulkUnderway == id { bulkUnderway = nil }
    guard let place, case .bulk(var dialog) = screens[place] else { return tell(news) }
    dialog.take(news)
    screens[place] = .bulk(dialog)
    if case .ended(let index, let outcome) = news, dialog.sent.indices.contains(index) {
      let line = dialog.sent[index]
      if let mutation = line.mutation { remember(mutation, outcome) }
      let own = zip(dialog.sent, dialog.results).filter { $0.0.target.run == line.target.run }
      let isDone = own.allSatisfy { if case .done = $0.1 { true } else { false } }
      if isDone { marks.remove(line.target.run) }
    }
    if case .finished = news { return [.refreshNow] }
    return []
  }

  /// Tells of what was left to itself.
  private mutating func tell(_ news: BulkNews) -> [Effect] {
    switch news {
    case .ended(_, let outcome):
      if let ending = Ending(outcome) {
        say(Notice(ending.sentences, .error))
      } else if case .done(let message, _) = outcome {
        say(Notice(message, .success))
      }
    case .finished: return [.refreshNow]
    case .sending, .calledBack, .paused: break
    }
    return []
  }

  /// Leaves the dialog of a bulk action by one step.
  mutating func leaveBulk() -> [Effect] {
    guard case .bulk(var dialog) = screens.last else { return [] }
    switch dialog.stage {
    case .choosing, .commenting, .confirming: leaveDialog()
    case .waiting: callBack()
    case .running(isStopping: false):
      dialog.stop()
      screens[screens.count - 1] = .bulk(dialog)
      return dialog.number.map { [.stopBulk($0)] } ?? []
    case .running(isStopping: true):
      screens.removeLast()
      bulkUnderway = nil
      say(Notice("what is on its way goes on; its end is told here"))
    case .ended: screens.removeLast()
    }
    return []
  }
}
