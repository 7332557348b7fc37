import Canvas
import Deploys
import Foundation

/// The steps of a job whose log is not there yet, as they go on.
struct PagerSteps {
  var model: Model
  var pager: Pager

  private var glyphs: GlyphSet { model.glyphs }

  /// Draws what there is to say above the runner's log.
  func drawPanel(into frame: inout Frame, in rect: Rect) {
    let width = rect.size.columns
    guard !pager.isJobOver || pager.isLate else {
      drawEnd(into: &frame, in: rect)
      return
    }
    guard rect.size.rows > 1 else {
      let steps = pager.job?.job.steps ?? []
      guard !pager.isLate, let index = Self.current(of: steps) else {
        frame.put(sentence, at: rect.origin, style: .waiting, width: width)
        return
      }
      draw(steps[index], of: steps, counted: index, into: &frame, in: rect.row(0))
      return
    }
    let (head, body) = rect.split(topRows: 1)
    frame.put(sentence, at: head.origin, style: .waiting, width: width)
    drawSteps(into: &frame, in: body)
  }

  /// Draws the steps as far as there is room, around the one that is going on.
  func drawSteps(into frame: inout Frame, in rect: Rect) {
    let steps = pager.job?.job.steps ?? []
    let rows = rect.size.rows
    let current = Self.current(of: steps) ?? 0
    let first = max(0, min(current - rows / 2, steps.count - rows))
    for (line, index) in steps.indices.dropFirst(first).prefix(rows).enumerated() {
      draw(steps[index], of: steps, counted: index, into: &frame, in: rect.row(line))
    }
  }

  /// Why there is no log yet, in a sentence.
  var sentence: String {
    if pager.isLate, let failure = pager.jobSource.flatMap(pager.text)?.failure {
      return "\(failure.message)."
    }
    let wait = "GitHub gives its log when it is over"
    guard let job = pager.job?.job else { return "There is no log yet: \(wait)." }
    return switch job.status {
    case .inProgress: "The job is running: \(wait)."
    case .queued, .requested, .pending: "The job waits for a runner: \(wait)."
    case .waiting: "The job waits for approval: \(wait)."
    case .completed, .other: "The job is not over: \(wait)."
    }
  }

  private func drawEnd(into frame: inout Frame, in rect: Rect) {
    let state = pager.job.map { DeployState(job: $0.job) } ?? .completed(.success)
    let keys = Command.pager(.otherLog).keys(in: .pager).map(\.description)
    frame.put(
      [
        Span("\(state.glyph(in: glyphs)) ", Style(state.role)), Span(keys.first ?? "", .key),
        Span(" shows the job's log: ended, "), Span(state.word, Style(state.role)),
      ], at: rect.origin, width: rect.size.columns)
  }

  /// The step that goes on, else the last one that has begun.
  private static func current(of steps: [Step]) -> Int? {
    steps.firstIndex { $0.status == .inProgress } ?? steps.lastIndex { $0.status == .completed }
      ?? steps.indices.first
  }

  private func draw(
    _ step: Step, of steps: [Step], counted index: Int, into frame: inout Frame, in rect: Rect
  ) {
    let state = DeployState(step: step)
    let time = duration(step)
    let width = rect.size.columns
    let number = DisplayWidth.padded("\(index + 1)/\(steps.count)", to: 6)
    let style = Style(state.role)
    frame.put(state.glyph(in: glyphs), at: rect.origin.moved(columns: 1), style: style)
    frame.put(number, at: rect.origin.moved(columns: 3), style: .dim)
    let room = width - 9 - (time.isEmpty ? 0 : time.count + 1)
    frame.put(
      step.name, at: rect.origin.moved(columns: 9),
      style: state == .running ? Style.plain.bold : .plain, width: room)
    if !time.isEmpty {
      frame.put(time, at: rect.origin.moved(columns: width - time.count), style: .dim)
    }
  }

  private func duration(_ step: Step) -> String {
    guard let start = step.startedAt, step.conclusion != .skipped else { return "" }
    return Duration(from: start, to: step.completedAt ?? model.now).shortText
  }
}
