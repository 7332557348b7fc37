import Canvas
import Deploys
import Foundation

extension Model {
  /// Opens the form for the selected deploy's workflow.
  mutating func openDispatch() -> [Effect] {
    guard let deploy = selectedDeploy else { return [] }
    return openDispatch(of: WorkflowTarget(deploy), at: deploy.run.ref)
  }

  /// Opens the form for a workflow; says why not where nothing could be sent.
  /// - Parameters:
  ///   - target: The workflow.
  ///   - ref: The branch or tag to begin with; `nil` for the workflow's usual one.
  ///   - list: The list of workflows to go back to; `nil` for none.
  /// - Returns: What has to be read for it.
  mutating func openDispatch(
    of target: WorkflowTarget, at ref: String?, from list: WorkflowPicker? = nil
  ) -> [Effect] {
    if let reason = whyNothingCanBeSent(to: target.environment) {
      say(Notice(reason, .warning))
      return []
    }
    followed = nil
    var dialog = DispatchDialog(target, isProtected: isProtected(target.environment), ref: ref)
    dialog.list = list
    screens.append(.dispatch(dialog))
    return [.loadDispatchForm(target, ref: ref)]
  }

  /// Opens the list of workflows.
  mutating func openWorkflows() -> [Effect] {
    followed = nil
    screens.append(.workflows(WorkflowPicker()))
    return [.loadWorkflows]
  }

  /// Opens the list of branches and tags of a repository; the preferred ones come first.
  mutating func openRefs(
    of repository: RepositoryName, for purpose: RefPicker.Purpose, preferred: TagTemplate?,
    service: String, environment: String
  ) -> [Effect] {
    let runs = snapshot.deploys.map(\.run).filter { $0.key.repository == repository }
    let recent = Dictionary(
      runs.compactMap { run in run.ref.map { ($0, run.createdAt) } }, uniquingKeysWith: max)
    var picker = RefPicker(
      repository, for: purpose, preferred: preferred, service: service, environment: environment,
      recent: recent)
    let effects = picker.askForMore()
    screens.append(.refs(picker))
    return effects
  }

  /// Takes in a form.
  mutating func takeForm(
    _ target: WorkflowTarget, ref: String?, _ answer: DispatchForm.Answer
  ) -> [Effect] {
    for index in screens.indices {
      guard case .dispatch(var dialog) = screens[index], dialog.target == target else { continue }
      dialog.take(answer, at: ref)
      screens[index] = .dispatch(dialog)
    }
    return []
  }

  /// Takes in the list of workflows.
  mutating func takeWorkflows(_ listing: WorkflowListing) -> [Effect] {
    for index in screens.indices {
      switch screens[index] {
      case .workflows(var picker):
        picker.take(listing)
        screens[index] = .workflows(picker)
      case .dispatch(var dialog):
        dialog.list?.take(listing)
        screens[index] = .dispatch(dialog)
      case .help, .detail, .pager, .files, .versions, .refs, .tag, .act, .bulk: continue
      }
    }
    return []
  }

  /// Takes in a page of branches or tags.
  mutating func takeRefs(
    _ repository: RepositoryName, _ kind: GitRef.Kind, page: Int, _ answer: RefPage.Answer
  ) -> [Effect] {
    var effects: [Effect] = []
    for index in screens.indices {
      guard case .refs(var picker) = screens[index], picker.repository == repository else {
        continue
      }
      effects += picker.take(kind, page: page, answer)
      screens[index] = .refs(picker)
    }
    return effects
  }

  /// Performs a command of the forms.
  mutating func perform(_ command: FormCommand, _ key: Key) -> [Effect] {
    switch command {
    case .chooseRef:
      guard case .dispatch(let dialog) = screens.last else { return [] }
      return openRefs(
        of: dialog.target.repository, for: .dispatch,
        preferred: snapshot.environment(dialog.environment)?.tag, service: dialog.service,
        environment: dialog.environment)
    case .resetField:
      guard case .dispatch(var dialog) = screens.last else { return [] }
      dialog.edit { $0.reset() }
      screens[screens.count - 1] = .dispatch(dialog)
      return []
    case .copyCommand:
      guard let line = screens.last?.dialog?.commandLine else { return [] }
      say(Notice("copied \(line)", .success))
      return [.copy(line)]
    case .reloadList:
      if case .refs(var picker) = screens.last {
        let effects = picker.reload()
        screens[screens.count - 1] = .refs(picker)
        return effects
      }
      guard case .workflows(var picker) = screens.last else { return [] }
      let effects = picker.reload()
      screens[screens.count - 1] = .workflows(picker)
      return effects
    }
  }

  /// Takes the answer that stands in the dialog on top, and goes on.
  mutating func goOn() -> [Effect] {
    switch screens.last {
    case .refs(let picker): takeRef(of: picker)
    case .workflows(let picker): takeWorkflow(of: picker)
    case .help, .detail, .pager, .files, .versions, .dispatch, .tag, .act, .bulk, nil:
      changeDialog { $0.goOn(in: $1) }
    }
  }

  private mutating func takeRef(of picker: RefPicker) -> [Effect] {
    guard let ref = picker.selected else {
      say(Notice("nothing is listed to choose", .warning))
      return []
    }
    screens.removeLast()
    switch picker.purpose {
    case .tag:
      return takeRefForTag(
        GitRef(kind: ref.kind, name: picker.name(of: ref), commit: ref.commit))
    case .dispatch:
      guard case .dispatch(var dialog) = screens.last else { return [] }
      let effects = dialog.takeRef(picker.name(of: ref))
      screens[screens.count - 1] = .dispatch(dialog)
      return effects
    }
  }

  private mutating func takeWorkflow(of picker: WorkflowPicker) -> [Effect] {
    guard let item = picker.selected else {
      say(Notice("nothing is listed to choose", .warning))
      return []
    }
    let reason =
      picker.obstacle(to: item, in: self) ?? whyNothingCanBeSent(to: item.target.environment)
    if let reason {
      say(Notice("\(item.target.service) in \(item.target.environment): \(reason)", .warning))
      return []
    }
    screens.removeLast()
    return openDispatch(of: item.target, at: nil, from: picker)
  }

  /// Whether there is a workflow to choose for a dispatch.
  var workflowsAvailability: Command.Availability {
    let reasons = snapshot.sections.compactMap(\.environment.readOnlyReason)
    guard let reason = reasons.first, reasons.count == snapshot.sections.count else {
      return .enabled
    }
    return .disabled("every environment is read-only: \(reason)")
  }

  /// Whether the selected deploy's workflow can be dispatched.
  var dispatchAvailability: Command.Availability {
    guard let deploy = selectedDeploy else {
      return .disabled("go to a deploy first, or choose a workflow with w")
    }
    return whyNothingCanBeSent(to: deploy.environment).map(Command.Availability.disabled)
      ?? .enabled
  }
}
