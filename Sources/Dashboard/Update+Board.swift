import Canvas
import Deploys

extension Model {
  /// The page of what the cursor is on; `nil` for a heading.
  var selectedAddress: String? {
    if let detail { return detail.address }
    if let job = selectedJob, !job.job.url.isEmpty { return job.job.url }
    return selectedDeploy.flatMap { $0.run.url.isEmpty ? nil : $0.run.url }
  }

  /// How far a key moves.
  enum Stride {
    case rows(Int)
    case pages(Int)
    case start
    case end

    /// The distance in rows.
    func distance(page: Int) -> Int {
      // Far beyond any list, and far from where adding overflows.
      let far = 1 << 30
      return switch self {
      case .rows(let count): count
      case .pages(let count): count * page
      case .start: -far
      case .end: far
      }
    }
  }

  /// Moves in whatever list has the keys.
  mutating func move(_ stride: Stride) -> [Effect] {
    switch screens.last {
    case .detail: return moveDetail(stride)
    case .pager: return movePager(stride)
    case .files: return moveFiles(stride)
    case nil:
      followed = nil
      board.move(by: stride.distance(page: board.page))
    case .versions: return moveVersions(stride)
    case .dispatch, .refs, .workflows, .tag, .act, .bulk:
      if focus == .choice || focus == .picker {
        let page = max(1, (Sheet(self)?.bodyRows ?? 2) - 1)
        return changeDialog { $0.choose(by: stride.distance(page: page), in: $1) }
      }
      scrollSheet(stride)
    case .help: scrollSheet(stride)
    }
    return []
  }

  mutating func scrollSheet(_ stride: Stride) {
    guard let sheet = Sheet(self) else { return }
    let count = stride.distance(page: max(1, sheet.bodyRows - 1))
    sheetTop = min(max(0, sheetTop + count), sheet.lastTop)
  }

  mutating func sayRefreshing() {
    guard let until = snapshot.pausedUntil, until > now else {
      say(Notice("asking GitHub and AWS"))
      return
    }
    let time = Clock(timeZone).minutes(until)
    say(Notice("asking AWS; GitHub wants to be left alone until \(time)", .warning))
  }

  mutating func goToSection(by step: Int) {
    followed = nil
    let blocks = board.blocks
    guard let now = board.selectedRow.flatMap({ blocks.firstIndex(of: $0.block) }) else { return }
    board.select(block: blocks[(now + step + blocks.count) % blocks.count])
  }

  mutating func goToSection(_ key: Key) {
    guard let number = key.typed?.wholeNumberValue else { return }
    followed = nil
    guard number > 0 else {
      board.move(by: -board.rows.count)
      return
    }
    let sections = snapshot.sections
    guard sections.indices.contains(number - 1) else {
      say(Notice("there are \(sections.count) environments", .warning))
      return
    }
    board.select(block: .section(sections[number - 1].environment.name))
  }

  mutating func goToUrgent() {
    followed = nil
    let isFound = board.selectNext { $0.block == .attention && $0.id.isDeploy }
    if !isFound { say(Notice("the filter hides what needs a person: esc empties it", .warning)) }
  }

  mutating func goToMatch(backward: Bool) {
    followed = nil
    let filter = Filter(board.lastSearch)
    let matching = Set(snapshot.deploys.filter(filter.matches).map(\.boardID))
    let isFound = board.selectNext(backward: backward) { row in
      row.id.isDeploy && row.deployID.map(matching.contains) == true
    }
    if !isFound { say(Notice("no deploy has “\(board.lastSearch)”", .warning)) }
  }

  mutating func openOrClose() {
    guard let id = board.selection?.deployID else { return }
    setExpanded(!board.expanded.contains(id), id)
  }

  mutating func expand() {
    guard let id = board.selection?.deployID else { return }
    guard board.expanded.contains(id) else {
      setExpanded(true, id)
      return
    }
    if let first = selectedDeploy?.jobs.first { board.select(.job(id, first.id)) }
  }

  mutating func collapse() {
    followed = nil
    guard let id = board.selection?.deployID else { return }
    if board.expanded.contains(id) {
      board.select(.deploy(id))
      setExpanded(false, id)
    } else {
      board.select(.section(id.environment))
    }
  }

  private mutating func setExpanded(_ isExpanded: Bool, _ id: DeployID) {
    followed = nil
    if isExpanded { board.expand(id) } else { board.collapse(id) }
    rebuild(isOwnChoice: true)
    if isExpanded { board.revealOpened() }
  }

  mutating func toggleActiveOnly() {
    board.toggleActiveOnly()
    rebuild(isOwnChoice: true)
    say(Notice(board.isActiveOnly ? "only what is going on or needs you" : "everything"))
  }

  /// Shows only what has the words.
  mutating func setFilter(_ text: String) {
    let isNew = text != board.filterText
    board.filterText = text
    let filter = Filter(text)
    if !filter.isEmpty { board.lastSearch = text }
    guard isNew else { return }
    rebuild(isOwnChoice: true)
    board.selectBest(for: filter, in: snapshot)
  }

  /// Keeps what is about to be acted on in sight, where it is on the screen.
  mutating func keepInSight(_ runs: [RunKey]) {
    let shown = Set(board.rows.compactMap { $0.deployID?.run })
    for run in runs where shown.contains(run) { board.keep(run) }
  }

  /// Says what the sign means when the first row comes to stay in spite of the filter.
  mutating func sayKept(since before: Board) {
    guard notice == nil, board.rows.contains(where: \.isOutside),
      !before.rows.contains(where: \.isOutside)
    else { return }
    say(Notice("~ the filter would hide this; it stays until the cursor leaves it"))
  }

  /// Puts the cursor on the run that came of an operation, once it is there; no filter hides it.
  mutating func follow() {
    guard let run = followed.flatMap({ $0.run(in: snapshot) }) else { return }
    followed = nil
    board.keep(run)
    rebuild()
    let row = board.rows.first { $0.id.isDeploy && $0.deployID?.run == run }
    if let row { board.select(row.id) }
  }
}
