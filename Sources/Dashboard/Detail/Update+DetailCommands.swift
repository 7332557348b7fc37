import Canvas
import Deploys

extension Model {
  /// Performs a command of this screen.
  mutating func perform(_ command: DetailCommand, _ key: Key) -> [Effect] {
    guard let detail else { return [] }
    switch command {
    case .open: return open(detail.opening)
    case .jobLog: return open(detail.jobLog)
    case .runnerLog: return open(detail.runnerLog)
    case .attemptLog: return open(detail.attemptLog)
    case .fold, .expand, .collapse:
      return changeDetail { detail, context in detail.openOrClose(command, context) }
    case .nextFailure, .previousFailure:
      return goToFailure(backward: command == .previousFailure)
    case .nextPane, .previousPane:
      return changeDetail { detail, context in
        detail.goToPane(by: command == .nextPane ? 1 : -1, context)
        return []
      }
    case .olderAttempt, .newerAttempt:
      let number = detail.attempt + (command == .newerAttempt ? 1 : -1)
      return changeDetail { detail, context in detail.go(toAttempt: number, context) }
    case .artifacts: return show(else: "it has left no artifacts yet") { $0.isArtifact }
    case .marker: return showMarker()
    case .link:
      return changeDetail { detail, context in
        detail.toggleLink(context)
        return []
      }
    }
  }

  private mutating func open(_ opening: DetailOpening) -> [Effect] {
    switch opening {
    case .text(let request): return openPager(request)
    case .files(let container): return openFiles(container)
    case .fold: return perform(DetailCommand.fold, "space")
    case .nothing(let reason):
      say(Notice(reason, .warning))
      return []
    }
  }

  private mutating func goToFailure(backward: Bool) -> [Effect] {
    changeDetail { detail, context in
      detail.hasMoved = true
      if !detail.pane.isTable { detail.goToPane(.jobs, context) }
      detail.openFailedGroups(context)
      let holders = Set(detail.table.rows.filter(\.isFailure).compactMap(\.parent))
      detail.table.selectNext(backward: backward) { $0.isFailure && !holders.contains($0.id) }
      detail.goIntoFailure(context)
      return detail.followCursor(context)
    }
  }

  /// Goes to the first row of the failure pane that passes the test.
  private mutating func show(
    else reason: String, _ test: (WhyRow.ID) -> Bool
  ) -> [Effect] {
    guard detail?.why.rows.contains(where: { test($0.id) }) == true else {
      say(Notice(reason, .warning))
      return []
    }
    return changeDetail { detail, context in
      detail.goToPane(.why, context)
      detail.hasMovedInWhy = true
      if let row = detail.why.rows.first(where: { test($0.id) }) {
        detail.why.select(row.id)
        detail.why.scroll(toTop: row.id)
      }
      return []
    }
  }

  private mutating func showMarker() -> [Effect] {
    let effects = changeDetail { detail, context in
      guard let item = detail.meantJob else { return [] }
      let effects = detail.askMarker(of: item, context)
      detail.rebuild(context)
      return effects
    }
    guard let build = detail?.meantJob?.build?.key else { return effects }
    return effects + show(else: "there is no marker") { $0 == .heading(.marker(build)) }
  }
}

extension RunDetail {
  /// Opens or closes what the cursor is on.
  fileprivate mutating func openOrClose(_ command: DetailCommand, _ context: Context) -> [Effect] {
    guard let row = table.selectedRow else { return [] }
    hasMoved = true
    let isOpen = row.isOpen == true
    if command == .collapse || command == .fold, isOpen {
      set(row.id, isOpen: false, context)
    } else if command == .collapse {
      if let parent = row.parent { table.select(parent) }
    } else if isOpen {
      table.move(by: 1)
    } else {
      set(row.id, isOpen: true, context)
    }
    return followCursor(context)
  }

  private mutating func set(_ id: JobRow.ID, isOpen: Bool, _ context: Context) {
    folds.set(id, isOpen: isOpen)
    rebuild(context)
    guard isOpen, let index = table.selectedIndex else { return }
    let depth = table.rows[index].depth
    let last = table.rows[(index + 1)...].prefix { $0.depth > depth }.indices.last
    if let last { table.reveal(upTo: last) }
  }

  /// Opens the groups that hide a job that failed.
  fileprivate mutating func openFailedGroups(_ context: Context) {
    guard let shown else { return }
    for path in JobTree.paths(of: JobTree.nodes(of: shown.jobs), where: \.hasFailed) {
      folds.set(.group(path), isOpen: true)
    }
    rebuild(context)
  }

  /// Goes on from a closed job to the step that failed.
  fileprivate mutating func goIntoFailure(_ context: Context) {
    guard let row = table.selectedRow, row.isOpen == false, case .job(let id) = row.id,
      let step = job(id)?.job.failedStep
    else { return }
    folds.set(row.id, isOpen: true)
    rebuild(context)
    table.select(.step(id, step.number))
  }

  fileprivate mutating func goToPane(by step: Int, _ context: Context) {
    let panes = geometry.panes
    let now = panes.firstIndex(of: pane) ?? 0
    goToPane(panes[(now + step + panes.count) % panes.count], context)
  }

  fileprivate mutating func goToPane(_ pane: DetailPane, _ context: Context) {
    self.pane = pane
    rebuild(context)
  }

  fileprivate mutating func toggleLink(_ context: Context) {
    showsLink.toggle()
    if showsLink, geometry.isTabbed { pane = .why }
    rebuild(context)
    guard showsLink else { return }
    hasMovedInWhy = true
    why.select(.heading(.link))
    why.scroll(toTop: .heading(.link))
  }
}

extension JobTree {
  /// The paths of the groups that hold a job which passes the test.
  static func paths(of nodes: [JobTree], where test: (DeployJob) -> Bool) -> [String] {
    nodes.flatMap { node -> [String] in
      guard case .group(let path, _, let inside) = node, node.jobs.contains(where: test) else {
        return []
      }
      return [path] + paths(of: inside, where: test)
    }
  }
}

extension WhyRow.ID {
  /// Whether it is an artifact, or says that there is none.
  fileprivate var isArtifact: Bool {
    switch self {
    case .artifact, .text(.artifacts, _): true
    case .heading, .text, .line, .files: false
    }
  }
}
