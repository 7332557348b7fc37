import Canvas
import Deploys
import Foundation

extension RunDetail {
  /// Makes everything that is shown anew, after something has changed.
  mutating func rebuild(_ context: Context) {
    builtAt = context.now
    let isNarrow = context.size.columns < 80
    if !isNarrow, pane == .timeline { pane = .jobs }
    let width = max(1, context.size.columns - 2)
    let entries = verdictEntries(context)
    let lines = VerdictEntry.lines(entries, width: width)
    buildTable(context)
    // What the top has no room for is told below.
    var rows = whyRows(context, verdict: [])
    geometry = layout(context, verdict: lines.count, why: rows.count)
    let room = geometry.verdict.size.rows
    verdict = lines
    if room < lines.count {
      let fitted = VerdictEntry.lines(entries, width: width, limit: room)
      verdict = fitted.lines
      rows = whyRows(context, verdict: VerdictEntry.lines(fitted.missing, width: width))
      geometry = layout(context, verdict: verdict.count, why: rows.count)
    }
    why.set(rows)
    table.resize(height: geometry.table.size.rows)
    why.resize(height: geometry.why.size.rows)
    settleWhy()
  }

  private func layout(_ context: Context, verdict: Int, why: Int) -> DetailGeometry {
    DetailGeometry(
      size: Size(columns: context.size.columns, rows: context.size.rows - 1), pane: pane,
      wish: DetailGeometry.Wish(verdict: verdict, jobs: table.rows.count, why: why))
  }

  private func verdictEntries(_ context: Context) -> [VerdictEntry] {
    var entries: [VerdictEntry] = []
    if let goneSince {
      let time = Clock(context.timeZone).seconds(goneSince)
      entries.append(
        VerdictEntry(
          rank: .headline,
          text: "\(context.glyphs.attention) no longer on the board; shown as it was at \(time)",
          style: .warning))
    }
    guard let shown else { return entries }
    return entries
      + VerdictWriter(deploy: shown, answers: answers, glyphs: context.glyphs).entries
  }

  private mutating func buildTable(_ context: Context) {
    guard let shown else {
      timeline = nil
      table.set(attemptNotes(context))
      return
    }
    let tree = JobTree.nodes(of: shown.jobs)
    let timeline = Timeline(shown)
    self.timeline = timeline
    folds.openWhatMatters(in: shown, tree)
    let rows = JobRowBuilder(
      shown, timeline: timeline, folds: folds, tree: tree, glyphs: context.glyphs
    ).rows
    guard rows.isEmpty else {
      table.set(rows)
      return
    }
    guard shown.hasJobs else {
      table.set(isNewest && isUnread ? attemptNotes(context) : [note("its jobs are being read")])
      return
    }
    table.set([note(shown.state.isOver ? "it had no jobs" : "no jobs yet")])
  }

  private func note(_ text: String) -> JobRow {
    JobRow(id: .note(0), depth: 0, role: .dim, name: text)
  }

  /// What stands in the place of the jobs of an attempt that is not here.
  private func attemptNotes(_ context: Context) -> [JobRow] {
    let width = max(20, context.size.columns - 4)
    let lines: [(text: String, role: Role)]
    switch answers.attempt(attempt) {
    case .unasked, .loading, .loaded:
      lines = [(isUnread ? "reading its jobs" : "reading attempt \(attempt)", .dim)]
    case .failed(let failure):
      lines =
        TextWrap.lines(failure.message, width: width).map { ($0, .warning) }
        + TextWrap.lines("\(context.glyphs.arrow) \(failure.remedy)", width: width)
        .map { ($0, .text) }
    }
    return lines.enumerated().map { index, line in
      JobRow(id: .note(index), depth: 0, role: line.role, name: line.text)
    }
  }

  private func whyRows(_ context: Context, verdict: [[Span]]) -> [WhyRow] {
    guard let shown else { return [] }
    return WhyBuilder(
      deploy: shown, answers: answers, attempts: AttemptStarts(newest.run, answers),
      verdict: verdict, link: showsLink ? selectedJob : nil,
      failureFiles: context.environment?.failureArtifacts,
      glyphs: context.glyphs, now: context.now, width: context.size.columns
    ).rows
  }

  // MARK: - The cursor

  /// Puts the cursor on what matters most: the failed step, else what runs, else what waits.
  mutating func selectWhatMatters(preferring job: Int64? = nil) {
    guard let shown, let item = self.job(job) ?? shown.leadingJob else { return }
    if let step = item.job.failedStep ?? item.job.currentStep,
      table.select(.step(item.id, step.number))
    {
      revealJob()
      return
    }
    if !table.select(.job(item.id)), let first = table.rows.first(where: \.isSelectable) {
      table.select(first.id)
    }
    revealJob()
  }

  /// Shows the job's own row above the step under the cursor, where there is room for both.
  private mutating func revealJob() {
    guard let job = table.selection?.job, let head = table.index(of: .job(job)),
      let selected = table.selectedIndex, selected - head < table.height
    else { return }
    if head < table.top { table.scroll(toTop: .job(job)) }
  }

  /// Scrolls the failing lines to the job under the cursor, until the operator moves among them.
  mutating func settleWhy() {
    guard !hasMovedInWhy else { return }
    let wanted =
      failedJobs.contains { $0.id == table.selection?.job }
      ? table.selection?.job : nil
    guard let job = wanted ?? whyJob ?? failedJobs.first?.id else {
      if let first = why.rows.first(where: \.isSelectable) { why.select(first.id) }
      return
    }
    whyJob = job
    showLines(of: job)
  }

  /// Puts the cursor of the failing lines on a job's first error, its heading in sight if it can be.
  mutating func showLines(of job: Int64) {
    let heading = WhyRow.ID.heading(.job(job))
    guard why.index(of: heading) != nil else { return }
    let first =
      why.rows.first { $0.isErrorOf(job) } ?? why.rows.first { $0.id.isLine(of: job) }
    why.select(first?.id ?? heading)
    why.scroll(toTop: heading)
  }
}
