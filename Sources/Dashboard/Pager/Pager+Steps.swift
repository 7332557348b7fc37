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

  /// Says why all of the log is shown where one step was wanted and nobody knows when it ran.
  mutating func sayWhyWhole(_ number: Int) {
    guard let text, text.wantedStep == nil, text.step == nil,
      let step = job?.job.steps.first(where: { $0.number == number }),
      step.startedAt == nil, step.conclusion != .skipped
    else { return }
    notice = Notice(
      "the times of step \(number) are not known: this is the whole log", .warning)
  }

  /// The step that is shown alone.
  var step: Step? {
    guard let number = text?.step else { return nil }
    return job?.job.steps.first { $0.number == number }
  }
}
