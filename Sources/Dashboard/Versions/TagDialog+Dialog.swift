import Canvas
import Deploys

extension TagDialog: StagedDialog {
  var screen: Screen { .tag(self) }

  func focus(in step: Step) -> Focus {
    switch step {
    case .planning: .choice
    case .naming: .text
    }
  }

  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] {
    if stage == .preparing(.naming) { editName(change) }
    return []
  }

  mutating func goOn(in model: Model) -> [Effect] {
    if stage == .preparing(.naming), plan.value == nil {
      stage = .preparing(.planning)
      return []
    }
    return goToQuestion()
  }

  mutating func goToPreviousField() {
    if stage == .preparing(.naming) { stage = .preparing(.planning) }
  }

  var hasPreviousField: Bool? {
    if stage == .preparing(.naming) { true } else { nil }
  }

  mutating func choose(by count: Int, in model: Model) -> [Effect] {
    guard stage == .preparing(.planning), !sources.isEmpty else { return [] }
    let now = source.flatMap { sources.firstIndex(of: $0) }
    let next = now.map { $0 + count } ?? (count > 0 ? 0 : sources.count - 1)
    let place = min(max(0, next), sources.count - 1)
    guard place != now else { return [] }
    return choose(sources[place])
  }

  var whyNoToggle: String? {
    "up and down take another environment, b a branch or tag"
  }

  mutating func goBack() -> Bool {
    switch stage {
    case .preparing(.naming), .confirming:
      stage = .preparing(.planning)
      return true
    case .preparing(.planning), .sending, .ended: return false
    }
  }

  mutating func take(_ preview: [PlannedRequest], of mutation: Mutation) {
    if mutation == self.mutation { take(preview) }
  }

  mutating func end(_ ending: Ending) {
    guard ending.isHarmless else {
      stage = .ended(ending)
      return
    }
    stage = .preparing(.planning)
    refuse(ending)
  }

  mutating func followUp(in model: Model) -> [Effect] {
    // What refused the tag may have changed the plan: most of all, the number may be taken.
    refusal == nil ? [] : ask()
  }

  func sheet(in model: Model) -> Sheet { TagView(model: model, dialog: self).sheet }
}
