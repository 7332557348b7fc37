import Canvas
import Deploys

extension Model {
  /// Whether the next tag can be asked for.
  var tagAvailability: Command.Availability {
    guard let deploy = selectedDeploy else { return .disabled("go to a deploy first") }
    return whyNothingCanBeSent(to: deploy.environment).map(Command.Availability.disabled)
      ?? .enabled
  }

  /// Opens the dialog for the next tag of the selected deploy's service and environment.
  mutating func openTag() -> [Effect] {
    guard let deploy = selectedDeploy else { return [] }
    return openTag(
      TagQuery(
        repository: deploy.run.key.repository, service: deploy.service,
        environment: deploy.environment))
  }

  /// Opens the dialog for the next tag.
  mutating func openTag(_ query: TagQuery) -> [Effect] {
    followed = nil
    screens.append(
      .tag(
        TagDialog(
          query, template: snapshot.environment(query.environment)?.tag ?? .standard,
          environments: snapshot.sections.map(\.environment.name),
          isProtected: isProtected(query.environment))))
    return [.loadTagPlan(query)]
  }

  /// Takes in a plan.
  mutating func takeTagPlan(_ query: TagQuery, _ answer: TagPlan.Answer) -> [Effect] {
    changeTag { dialog, _ in if dialog.query == query { dialog.take(answer) } }
    return []
  }

  /// Takes a ref that was chosen for a tag.
  mutating func takeRefForTag(_ ref: GitRef) -> [Effect] {
    var effects: [Effect] = []
    changeTag { dialog, _ in effects = dialog.choose(.ref(ref.name)) }
    return effects
  }

  /// Opens the list of branches and tags that a tag can stand on.
  mutating func chooseRefForTag() -> [Effect] {
    guard case .tag(let dialog) = screens.last else { return [] }
    return openRefs(
      of: dialog.query.repository, for: .tag, preferred: dialog.template,
      service: dialog.query.service, environment: dialog.query.environment)
  }

  /// Changes the tag's dialog, wherever it lies.
  mutating func changeTag(_ change: (inout TagDialog, Model) -> Void) {
    let index = screens.lastIndex { if case .tag = $0 { true } else { false } }
    guard let index, case .tag(var dialog) = screens[index] else { return }
    change(&dialog, self)
    screens[index] = .tag(dialog)
  }
}
