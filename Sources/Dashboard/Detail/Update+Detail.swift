import Canvas
import Deploys
import Foundation

extension Model {
  /// Where the screen of a run lies, if one is open.
  private var detailIndex: Int? {
    screens.lastIndex { if case .detail = $0 { true } else { false } }
  }

  /// The screen of a run, where it is what fills the screen.
  var detail: RunDetail? {
    for screen in screens.reversed() {
      switch screen {
      case .help, .dispatch, .refs, .workflows, .tag, .act, .bulk: continue
      case .detail(let detail): return detail
      case .pager, .files, .versions: return nil
      }
    }
    return nil
  }

  private func context(of detail: RunDetail) -> RunDetail.Context {
    RunDetail.Context(
      size: size, glyphs: glyphs, timeZone: timeZone, now: now,
      environment: snapshot.environment(detail.id.environment))
  }

  /// Changes the screen of a run, wherever it lies, and makes anew what is shown of it.
  mutating func changeDetail(
    _ change: (inout RunDetail, RunDetail.Context) -> [Effect]
  ) -> [Effect] {
    guard let index = detailIndex, case .detail(var detail) = screens[index] else { return [] }
    let context = context(of: detail)
    let effects = change(&detail, context)
    screens[index] = .detail(detail)
    return effects
  }

  /// Opens the screen of the selected run.
  mutating func openDetail() -> [Effect] {
    guard let deploy = selectedDeploy else { return [] }
    return openDetail(of: deploy, job: selectedJob?.id)
  }

  /// Opens the screen of a run.
  /// - Parameters:
  ///   - deploy: What is known of the run.
  ///   - job: The job to begin with; `nil` for the one that matters most.
  ///   - isGone: Whether the run is known not to be on the board.
  /// - Returns: What has to be read for it.
  mutating func openDetail(
    of deploy: Deploy, job: Int64? = nil, isGone: Bool = false
  ) -> [Effect] {
    followed = nil
    var detail = RunDetail(deploy)
    if isGone { detail.goneSince = now }
    let context = context(of: detail)
    let effects = detail.ask(context)
    detail.rebuild(context)
    // Where only one pane is seen, it is the one that tells why.
    if detail.geometry.isTabbed, detail.isTroubled { detail.pane = .why }
    detail.selectWhatMatters(preferring: job)
    detail.rebuild(context)
    screens.append(.detail(detail))
    return effects
  }

  /// Takes in what was read about an attempt.
  mutating func takeInspection(
    _ run: RunKey, attempt: Int, _ question: InspectionQuestion, _ answer: InspectionAnswer
  ) -> [Effect] {
    changeDetail { detail, context in
      guard detail.run == run else { return [] }
      let wasMissing = detail.shown?.hasJobs != true
      detail.answers.take(answer, to: question.key(attempt: attempt))
      let effects = detail.ask(context)
      detail.rebuild(context)
      if wasMissing, detail.shown?.hasJobs == true, !detail.hasMoved {
        detail.returnToPlace()
        detail.rebuild(context)
      }
      return effects
    }
  }

  /// Brings a run's screen up to date with the snapshot.
  mutating func refreshDetail() -> [Effect] {
    var news: Notice?
    let found = detailIndex.flatMap { index -> Deploy? in
      guard case .detail(let detail) = screens[index] else { return nil }
      return snapshot.sections.first { $0.environment.name == detail.id.environment }?.deploys
        .first { $0.id == detail.run }
    }
    let effects = changeDetail { detail, context in
      let wasGone = detail.goneSince != nil
      let isChanged = wasGone != (found == nil) || found.map { $0 != detail.newest } == true
      if let found {
        detail.goneSince = nil
        news = detail.take(found)
      } else if !wasGone {
        detail.goneSince = context.now
      }
      if isChanged || detail.isOld(at: context.now) { detail.rebuild(context) }
      if !detail.hasMoved, detail.isNewest, news != nil {
        detail.selectWhatMatters()
      }
      let effects = detail.ask(context)
      if news != nil || !effects.isEmpty { detail.rebuild(context) }
      return effects
    }
    if let news { say(news) }
    return effects
  }

  /// Fits a run's screen to the terminal's size.
  mutating func resizeDetail() {
    _ = changeDetail { detail, context in
      detail.rebuild(context)
      return []
    }
  }

  /// Asks anew whatever a run's screen shows.
  mutating func askDetailAnew() -> [Effect] {
    guard detail != nil else { return [] }
    return changeDetail { detail, context in
      detail.answers.expire()
      let effects = detail.ask(context)
      detail.rebuild(context)
      return effects
    }
  }

  /// Takes note that a run is run again, so that its screen goes to the new attempt.
  mutating func expectAttempt(of run: RunKey) {
    _ = changeDetail { detail, _ in
      if detail.run == run { detail.expectsAttempt = true }
      return []
    }
  }

  /// Moves on this screen.
  mutating func moveDetail(_ stride: Stride) -> [Effect] {
    changeDetail { detail, context in
      if detail.pane.isTable {
        detail.hasMoved = detail.hasMoved || detail.table.selection != nil
        detail.table.move(by: stride.distance(page: detail.table.page))
        return detail.followCursor(context)
      }
      detail.hasMovedInWhy = true
      detail.why.move(by: stride.distance(page: detail.why.page))
      return []
    }
  }

  /// Goes back by one step: out of what is open on the screen, else off the screen.
  mutating func leaveDetail() -> [Effect] {
    guard detail?.showsLink == true else {
      screens.removeLast()
      return []
    }
    return perform(DetailCommand.link, "c")
  }
}

extension RunDetail {
  /// Whether the rows have to be made anew, if only for the ages in them.
  fileprivate func isOld(at now: Date) -> Bool {
    Duration(from: builtAt, to: now) >= .minutes(1)
  }

  /// Takes in the run as the newest snapshot has it.
  /// - Returns: What to say about it.
  fileprivate mutating func take(_ deploy: Deploy) -> Notice? {
    let old = newest
    newest = deploy
    guard deploy.run.attempt > old.run.attempt else { return nil }
    answers.expireArtifacts()
    if old.state.isOver { answers.know(.attempt(old), of: .attempt(old.run.attempt)) }
    let begun = "attempt \(deploy.run.attempt) has begun"
    guard chosenAttempt == nil else { return Notice("\(begun): ] goes to it") }
    // Whoever reads an attempt is not torn away from it by somebody else's retry.
    if hasMoved || hasMovedInWhy, !expectsAttempt {
      chosenAttempt = old.run.attempt
      return Notice("\(begun): ] goes to it")
    }
    leavePlace(of: old.run.attempt)
    return Notice("\(begun) and is shown: [ goes back")
  }

  /// Goes to another attempt.
  mutating func go(toAttempt number: Int, _ context: Context) -> [Effect] {
    leavePlace(of: attempt)
    chosenAttempt = number == newest.run.attempt ? nil : number
    let effects = ask(context)
    rebuild(context)
    returnToPlace()
    rebuild(context)
    return effects
  }

  private mutating func leavePlace(of attempt: Int) {
    places[attempt] = table.selection
    (hasMoved, hasMovedInWhy, expectsAttempt) = (false, false, false)
    whyJob = nil
  }

  /// Puts the cursor where it was in this attempt, else on what matters most.
  fileprivate mutating func returnToPlace() {
    if let place = places[attempt], table.select(place) { return }
    selectWhatMatters()
  }

  /// After the cursor has moved in the jobs: its lines, its links, its questions.
  mutating func followCursor(_ context: Context) -> [Effect] {
    let effects = ask(context)
    if let job = selectedJob, job.hasFailed, job.id != whyJob {
      hasMovedInWhy = false
      whyJob = job.id
      if !showsLink, effects.isEmpty { showLines(of: job.id) }
    }
    if showsLink || !effects.isEmpty { rebuild(context) }
    return effects
  }
}
