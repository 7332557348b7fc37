import Deploys
import LogText

extension PagerText {
  /// Finds out which bytes each step has written, once.
  mutating func slice(_ steps: [Step]) -> [Int: Range<Int>] {
    if let slices { return slices }
    guard let log, case .job = source else { return [:] }
    let times = steps.map { step in
      StepTime(
        number: step.number, name: step.name, startedAt: step.startedAt,
        completedAt: step.completedAt, isSkipped: step.conclusion == .skipped,
        hasFailed: step.conclusion?.isFailure == true)
    }
    let slices = StepSlicer.slices(of: log.file, steps: times)
    self.slices = slices
    return slices
  }

  /// Shows one step alone; all of the text where the step has written nothing.
  mutating func show(step number: Int, of steps: [Step]) -> [Effect] {
    guard let slice = slice(steps)[number] else { return showWhole() }
    let place = log?.cursor ?? 0
    step = number
    return change { log in
      let work = log.setSlice(slice)
      return slice.contains(place) ? work : work + log.goToTop()
    }
  }

  /// Shows all of the text, at the line where the reader is.
  mutating func showWhole() -> [Effect] {
    guard step != nil else { return [] }
    step = nil
    let place = log?.cursor ?? 0
    return change { $0.setSlice(nil) } + change { $0.go(toByte: place) }
  }

  /// The number of the step to go to; `nil` where there is none.
  func step(isBackward: Bool) -> Int? {
    guard let slices, let log else { return nil }
    let numbers = slices.keys.sorted()
    guard let step else {
      // From the whole text, the step under the cursor is the first one.
      return numbers.last { (slices[$0]?.lowerBound ?? .max) <= log.cursor } ?? numbers.first
    }
    return isBackward ? numbers.last { $0 < step } : numbers.first { $0 > step }
  }
}
