import Canvas
import Deploys

extension Pager {
  /// GitHub's log of the job; `nil` where no job is known.
  var jobSource: LogSource? {
    guard let run = request.run, let job else { return nil }
    return .job(run, job: job.id)
  }

  /// The log of the job's runner; `nil` where no build is known.
  var runnerSource: LogSource? {
    if case .build = request.source { return request.source }
    return (job?.build?.key).map(LogSource.build)
  }

  /// The log that can be changed to; `nil` for none.
  var otherSource: LogSource? {
    let other = shown == jobSource ? runnerSource : jobSource
    return other == shown ? nil : other
  }

  /// Whether the job is over, so that GitHub has a log of it.
  var isJobOver: Bool { job.map { $0.job.status == .completed } ?? true }

  /// Whether the job's log is wanted and was not asked for, because there was none.
  var isWaiting: Bool {
    guard case .job = request.source else { return false }
    return jobSource.flatMap(text) == nil
  }

  /// Whether the job's log was asked for and GitHub does not have it yet.
  var isLate: Bool {
    guard let text = jobSource.flatMap(text) else { return false }
    return text.log == nil && text.failure?.kind == .notYet
  }

  /// Whether it is said above the runner's log how it stands with the job's.
  var hasPanel: Bool {
    guard case .job = request.source, shown != jobSource else { return false }
    return isWaiting || isLate || jobSource.flatMap(text)?.log != nil && !hasSeenLog
  }

  /// Asks for the first text.
  mutating func open() -> [Effect] {
    guard case .job = request.source, !isJobOver else {
      return ask(for: request.source, start: request.start)
    }
    return askForRunner()
  }

  /// Takes in how the job stands now.
  mutating func refresh(_ snapshot: Snapshot) -> [Effect] {
    if let run = request.run, let id = job?.id,
      let found = snapshot.deploy(run)?.jobs.first(where: { $0.id == id })
    {
      job = found
    }
    guard isWaiting, let jobSource, shown == jobSource else { return [] }
    if isJobOver { return ask(for: jobSource, start: request.start) }
    // A runner that was found meanwhile; who has left its log for the steps is not sent back.
    guard runnerSource.flatMap(text) == nil else { return [] }
    return askForRunner()
  }

  /// Shows a job's log instead of its runner's, or the other way round.
  mutating func changeSource() -> [Effect] {
    guard let other = otherSource else { return [] }
    if text(other) == nil, other != jobSource || isJobOver {
      return ask(for: other, start: other == request.source ? request.start : .top)
    }
    shown = other
    noteSeen()
    return []
  }

  /// Takes note that the job's log is on the screen.
  mutating func noteSeen() {
    if shown == jobSource, text?.log != nil { hasSeenLog = true }
  }

  /// Shows the runner's log as long as GitHub does not have the job's, and tells of its coming.
  mutating func followLateLog(wasLate: Bool) -> [Effect] {
    guard let jobSource, let text = text(jobSource) else { return [] }
    if isLate {
      guard shown == jobSource, let runnerSource, self.text(runnerSource) == nil else { return [] }
      return askForRunner()
    }
    guard wasLate, shown != jobSource else { return [] }
    if text.log != nil {
      notice = Notice("the job's log is there: L shows it")
    } else if let failure = text.failure {
      notice = Notice(failure.words, .warning)
    }
    return []
  }

  /// Reads the text on the screen anew.
  mutating func reload() -> [Effect] {
    let source = shown
    guard text(source) != nil else { return [.refreshNow] }
    return changeText { text in
      text.state = .fetching(nil)
      return [.closeLog(source), .openLog(source)]
    }
  }

  /// Lets go of everything that was asked for.
  func close() -> [Effect] { texts.map { .closeLog($0.source) } }

  /// Asks for the runner's log in the place of the job's, which is not there yet.
  private mutating func askForRunner() -> [Effect] {
    guard let runnerSource else { return [] }
    let effects = ask(for: runnerSource)
    // Where the steps have one line, that line does not say why this log is shown.
    if PagerLayout(self).panel.size.rows == 1, !isLate {
      notice = Notice("no log of the job before it is over")
    }
    return effects
  }

  private mutating func ask(
    for source: LogSource, start: PagerRequest.Start = .top
  ) -> [Effect] {
    let isLive = source == runnerSource && start == .top && job?.build?.isActive == true
    texts.append(PagerText(source, start: start, followsFirst: isLive || start == .end))
    shown = source
    return [.openLog(source)]
  }
}
