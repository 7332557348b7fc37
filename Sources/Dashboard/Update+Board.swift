import Canvas
import Deploys

extension Model {
  /// The page of what the cursor is on; `nil` for a heading.
  var selectedAddress: String? {
    if let job = selectedJob, !job.job.url.isEmpty { return job.job.url }
    return selectedDeploy.flatMap { $0.run.url.isEmpty ? nil : $0.run.url }
  }

  /// Moves in whatever list has the keys.
  mutating func move(_ command: Command) {
    switch screens.last {
    case nil:
      followed = nil
      board.move(by: distance(command, page: board.page))
    case .help(let top):
      let last = HelpView.lastTop(self)
      let count = distance(command, page: max(1, HelpView.height(self) - 1))
      screens[screens.count - 1] = .help(top: min(max(0, top + count), last))
    case .dispatch:
      changeDispatch { $0.edit { $0.choose(by: command == .up ? -1 : 1) } }
    case .retry:
      changeRetry { $0.choose(command == .up ? .failedJobs : .allJobs) }
    }
  }

  private func distance(_ command: Command, page: Int) -> Int {
    // Far beyond any list, and far from where adding overflows.
    let far = 1 << 30
    return switch command {
    case .up: -1
    case .down: 1
    case .pageUp: -page
    case .pageDown: page
    case .top: -far
    case .bottom: far
    default: 0
    }
  }

  /// Goes to places on the board, or changes what it shows.
  mutating func look(_ command: Command, _ key: Key) {
    followed = nil
    switch command {
    case .nextSection: goToSection(by: 1)
    case .previousSection: goToSection(by: -1)
    case .goToSection: goToSection(key)
    case .nextNeedingPerson: goToUrgent()
    case .expand: setExpanded(true)
    case .collapse: collapse()
    case .nextMatch, .previousMatch: goToMatch(backward: command == .previousMatch)
    case .toggleActive: toggleActiveOnly()
    case .filter: filterField = TextField(board.filterText)
    case .keepFilter: filterField = nil
    default: break
    }
  }

  private mutating func goToSection(by step: Int) {
    let blocks = board.blocks
    guard let now = board.selectedRow.flatMap({ blocks.firstIndex(of: $0.block) }) else { return }
    board.select(block: blocks[(now + step + blocks.count) % blocks.count])
  }

  private mutating func goToSection(_ key: Key) {
    guard let number = key.typed?.wholeNumberValue else { return }
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

  private mutating func goToUrgent() {
    let isFound = board.selectNext { $0.block == .attention && $0.id.isDeploy }
    if !isFound { say(Notice("the filter hides what needs a person: esc empties it", .warning)) }
  }

  private mutating func goToMatch(backward: Bool) {
    let filter = Filter(board.lastSearch)
    let matching = Set(snapshot.deploys.filter(filter.matches).map(\.boardID))
    let isFound = board.selectNext(backward: backward) { row in
      row.id.isDeploy && row.deployID.map(matching.contains) == true
    }
    if !isFound { say(Notice("no deploy has “\(board.lastSearch)”", .warning)) }
  }

  private mutating func setExpanded(_ isExpanded: Bool) {
    guard let id = board.selection?.deployID else { return }
    if isExpanded, board.expanded.contains(id) {
      // Enter opens and closes, as in any tree; the arrow goes on into it.
      board.collapse(id)
    } else if isExpanded {
      board.expand(id)
    } else {
      board.collapse(id)
    }
    rebuild(isOwnChoice: true)
  }

  private mutating func collapse() {
    guard let id = board.selection?.deployID, let row = board.selectedRow else { return }
    if board.expanded.contains(id) {
      board.select(.deploy(id))
      setExpanded(false)
    } else if case .section(let name) = row.block {
      board.select(.section(name))
    }
  }

  private mutating func toggleActiveOnly() {
    board.toggleActiveOnly()
    rebuild(isOwnChoice: true)
    say(Notice(board.isActiveOnly ? "only what is going on or needs you" : "everything"))
  }

  /// Shows only what has the words.
  mutating func setFilter(_ text: String) {
    board.filterText = text
    if !Filter(text).isEmpty { board.lastSearch = text }
    rebuild(isOwnChoice: true)
  }

  /// Puts the cursor on the run that came of an operation, once it is there.
  mutating func follow() {
    guard let run = followed,
      let row = board.rows.first(where: { $0.id.isDeploy && $0.deployID?.run == run })
    else { return }
    board.select(row.id)
    followed = nil
  }
}
