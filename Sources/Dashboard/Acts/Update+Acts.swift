import Canvas
import Deploys

extension Model {
  /// Asks what to run again of the selected deploy, or of those that are marked.
  mutating func openRetry() -> [Effect] { open(.retry) }

  /// Asks how to stop the selected deploy, or those that are marked.
  mutating func openStop() -> [Effect] { open(.stop) }

  /// Asks whether what waits for a person may go on.
  mutating func openReview() -> [Effect] { open(.review) }

  private mutating func open(_ kind: ActKind) -> [Effect] {
    if actsOnMarks { return openBulk(kind) }
    guard let deploy = actedDeploy else { return [] }
    followed = nil
    // On a run's own screen the cursor stands on a job whether or not one was meant.
    let isMeant = detail == nil
    let job = selectedJob?.id
    var dialog = ActDialog(kind, deploy, pointed: job, in: self)
    if !isMeant { dialog.chooseFirst(in: self) }
    screens.append(.act(dialog))
    return kind == .review ? [.loadPending(deploy.id)] : []
  }

  /// Takes in what holds a run back.
  mutating func takePending(_ run: RunKey, _ answer: PendingAnswer) -> [Effect] {
    for index in screens.indices {
      if case .act(var dialog) = screens[index], dialog.target.run == run {
        dialog.take(answer, in: self)
        screens[index] = .act(dialog)
      } else if case .bulk(var dialog) = screens[index] {
        dialog.take(answer, of: run)
        screens[index] = .bulk(dialog)
      }
    }
    return []
  }

  /// Keeps in mind what a mutation means for what can be done next.
  mutating func remember(_ mutation: Mutation, _ outcome: OperationOutcome) {
    switch outcome {
    case .refused: return
    case .done, .unknown: break
    }
    switch mutation {
    case .cancel(let request):
      // What hangs hangs since the first one.
      guard cancels[request.run]?.attempt != request.attempt else { return }
      cancels[request.run] = SentCancel(attempt: request.attempt, at: now)
    case .dispatch, .retry, .tag:
      // Whoever started it wants to know how it ends.
      if case .done(_, let run?) = outcome { watched.insert(run) }
    case .stopBuild, .review: break
    }
  }

  /// Performs a command of the dialogs for acting on runs.
  mutating func perform(_ command: ActCommand, _ key: Key) -> [Effect] {
    switch command {
    case .undo:
      callBack()
      return []
    case .sendNow: return sendBulk()
    case .debug:
      switch screens.last {
      case .act(var dialog):
        dialog.isDebug.toggle()
        screens[screens.count - 1] = .act(dialog)
      case .bulk(var dialog):
        dialog.isDebug.toggle()
        screens[screens.count - 1] = .bulk(dialog)
      case .help, .detail, .pager, .files, .versions, .dispatch, .refs, .workflows, .tag, nil: break
      }
      return []
    }
  }

  /// Gives notice of what happens to the selected run, or does not any more.
  mutating func toggleWatch() -> [Effect] {
    guard let deploy = selectedDeploy else { return [] }
    let isOn = !watched.contains(deploy.id)
    if isOn { watched.insert(deploy.id) } else { watched.remove(deploy.id) }
    let name = "\(deploy.service) \(deploy.run.label)"
    say(
      Notice(
        isOn
          ? "\(name) is followed: its end and its need for approval are told"
          : "\(name) is followed no more"))
    return [.follow(deploy.id, isOn)]
  }
}
