import Deploys

extension Pager {
  /// Shows one step of a job's log alone: the one under the cursor first, then its neighbours.
  mutating func changeStep(isBackward: Bool) -> [Effect] {
    let steps = job?.job.steps ?? []
    let before = text?.step
    let effects = changeText { text in
      _ = text.slice(steps)
      guard let number = text.step(isBackward: isBackward) else { return [] }
      return text.show(step: number, of: steps)
    }
    if before == nil, text?.step == nil {
      notice = Notice("the steps cannot be told apart in this log", .warning)
    } else if before == text?.step {
      notice = Notice("no step \(isBackward ? "before" : "after") this one has a log", .warning)
    }
    return effects
  }

  /// The step that is shown alone.
  var step: Step? {
    guard let number = text?.step else { return nil }
    return job?.job.steps.first { $0.number == number }
  }
}
