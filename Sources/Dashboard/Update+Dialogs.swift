import Deploys

extension Model {
  /// The question that is open.
  var confirmation: Confirmation? {
    switch screens.last {
    case .dispatch(let dialog):
      guard case .confirming(let confirmation) = dialog.stage else { return nil }
      return confirmation
    case .retry(let dialog):
      guard case .confirming(let confirmation) = dialog.stage else { return nil }
      return confirmation
    case .help, .detail, .pager, .files, nil:
      return nil
    }
  }

  /// Changes the question that is open.
  mutating func changeConfirmation(_ change: (inout Confirmation) -> Void) {
    guard var confirmation else { return }
    change(&confirmation)
    changeDispatch { if case .confirming = $0.stage { $0.stage = .confirming(confirmation) } }
    changeRetry { if case .confirming = $0.stage { $0.stage = .confirming(confirmation) } }
  }

  mutating func openDispatch() -> [Effect] {
    guard let deploy = selectedDeploy else { return [] }
    followed = nil
    screens.append(.dispatch(DispatchDialog(deploy, isProtected: isProtected(deploy))))
    return [.loadDispatchForm(deploy.run.key)]
  }

  mutating func openRetry() {
    guard let deploy = selectedDeploy else { return }
    followed = nil
    screens.append(.retry(RetryDialog(deploy, isProtected: isProtected(deploy))))
  }

  /// An environment that is not known is treated as protected.
  private func isProtected(_ deploy: Deploy) -> Bool {
    snapshot.environment(deploy.environment)?.isProtected ?? true
  }

  mutating func goOn() {
    changeDispatch { $0.goOn() }
    changeRetry { $0.goOn() }
  }

  mutating func toggleChoice() {
    changeDispatch { $0.edit { $0.chooseNext() } }
    changeRetry { $0.choose($0.scope == .allJobs ? .failedJobs : .allJobs) }
  }

  /// Sends what was confirmed, once.
  mutating func send() -> [Effect] {
    switch screens.last {
    case .dispatch(var dialog):
      guard let request = dialog.request else { return [] }
      dialog.stage = .sending(request)
      screens[screens.count - 1] = .dispatch(dialog)
      underway = .dispatch(request)
      return [.dispatch(request)]
    case .retry(var dialog):
      let request = dialog.request
      dialog.stage = .sending(request)
      screens[screens.count - 1] = .retry(dialog)
      underway = .retry(request)
      return [.retry(request)]
    case .help, .detail, .pager, .files, nil:
      return []
    }
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
    case .help:
      screens.removeLast()
    case .dispatch(let dialog):
      switch dialog.stage {
      case .confirming: changeDispatch { $0.stage = .filling }
      case .ended(let ending) where ending.isHarmless && dialog.form != nil:
        changeDispatch { $0.stage = .filling }
      case .loading, .filling, .ended: screens.removeLast()
      case .sending: leaveUnderway()
      }
    case .retry(let dialog):
      switch dialog.stage {
      case .confirming: changeRetry { $0.stage = .choosing }
      case .choosing, .ended: screens.removeLast()
      case .sending: leaveUnderway()
      }
    }
    return []
  }

  private mutating func leaveUnderway() {
    screens.removeLast()
    if let underway { say(Notice("\(underway.name) goes on; its end is told here")) }
  }

  private mutating func leaveOnBoard() {
    if filterField != nil || !board.filterText.isEmpty {
      filterField = nil
      setFilter("")
    } else if board.isActiveOnly {
      board.toggleActiveOnly()
      rebuild(isOwnChoice: true)
    }
  }

  /// Takes in how an operation ended.
  mutating func finish(_ operation: Operation, _ outcome: OperationOutcome) -> [Effect] {
    if underway == operation { underway = nil }
    let screen = screens.lastIndex { $0.isSending(operation) }
    guard let ending = Ending(outcome) else {
      guard case .done(let message, let run) = outcome else { return [] }
      say(Notice(message, .success))
      if case .retry(let request) = operation { expectAttempt(of: request.run) }
      if let screen {
        screens.remove(at: screen)
        // Who has left the dialog meanwhile has the cursor where it is wanted.
        if screens.isEmpty { followed = run }
      }
      follow()
      return [.refreshNow]
    }
    guard let screen else {
      say(Notice("\(ending.message) \(ending.remedy)", .error))
      return ending.isHarmless ? [] : [.refreshNow]
    }
    switch screens[screen] {
    case .dispatch(var dialog):
      dialog.stage = .ended(ending)
      screens[screen] = .dispatch(dialog)
    case .retry(var dialog):
      dialog.stage = .ended(ending)
      screens[screen] = .retry(dialog)
    case .help, .detail, .pager, .files:
      break
    }
    return ending.isHarmless ? [] : [.refreshNow]
  }

  mutating func changeDispatch(_ change: (inout DispatchDialog) -> Void) {
    for index in screens.indices.reversed() {
      guard case .dispatch(var dialog) = screens[index] else { continue }
      change(&dialog)
      screens[index] = .dispatch(dialog)
      return
    }
  }

  mutating func changeRetry(_ change: (inout RetryDialog) -> Void) {
    for index in screens.indices.reversed() {
      guard case .retry(var dialog) = screens[index] else { continue }
      change(&dialog)
      screens[index] = .retry(dialog)
      return
    }
  }
}

extension Screen {
  /// Whether it waits for the answer to an operation.
  func isSending(_ operation: Operation) -> Bool {
    switch self {
    case .help, .detail, .pager, .files: return false
    case .dispatch(let dialog):
      guard case .sending(let request) = dialog.stage else { return false }
      return operation == .dispatch(request)
    case .retry(let dialog):
      guard case .sending(let request) = dialog.stage else { return false }
      return operation == .retry(request)
    }
  }
}
