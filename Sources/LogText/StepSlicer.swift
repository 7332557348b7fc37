import Foundation

/// Finds what each step of a job has written in the job's log.
///
/// A job's log does not say where its steps begin; the API says when, to the second. A runner heads
/// the output of a step with `##[group]Run …`, of what an action does after the job with `Post job
/// cleanup.`, and of its own end with `Cleaning up orphan processes`. Composite actions write such
/// headings for their own steps too, so that both are needed: the first heading within the second
/// in which the step began, or shortly after it where no other step has a better claim to that.
package enum StepSlicer {
  /// The bytes of each step, by its number; steps that wrote nothing or were skipped are left out.
  package static func slices(of file: LogFile, steps: [StepTime]) -> [Int: Range<Int>] {
    let count = file.count
    let steps = steps.filter { $0.startedAt != nil }.sorted { $0.number < $1.number }
    let scan = StepScan(file, count: count, starts: steps.map(\.start))
    guard scan.hasTimes else { return [:] }
    var starts = headings(of: steps, in: scan)
    fillGaps(&starts, steps: steps, in: scan)
    var slices: [Int: Range<Int>] = [:]
    var end = count
    for (step, start) in zip(steps, starts).reversed() {
      guard let start, start < end else { continue }
      slices[step.number] = start..<end
      end = start
    }
    return slices
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
        // The name decides where several headings fit.
        found[index] = fits.first { scan.headings[$0].text == step.name } ?? fits.first
        if let heading = found[index] { next = heading + 1 }
      }
    }
    var starts = found.map { $0.map { scan.headings[$0].offset } }
    // What the runner writes first is its own preparation.
    if steps.first?.number == 1 { starts[0] = 0 }
    return starts
  }

  /// Gives the steps without a heading the lines from their beginning on, where there are some
  /// before the next step's heading.
  private static func fillGaps(_ starts: inout [Int?], steps: [StepTime], in scan: StepScan) {
    for index in steps.indices where starts[index] == nil {
      let before = starts[..<index].last { $0 != nil }.flatMap(\.self) ?? -1
      let after = starts[index...].first { $0 != nil }.flatMap(\.self) ?? .max
      guard let line = scan.firstLines[index], line > before, line < after else { continue }
      starts[index] = line
    }
  }
}

extension StepTime {
  /// When the step began.
  var start: LogTime {
    let seconds = startedAt?.timeIntervalSince1970.rounded(.down) ?? 0
    // Whatever a server says, the number has to fit.
    return LogTime(ticks: Int64(min(max(seconds, -1e11), 1e11)) * LogTime.second)
  }
}
