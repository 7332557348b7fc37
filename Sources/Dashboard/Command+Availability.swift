import Deploys
import Foundation

extension Command {
  /// After how long GitHub no longer runs a run again.
  ///
  /// Source: GitHub documentation, "Re-running workflows and jobs".
  private static let retryLimit: Duration = .seconds(30 * 86_400)

  /// Whether the command can be given now, and why not.
  package func availability(in model: Model) -> Availability {
    switch self {
    case .up, .down, .pageUp, .pageDown, .top, .bottom, .quit, .suspend, .interrupt, .help,
      .filter, .keepFilter, .decline, .goOn, .cursorLeft, .cursorRight, .cursorHome, .cursorEnd,
      .deleteBackward, .deleteForward, .deleteToStart, .deleteWord, .toggleActive, .refresh,
      .accept:
      .enabled
    case .detail(let command): command.availability(in: model)
    case .pager(let command): command.availability(in: model)
    case .files(let command): command.availability(in: model)
    case .inspect: inspectAvailability(in: model)
    case .toggle: toggleAvailability(in: model)
    case .nextSection, .previousSection, .goToSection:
      model.board.blocks.isEmpty ? .disabled("no environments are configured") : .enabled
    case .nextNeedingPerson:
      model.snapshot.deploys.contains(where: \.needsPerson)
        ? .enabled : .disabled("nothing needs a person")
    case .openOrClose, .expand, .collapse: treeAvailability(in: model)
    case .nextMatch, .previousMatch:
      model.board.lastSearch.isEmpty
        ? .disabled("nothing was looked for yet: / does that") : .enabled
    case .open, .copy:
      model.selectedAddress == nil ? .disabled("go to a deploy or a job first") : .enabled
    case .dispatch: dispatchAvailability(in: model)
    case .retry: retryAvailability(in: model)
    case .previousField: previousFieldAvailability(in: model)
    case .send: sendAvailability(in: model)
    case .back: backAvailability(in: model)
    }
  }

  private func treeAvailability(in model: Model) -> Availability {
    switch model.board.selection {
    case .deploy: .enabled
    case .job: self == .collapse ? .enabled : .disabled("a job: o shows its steps on GitHub")
    case .section: .disabled("a heading: its deploys stand below")
    case .attention, .note, .jobsNote, nil: .disabled("there is nothing to open")
    }
  }

  private func inspectAvailability(in model: Model) -> Availability {
    model.selectedDeploy == nil ? .disabled("go to a deploy first") : .enabled
  }

  private func toggleAvailability(in model: Model) -> Availability {
    guard case .retry(let dialog) = model.screens.last, !dialog.hasFailure else { return .enabled }
    return .disabled("no job failed: all jobs is the only choice")
  }

  private func dispatchAvailability(in model: Model) -> Availability {
    guard model.selectedDeploy != nil else {
      return .disabled("go to a deploy first: its workflow is dispatched")
    }
    return operationAvailability(in: model)
  }

  private func retryAvailability(in model: Model) -> Availability {
    guard let deploy = model.selectedDeploy else { return .disabled("go to a deploy first") }
    if let reason = model.detail?.whyNoRetry { return .disabled(reason) }
    guard deploy.state.isOver else {
      return .disabled(
        "\(deploy.state == .waiting ? "waits for approval" : "still \(deploy.state.word)"): "
          + "cancel comes first")
    }
    if Duration(from: deploy.run.createdAt, to: model.now) > Self.retryLimit {
      return .disabled("older than 30 days: GitHub does not run it again; d dispatches anew")
    }
    return operationAvailability(in: model)
  }

  private func operationAvailability(in model: Model) -> Availability {
    guard let operation = model.underway else { return .enabled }
    return .disabled("\(operation.name) is under way: one at a time")
  }

  private func previousFieldAvailability(in model: Model) -> Availability {
    guard case .dispatch(let dialog) = model.screens.last else { return .hidden }
    return dialog.focused > 0 ? .enabled : .disabled("this is the first field")
  }

  private func sendAvailability(in model: Model) -> Availability {
    if let reason = model.confirmation?.complaint { return .disabled(reason) }
    if case .retry(let dialog) = model.screens.last, let change = dialog.change(in: model.snapshot)
    {
      return .disabled("not sent: \(change)")
    }
    return operationAvailability(in: model)
  }

  private func backAvailability(in model: Model) -> Availability {
    guard model.focus == .board, model.board.filterText.isEmpty else { return .enabled }
    return model.board.isActiveOnly
      ? .enabled : .disabled("nothing to leave: q ends cdtop")
  }
}

extension Confirmation {
  /// What is missing before it may go through; `nil` for nothing.
  var complaint: String? {
    isSatisfied ? nil : "type \(environment) to go on: it is protected"
  }
}
