import Deploys
import LogText

extension PagerText {
  /// Takes in what has happened to the text; the columns and rows are the room for it, the steps
  /// those of the job whose log it is.
  mutating func take(
    _ news: LogNews, columns: Int, rows: Int, habits: PagerHabits, steps: [Step]
  ) -> [Effect] {
    switch news {
    case .fetching(let transfer):
      if state != .growing { state = .fetching(transfer) }
      return []
    case .opened(let file):
      return open(file, columns: columns, rows: rows, habits: habits)
    case .grew:
      return change { $0.grow() } + settle(steps)
    case .ended:
      state = .whole
      return change { $0.finish() } + settle(steps)
    case .failed(let failure):
      state = .failed(failure)
      return change { $0.finish() } + settle(steps)
    case .worked(let work, let finding):
      return take(finding, of: work)
    }
  }

  private mutating func open(
    _ file: LogFile, columns: Int, rows: Int, habits: PagerHabits
  ) -> [Effect] {
    // A text that is read anew is shown where the reader was.
    let place = log.map { step.map(PagerRequest.Start.step) ?? .byte($0.cursor) }
    let follows = log?.status.isFollowing ?? followsFirst
    state = .growing
    slices = nil
    step = nil
    isFolded = false
    log = LogPager(
      file: file, columns: columns, rows: rows,
      options: LogPager.Options(
        wraps: habits.wraps, timestamps: habits.timestamps, follows: follows))
    var effects = change { $0.start() }
    if follows {
      effects += change { $0.goToBottom() }
    } else if start == nil {
      start = place
    }
    return effects + settle([])
  }

  /// Puts the reader where it was asked for, as soon as enough of the text is there.
  mutating func settle(_ steps: [Step]) -> [Effect] {
    guard let start, let log else { return [] }
    let isOver = state != .growing
    switch start {
    case .top:
      self.start = nil
      return []
    case .end:
      if isOver { self.start = nil }
      return change { $0.goToBottom() }
    case .byte(let offset):
      guard isOver || offset < log.file.count else { return [] }
      self.start = nil
      return change { $0.go(toByte: offset) }
    case .firstError:
      guard isOver else { return [] }
      self.start = nil
      return goToFirstError()
    case .step(let number):
      guard isOver else { return [] }
      self.start = nil
      return show(step: number, of: steps)
    case .errorInStep(let number):
      guard isOver else { return [] }
      self.start = nil
      return show(step: number, of: steps) + goToFirstError()
    }
  }

  /// Goes to the first error that the log marks; words can tell of some that a step got over.
  private mutating func goToFirstError() -> [Effect] {
    // The search begins after the line that the reader is on.
    if log?.rows.first?.kind == .error { return [] }
    awaitsError = true
    let effects = change { $0.nextProblem(isBackward: false, kind: .markedError) }
    if effects.isEmpty {
      awaitsError = false
      if log?.status.message != nil { return change { $0.goToBottom() } }
    }
    return effects
  }

  private mutating func take(_ finding: LogFinding, of work: LogWork) -> [Effect] {
    let effects = change { $0.take(finding, of: work) }
    guard awaitsError, work.kind == .find else { return effects }
    switch finding {
    case .found(let hit):
      awaitsError = false
      // Where no line tells of an error, the last ones tell most.
      return hit == nil ? effects + change { $0.goToBottom() } : effects
    case .failed:
      awaitsError = false
      return effects
    case .indexed, .counted, .filtered:
      return effects
    }
  }
}
