import Deploys

extension Command {
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
    case .form(let command): command.availability(in: model)
    case .version(let command): command.availability(in: model)
    case .act(let command): command.availability(in: model)
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
      model.selectedAddress == nil
        ? .disabled(model.versions == nil ? "go to a deploy or a job first" : model.whyNoDeploy)
        : .enabled
    case .dispatch: model.dispatchAvailability
    case .retry: model.retryAvailability
    case .stop: model.stopAvailability
    case .review: model.reviewAvailability
    case .tag: model.tagAvailability
    case .workflows: model.workflowsAvailability
    case .versions: .enabled
    case .follow: model.followAvailability
    case .mark, .markAll, .unmark: model.markAvailability(self)
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
    model.screens.last?.dialog?.whyNoToggle.map(Availability.disabled) ?? .enabled
  }

  private func previousFieldAvailability(in model: Model) -> Availability {
    guard let hasPrevious = model.screens.last?.dialog?.hasPreviousField else { return .hidden }
    return hasPrevious ? .enabled : .disabled("this is the first field")
  }

  private func sendAvailability(in model: Model) -> Availability {
    if let reason = model.confirmation?.complaint { return .disabled(reason) }
    let environment = model.confirmation?.environment
    if let reason = model.screens.last?.dialog?.whyNotSent(in: model) {
      return .disabled("not sent: \(reason)")
    }
    return model.whyNothingCanBeSent(to: environment).map(Availability.disabled) ?? .enabled
  }

  private func backAvailability(in model: Model) -> Availability {
    guard model.focus == .board, model.board.filterText.isEmpty, model.marks.isEmpty else {
      return .enabled
    }
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
