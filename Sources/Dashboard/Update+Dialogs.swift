import Deploys

extension Model {
  /// The question that is open.
  var confirmation: Confirmation? { screens.last?.dialog?.confirmation }

  /// Changes the dialog on top.
  /// - Returns: What the change asks of the outside.
  mutating func changeDialog(_ change: (inout any Dialog, Model) -> [Effect]) -> [Effect] {
    guard var dialog = screens.last?.dialog else { return [] }
    let effects = change(&dialog, self)
    screens[screens.count - 1] = dialog.screen
    return effects
  }

  /// Changes the dialog on top.
  mutating func changeDialog(_ change: (inout any Dialog, Model) -> Void) {
    _ = changeDialog { dialog, model -> [Effect] in
      change(&dialog, model)
      return []
    }
  }

  /// An environment that is not known is treated as protected.
  func isProtected(_ environment: String) -> Bool {
    snapshot.environment(environment)?.isProtected ?? true
  }

  /// Sends what was confirmed, once.
  mutating func send() -> [Effect] {
    let effects = changeDialog { $0.send(in: $1) }
    if let sending = screens.last?.dialog?.sending {
      underway = sending
      keepInSight([sending.run].compactMap(\.self))
    }
    return effects
  }

  mutating func decline() -> [Effect] {
    let effects = goBack()
    say(Notice("nothing was sent: y is the key that sends"))
    return effects
  }

  /// Leaves the topmost thing by one step.
  mutating func goBack() -> [Effect] {
    guard let screen = screens.last else {
      leaveOnBoard()
      return []
    }
    switch screen {
    case .detail: return leaveDetail()
    case .pager: return leavePager()
    case .files: return leaveFiles()
    case .help, .versions: screens.removeLast()
    case .dispatch, .refs, .workflows, .tag, .act: leaveDialog()
    case .bulk: return leaveBulk()
    }
    return []
  }

  /// Leaves the dialog on top by one step.
  mutating func leaveDialog() {
    guard var dialog = screens.last?.dialog else { return }
    if dialog.sending != nil {
      screens.removeLast()
      if let underway { say(Notice("\(underway.name) goes on; its end is told here")) }
    } else if dialog.goBack() {
      screens[screens.count - 1] = dialog.screen
    } else {
      screens.removeLast()
      if let behind = dialog.behind { screens.append(behind) }
    }
  }

  private mutating func leaveOnBoard() {
    if filterField != nil || !board.filterText.isEmpty {
      filterField = nil
      setFilter("")
    } else if !marks.isEmpty {
      unmark()
    } else if board.isActiveOnly {
      board.toggleActiveOnly()
      rebuild(isOwnChoice: true)
    }
  }

  /// Takes in how a mutation ended.
  mutating func finish(_ mutation: Mutation, _ outcome: OperationOutcome) -> [Effect] {
    if underway == mutation { underway = nil }
    remember(mutation, outcome)
    let screen = screens.lastIndex { $0.dialog?.sending == mutation }
    guard let ending = Ending(outcome) else {
      guard case .done(let message, let run) = outcome else { return [] }
      say(Notice(message, .success))
      notice?.outlastsKey = true
      if case .retry(let request) = mutation { expectAttempt(of: request.run) }
      awaitDeploy(of: mutation, run: run)
      if let screen {
        screens.remove(at: screen)
        hasJustClosed = true
        // Who has left the dialog meanwhile has the cursor where it is wanted.
        if screens.isEmpty { followed = FollowedRun(mutation, run) }
      }
      follow()
      return [.refreshNow]
    }
    guard let screen, var dialog = screens[screen].dialog else {
      say(Notice(ending.sentences, .error))
      return ending.isHarmless ? [] : [.refreshNow]
    }
    dialog.end(ending)
    let effects = dialog.followUp(in: self)
    screens[screen] = dialog.screen
    return effects + (ending.isHarmless ? [] : [.refreshNow])
  }

  /// Takes in what a mutation would send.
  mutating func takePreview(_ mutation: Mutation, _ requests: [PlannedRequest]) -> [Effect] {
    for index in screens.indices {
      guard var dialog = screens[index].dialog else { continue }
      dialog.take(requests, of: mutation)
      screens[index] = dialog.screen
    }
    return []
  }

  /// Tells why nothing can be sent now.
  /// - Parameter environment: The environment that it would concern; `nil` for none yet.
  /// - Returns: The reason; `nil` where something can be sent.
  func whyNothingCanBeSent(to environment: String?) -> String? {
    if let environment, let reason = snapshot.environment(environment)?.readOnlyReason {
      return "read-only: \(reason)"
    }
    if bulkUnderway != nil { return "several changes are under way: one thing at a time" }
    return underway.map { "\($0.name) is under way: one at a time" }
  }
}
