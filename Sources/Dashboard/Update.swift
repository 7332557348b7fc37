import Canvas
import Deploys
import Foundation

/// Changes the model for something that happened, and says what to ask of the outside.
package func update(_ model: inout Model, _ message: Message) -> [Effect] {
  guard case .keys(let keys) = message else { return change(&model) { $0.take(message) } }
  var effects: [Effect] = []
  var rest = keys[...]
  while let key = rest.first, !effects.contains(.quit) {
    // Every change of a line may derive a whole list anew, so what is typed at once is one change.
    let typed = model.typed(by: rest)
    effects += change(&model) { typed.count > 1 ? $0.type(typed) : $0.press(key) }
    rest = rest.dropFirst(max(1, typed.count))
  }
  return effects
}

/// Makes one change of the model, and what follows from any.
private func change(_ model: inout Model, _ change: (inout Model) -> [Effect]) -> [Effect] {
  let focus = model.focus
  let depth = model.screens.count
  let effects = change(&model)
  if model.board.releaseLeft() { model.rebuild() }
  // Another sheet, or another step of the same one, is read from its beginning.
  if model.focus != focus || model.screens.count != depth { model.sheetTop = 0 }
  // Below the last screen of a viewer there is nothing.
  return model.isViewer && model.screens.isEmpty ? effects + [.quit] : effects
}

extension Model {
  fileprivate mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .key(let key):
      return press(key)
    case .keys(let keys):
      return keys.flatMap { press($0) }
    case .pasted(let text):
      return paste(text)
    case .snapshot(let snapshot):
      let before = board
      self.snapshot = snapshot
      setClock(machineTime)
      forgetVanished()
      settleBulk()
      rebuild()
      follow()
      sayKept(since: before)
      return refreshDetail() + refreshPager() + refreshVersions()
    case .tick(let now):
      setClock(now)
      hasJustClosed = false
      fadeNotice()
      return tickBulk()
    case .resized(let size):
      self.size = size
      rebuild()
      resizeDetail()
      return resizePager()
    case .notice(let notice):
      say(notice)
    case .nextRefresh(let date):
      nextRefresh = date
    case .dispatchFormLoaded(let target, let ref, let answer):
      return takeForm(target, ref: ref, answer)
    case .workflowsLoaded(let listing):
      return takeWorkflows(listing)
    case .refsLoaded(let repository, let kind, let page, let answer):
      return takeRefs(repository, kind, page: page, answer)
    case .tagPlanLoaded(let query, let answer):
      return takeTagPlan(query, answer)
    case .versionsLoaded(let versions):
      return takeVersions(versions)
    case .pendingLoaded(let run, let answer):
      return takePending(run, answer)
    case .attention(let bytes):
      return [.writeTerminal(bytes)]
    case .previewed(let mutation, let requests):
      return takePreview(mutation, requests)
    case .mutated(let mutation, let outcome):
      return finish(mutation, outcome)
    case .bulk(let id, let news):
      return takeBulk(id, news)
    case .inspected(let run, let attempt, let question, let answer):
      return takeInspection(run, attempt: attempt, question, answer)
    case .log(let source, let news):
      return takeLog(source, news)
    case .files(let container, let news):
      return takeFiles(container, news)
    case .saved(let request, let news):
      return takeSaved(request, news)
    }
    return []
  }

  /// Sets the time, by this machine's clock.
  ///
  /// Where a snapshot tells for the first time that the clock is wrong, the notice on the screen stays
  /// as long as it would have.
  private mutating func setClock(_ machineTime: Date) {
    let before = (machine: self.machineTime, shown: now)
    self.machineTime = machineTime
    now = snapshot.clock?.corrected(machineTime) ?? machineTime
    let passed = machineTime.timeIntervalSince(before.machine)
    let jump = now.timeIntervalSince(before.shown) - passed
    notice?.since.addTimeInterval(jump)
  }

  mutating func press(_ key: Key) -> [Effect] {
    // The key that confirmed, pressed twice, must not act on what the dialog covered.
    if hasJustClosed, ["y", "enter"].contains(key) { return [] }
    attend()
    let focus = focus
    let command = KeyMap.standard.command(for: key, in: focus)
    if command != .quit { isQuitAsked = false }
    if let command {
      switch command.availability(in: self) {
      case .enabled:
        return perform(command, key)
      case .disabled(let reason):
        say(Notice(reason, .warning))
        return []
      case .hidden:
        break
      }
    }
    if focus.takesText, let typed = key.typed {
      return write(PlainText.sanitized(String(typed)))
    } else if focus != .small {
      say(Notice("\(key) does nothing here: f1 shows the keys"))
    }
    return []
  }

  /// Takes note that somebody is at the keys.
  mutating func attend() {
    hasJustClosed = false
    // Whoever presses a key has read the line, and what it said may not hold any more; a key that
    // was on its way when the line came says nothing.
    if notice?.outlastsKey == true { notice?.outlastsKey = false } else { notice = nil }
    board.pinSelection()
  }

  mutating func say(_ notice: Notice) {
    self.notice = ShownNotice(notice: notice, since: now)
  }

  mutating func fadeNotice() {
    guard let shown = notice, let lifetime = shown.notice.lifetime,
      Duration(from: shown.since, to: now) >= lifetime
    else { return }
    notice = nil
  }

  private mutating func perform(_ command: Command, _ key: Key) -> [Effect] {
    switch command {
    case .up: return move(.rows(-1))
    case .down: return move(.rows(1))
    case .pageUp: return move(.pages(-1))
    case .pageDown: return move(.pages(1))
    case .top: return move(.start)
    case .bottom: return move(.end)
    case .nextSection: goToSection(by: 1)
    case .previousSection: goToSection(by: -1)
    case .goToSection: goToSection(key)
    case .nextNeedingPerson: goToUrgent()
    case .inspect: return openDetail()
    case .detail(let command): return perform(command, key)
    case .pager(let command): return perform(command, key)
    case .files(let command): return perform(command, key)
    case .form(let command): return perform(command, key)
    case .version(let command): return perform(command, key)
    case .act(let command): return perform(command, key)
    case .accept: return acceptPrompt()
    case .openOrClose: openOrClose()
    case .expand: expand()
    case .collapse: collapse()
    case .nextMatch: goToMatch(backward: false)
    case .previousMatch: goToMatch(backward: true)
    case .toggleActive: toggleActiveOnly()
    case .filter: filterField = TextField(board.filterText)
    case .keepFilter: filterField = nil
    case .open:
      return selectedAddress.map { [.openInBrowser($0)] } ?? []
    case .copy:
      guard let address = selectedAddress else { return [] }
      say(Notice("copied \(address)", .success))
      return [.copy(address)]
    case .refresh:
      sayRefreshing()
      return [.refreshNow] + askDetailAnew()
    case .dispatch: return openDispatch()
    case .retry: return openRetry()
    case .stop: return openStop()
    case .review: return openReview()
    case .tag: return openTag()
    case .workflows: return openWorkflows()
    case .versions: return openVersions()
    case .follow: return toggleWatch()
    case .mark: toggleMark()
    case .markAll: markAll()
    case .unmark: unmark()
    case .goOn: return goOn()
    case .previousField: changeDialog { dialog, _ in dialog.goToPreviousField() }
    case .toggle: changeDialog { $0.toggle(in: $1) }
    case .send: return send()
    case .decline: return decline()
    case .cursorLeft: return edit { $0.moveLeft() }
    case .cursorRight: return edit { $0.moveRight() }
    case .cursorHome: return edit { $0.moveToStart() }
    case .cursorEnd: return edit { $0.moveToEnd() }
    case .deleteBackward: return edit { $0.deleteBackward() }
    case .deleteForward: return edit { $0.deleteForward() }
    case .deleteToStart: return edit { $0.deleteToStart() }
    case .deleteWord: return edit { $0.deleteWord() }
    case .help: screens.append(.help)
    case .back: return goBack()
    case .quit: return quit()
    case .interrupt: return [.quit]
    case .suspend: return [.suspend]
    }
    return []
  }

  /// Ends the program; where something is under way, only when it is asked for twice.
  private mutating func quit() -> [Effect] {
    let open: String? =
      if bulkUnderway != nil {
        "changes are being sent: q again sends no more of them and ends cdtop"
      } else if let underway {
        "\(underway.name) is under way: q again ends cdtop when its end is known"
      } else if !savings.isEmpty {
        "a file is being saved: q again stops that and ends cdtop"
      } else {
        nil
      }
    guard let open, !isQuitAsked else { return [.quit] }
    isQuitAsked = true
    say(Notice(open, .warning))
    return []
  }

  /// Changes the line of text that has the keys.
  mutating func edit(_ change: (inout TextField) -> Void) -> [Effect] {
    guard let screen = screens.last else {
      guard var field = filterField else { return [] }
      change(&field)
      filterField = field
      setFilter(field.text)
      return []
    }
    switch screen {
    case .pager: return editPagerPrompt(change)
    case .files: return editFilesPrompt(change)
    case .help, .detail, .versions, .dispatch, .refs, .workflows, .tag, .act, .bulk: break
    }
    guard var confirmation else { return changeDialog { $0.edit(change, in: $1) } }
    change(&confirmation.typed)
    changeDialog { dialog, _ in dialog.confirmation = confirmation }
    return []
  }

  private mutating func acceptPrompt() -> [Effect] {
    switch screens.last {
    case .pager: acceptPagerPrompt()
    case .files: acceptFilesPrompt()
    case .help, .detail, .versions, .dispatch, .refs, .workflows, .tag, .act, .bulk, nil: []
    }
  }
}
