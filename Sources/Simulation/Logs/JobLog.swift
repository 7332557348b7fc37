import Deploys
import Foundation

/// The log of a job as GitHub keeps it: a time before each line, groups, errors, colours.
struct JobLog {
  /// What the runner writes before the first line of each file (actions/runner, Logging.cs).
  static let byteOrderMark = Data([0xEF, 0xBB, 0xBF])

  private let job: JobPlan
  private let run: RunPlan
  private let world: World

  init(_ job: JobPlan, of run: RunPlan, in world: World) {
    self.job = job
    self.run = run
    self.world = world
  }

  /// All steps, one after another.
  var content: LazyContent {
    LazyContent(
      joining: [LazyContent(Self.byteOrderMark)] + job.steps.flatMap { parts(of: $0) })
  }

  /// One step; empty for one that was skipped.
  func content(of step: StepPlan) -> LazyContent {
    let parts = parts(of: step)
    return LazyContent(joining: parts.isEmpty ? [] : [LazyContent(Self.byteOrderMark)] + parts)
  }

  /// What one step has printed, without the times; for the files that it leaves behind.
  func output(of step: StepPlan) -> String {
    StepScript(step, of: job, run: run, in: world).script.entries.map { $0.text + "\n" }.joined()
  }

  /// The remarks of all steps, in order.
  var remarks: [LogScript.Remark] {
    job.steps.flatMap { StepScript($0, of: job, run: run, in: world).script.remarks }
  }

  private func parts(of step: StepPlan) -> [LazyContent] {
    let script = StepScript(step, of: job, run: run, in: world).script
    let start = Timestamp.ticks(of: world.clock.date(of: step.startedAt))
    let end = Timestamp.ticks(of: world.clock.date(of: step.completedAt))
    let lost = job.lostAt.map { Timestamp.ticks(of: world.clock.date(of: $0)) } ?? .max
    let lines = zip(script.times(from: start, to: end), script.entries)
      .filter { $0.0 <= lost }.map { (time: $0.0, text: $0.1.text) }
    guard !lines.isEmpty else { return [] }
    let size = step == longestStep ? world.scenario.largeLogs.last(where: isMeant) : nil
    guard let size else { return [text(lines)] }
    // Where nothing else is said for longest.
    let middle =
      lines.indices.dropFirst().max {
        lines[$0].time - lines[$0 - 1].time < lines[$1].time - lines[$1 - 1].time
      } ?? 0
    let filler = FillerLog(
      size: size, from: lines[max(0, middle - 1)].time, to: lines[middle].time, seed: world.seed)
    return [text(lines[..<middle]), filler.content, text(lines[middle...])]
  }

  private func text(_ lines: some Sequence<(time: Int64, text: String)>) -> LazyContent {
    var text = ""
    for line in lines { text += "\(Timestamp.isoOfLogLine(ticks: line.time)) \(line.text)\n" }
    return LazyContent(Data(text.utf8))
  }

  private func isMeant(_ size: Scenario.LargeLog) -> Bool {
    size.workflow == world.workflow(of: run).displayName
  }

  /// The step that would say most.
  private var longestStep: StepPlan? {
    job.steps.filter { $0.isWritten && $0.conclusion != .skipped }
      .max { $0.completedAt - $0.startedAt < $1.completedAt - $1.startedAt }
  }
}
