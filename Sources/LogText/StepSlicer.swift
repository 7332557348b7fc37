import Foundation

/// Finds what each step of a job has written in the job's log.
///
/// A job's log does not say where its steps begin; the API says when, to the second. A runner heads
/// the output of a step with `##[group]Run …`, of what an action does after the job with `Post job
/// cleanup.`, and of its own end with `Cleaning up orphan processes`. Composite actions write such
/// headings for their own steps too, so that both are needed: the first heading within the second
/// in which the step began, or shortly after it where no other step has a better claim to that.
///
/// In the second in which one step ends and the next begins, the lines before a heading are the
/// earlier step's: they tell how it ended. A step that was skipped has none, and one that took no
/// time beside another and has no heading is taken to have none.
package enum StepSlicer {
  /// The bytes of each step, by its number; steps that wrote nothing or were skipped are left out.
  package static func slices(of file: LogFile, steps: [StepTime]) -> [Int: Range<Int>] {
    let count = file.count
    let steps = steps.filter { $0.startedAt != nil && !$0.isSkipped }
      .sorted { $0.number < $1.number }
    let moments = moments(of: steps)
    let scan = StepScan(file, count: count, moments: moments)
    guard scan.hasTimes else { return [:] }
    var starts = headings(of: steps, in: scan)
    fillGaps(&starts, steps: steps, moments: moments, in: scan)
    var slices: [Int: Range<Int>] = [:]
    var end = count
    for (step, start) in zip(steps, starts).reversed() {
      guard let start, start < end else { continue }
      slices[step.number] = start..<end
      end = start
    }
    return slices
  }

  /// From when on lines are a step's own where no heading tells: its beginning, or the second after
  /// it where the step before ended in the same one.
  private static func moments(of steps: [StepTime]) -> [LogTime] {
    var end: LogTime?
    return steps.map { step in
      let isShared = end.map { $0 >= step.start } ?? false
      end = max(end ?? step.start, step.end ?? step.start)
      return isShared ? LogTime(ticks: step.start.ticks + LogTime.second) : step.start
    }
  }

  /// Where each step's heading stands; `nil` for those that have none.
  private static func headings(of steps: [StepTime], in scan: StepScan) -> [Int?] {
    var found: [Int?] = steps.map { _ in nil }
    for delay in [LogTime.second, LogTime.second * 2] {
      var next = 0
      for (index, step) in steps.enumerated() {
        if let heading = found[index] {
          next = heading + 1
          continue
        }
        let end = found[index...].first { $0 != nil }.flatMap(\.self) ?? scan.headings.count
        guard next < end else { continue }
        let latest = LogTime(ticks: step.start.ticks + delay)
        let fits = scan.headings[next..<end].indices.filter {
          let heading = scan.headings[$0]
          return heading.kind == StepScan.Kind(of: step) && step.start <= heading.time
            && heading.time < latest
        }
        // The name decides where several headings fit, then where the step before has failed.
        found[index] =
          fits.first { scan.headings[$0].text == step.name }
          ?? firstAfterFailure(fits, of: index, steps: steps, in: scan) ?? fits.first
        if let heading = found[index] { next = heading + 1 }
      }
    }
    var starts = found.map { $0.map { scan.headings[$0].offset } }
    // What the runner writes first is its own preparation.
    if steps.first?.number == 1 { starts[0] = 0 }
    return starts
  }

  /// The first heading after the error that ended the step before: what stands between that step's
  /// end and its error may be a heading of its own.
  private static func firstAfterFailure(
    _ fits: [Int], of index: Int, steps: [StepTime], in scan: StepScan
  ) -> Int? {
    guard index > 0, fits.count > 1, steps[index - 1].hasFailed,
      steps[index - 1].end == steps[index].start,
      let error = scan.error(from: steps[index].start)
    else { return nil }
    return fits.first { scan.headings[$0].offset > error }
  }

  /// Gives the steps without a heading the lines that are theirs alone, where there are some before
  /// the next step's heading.
  private static func fillGaps(
    _ starts: inout [Int?], steps: [StepTime], moments: [LogTime], in scan: StepScan
  ) {
    for index in steps.indices where starts[index] == nil {
      let before = starts[..<index].last { $0 != nil }.flatMap(\.self) ?? -1
      let after = starts[index...].first { $0 != nil }.flatMap(\.self) ?? .max
      // It ended before the first moment that would be its own.
      if let end = steps[index].end, end < moments[index], end <= steps[index].start { continue }
      guard let line = scan.firstLines[index], line > before, line < after else { continue }
      starts[index] = line
    }
  }
}

extension StepTime {
  /// When the step began.
  var start: LogTime { Self.second(of: startedAt ?? Date(timeIntervalSince1970: 0)) }

  /// When the step ended; `nil` where it goes on.
  var end: LogTime? { completedAt.map(Self.second) }

  private static func second(of date: Date) -> LogTime {
    // Whatever a server says, the number has to fit.
    let seconds = date.timeIntervalSince1970.rounded(.down)
    return LogTime(ticks: Int64(min(max(seconds, -1e11), 1e11)) * LogTime.second)
  }
}
