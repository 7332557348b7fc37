import Canvas
import Deploys

extension TagDialog: Dialog {
  var screen: Screen { .tag(self) }

  var focus: Focus {
    switch stage {
    case .planning: .choice
    case .naming: .text
    case .sending: .busy
    case .ended: .message
    case .confirming(let confirmation): confirmation.isProtected ? .name : .confirm
    }
  }

  var confirmation: Confirmation? {
    get { if case .confirming(let confirmation) = stage { confirmation } else { nil } }
    set {
      guard let newValue, case .confirming = stage else { return }
      stage = .confirming(newValue)
    }
  }

  var sending: Mutation? {
    if case .sending(let request) = stage { .tag(request) } else { nil }
  }

  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] {
    if case .naming = stage { editName(change) }
    return []
  }

  mutating func goOn(in model: Model) -> [Effect] {
    if case .naming = stage, plan.value == nil {
      stage = .planning
      return []
    }
    return goToQuestion()
  }

  mutating func goToPreviousField() {
    if case .naming = stage { stage = .planning }
  }

  var hasPreviousField: Bool? {
    if case .naming = stage { true } else { nil }
  }

  mutating func choose(by count: Int, in model: Model) -> [Effect] {
    guard case .planning = stage, !sources.isEmpty else { return [] }
    let now = source.flatMap { sources.firstIndex(of: $0) }
    let next = now.map { $0 + count } ?? (count > 0 ? 0 : sources.count - 1)
    let place = min(max(0, next), sources.count - 1)
    guard place != now else { return [] }
    return choose(sources[place])
  }

  var whyNoToggle: String? {
    "up and down take another environment, b a branch or tag"
  }

  mutating func send(in model: Model) -> [Effect] {
    guard case .confirming = stage, let request else { return [] }
    stage = .sending(request)
    return [.mutate(.tag(request))]
  }

  mutating func goBack() -> Bool {
    switch stage {
    case .naming, .confirming:
      stage = .planning
      return true
    case .planning, .sending, .ended: return false
    }
  }

  mutating func take(_ preview: [PlannedRequest], of mutation: Mutation) {
    guard let request, mutation == .tag(request) else { return }
    take(preview)
  }

  mutating func end(_ ending: Ending) {
    guard ending.isHarmless else {
      stage = .ended(ending)
      return
    }
    stage = .planning
    refuse(ending)
  }

  var commandLine: String? {
    guard case .confirming = stage else { return nil }
    return request.map { Mutation.tag($0).commandLine }
  }

  mutating func followUp(in model: Model) -> [Effect] {
    // What refused the tag may have changed the plan: most of all, the number may be taken.
    refusal == nil ? [] : ask()
  }

  func sheet(in model: Model) -> Sheet { TagView(model: model, dialog: self).sheet }
}
