import Canvas
import Deploys

extension WhyBuilder {
  /// The rows that one error line takes at most.
  private static let errorRows = 3
  /// The columns of a line's number.
  private static let numberWidth = 6

  /// Adds a failed job's lines that tell most.
  mutating func addLines(of item: DeployJob, isAlone: Bool) {
    let job = item.job
    let part = WhyRow.Part.job(item.id)
    let target = job.failedStep.map { WhyRow.Target.step(job: item.id, $0.number) }
    let excerpts = answers.excerpts(job: item.id).value ?? []
    let name = isAlone && deploy.jobs.count == 1 ? nil : job.name
    let step = job.failedStep.map { "step \($0.number) \($0.name)" }
    let title = [name, step].compactMap { $0 }.joined(separator: separator)
    head(
      part, "\(glyphs.failure) \(title.isEmpty ? job.name : title)",
      excerpts.count == 1 ? [Self.extent(excerpts[0])] : [], role: .failure,
      target: target ?? .job(item.id))
    guard job.status == .completed else {
      say(
        part,
        "GitHub gives a job's log when the job is over, and this one still runs. "
          + "Enter shows what there is meanwhile.", .waiting, target: .job(item.id))
      return
    }
    guard !job.steps.isEmpty else {
      say(part, "It never began, so it has written no log.", .dim, target: .job(item.id))
      return
    }
    guard job.failedStep != nil else {
      say(
        part, "No step is marked as failed: the runner was lost or stopped. L shows the whole log.",
        .dim, target: .job(item.id))
      return
    }
    switch answers.excerpts(job: item.id) {
    case .unasked: say(part, "Its lines are read when the cursor is on it.", .dim)
    case .loading: say(part, "reading its log", .dim, isLoading: true)
    case .failed(let failure): addFailure(failure, part, target: target)
    case .loaded(let excerpts): add(excerpts, of: job, part)
    }
  }

  private mutating func addFailure(
    _ failure: ReadFailure, _ part: WhyRow.Part, target: WhyRow.Target?
  ) {
    guard failure.kind == .notYet else { return tell(part, failure, target: target) }
    say(part, failure.message, .waiting, target: target)
    say(
      part, "GitHub gives a job's log some moments after its end; it is asked again by itself.",
      .dim, target: target)
  }

  private mutating func add(_ excerpts: [StepExcerpt], of job: Job, _ part: WhyRow.Part) {
    if excerpts.allSatisfy(\.lines.isEmpty) { say(part, "The step has written nothing.", .dim) }
    for excerpt in excerpts {
      if let step = job.steps.first(where: { $0.number == excerpt.step }), step.startedAt == nil {
        say(
          part, "The times of this step are not known: these lines are the whole log's.", .dim,
          target: .step(job: job.id, excerpt.step))
      }
      let target = WhyRow.Target.step(job: job.id, excerpt.step)
      if excerpts.count > 1 {
        let name = job.steps.first { $0.number == excerpt.step }?.name ?? ""
        say(
          part, "step \(excerpt.step) \(name)\(separator)\(Self.extent(excerpt))", .dim,
          target: target)
      }
      for line in excerpt.lines { add(line, of: job.id, in: excerpt.step, target) }
    }
  }

  private mutating func add(
    _ line: StepExcerpt.Line, of job: Int64, in step: Int, _ target: WhyRow.Target
  ) {
    let room = max(8, width - Self.numberWidth - 4)
    let digits = String(line.number)
    let pad = String(repeating: " ", count: max(0, Self.numberWidth - digits.count))
    let style: Style = line.isError ? .failure : .plain
    let prefix = "##[error]"
    let text = line.text.hasPrefix(prefix) ? String(line.text.dropFirst(prefix.count)) : line.text
    // A plain line keeps its indent and is cut; an error is worth some rows.
    var parts = [PlainText.sanitized(text)]
    if line.isError {
      let all = TextWrap.lines(text, width: room)
      parts = Array(all.prefix(Self.errorRows - 1))
      let rest = all.dropFirst(Self.errorRows - 1)
      if !rest.isEmpty { parts.append(rest.joined(separator: " ")) }
    }
    for (index, text) in parts.enumerated() {
      let number = index == 0 ? pad + digits : String(repeating: " ", count: Self.numberWidth)
      let sign = line.isError && index == 0 ? glyphs.failure : " "
      rows.append(
        WhyRow(
          id: .line(job: job, step: step, number: line.number, part: index),
          spans: [Span(number, .dim), Span(" \(sign) ", style), Span(text, style)],
          target: target, isError: line.isError))
    }
  }

  private static func extent(_ excerpt: StepExcerpt) -> String {
    excerpt.lines.count < excerpt.total
      ? "\(excerpt.lines.count) of \(excerpt.total) lines" : "\(excerpt.total) lines"
  }
}
