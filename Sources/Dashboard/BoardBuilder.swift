import Canvas
import Deploys
import Foundation

/// Makes the rows of the board from a snapshot and from what the operator chose to see.
struct BoardBuilder {
  var snapshot: Snapshot
  var filter: Filter
  var isActiveOnly: Bool
  var expanded: Set<DeployID>
  /// How far back the snapshot reaches, in words; `nil` where nobody said.
  var window: String?
  /// The columns of the screen.
  var width: Int

  private(set) var rows: [BoardRow] = []
  /// How many deploys are shown.
  private(set) var matches = 0

  init(
    snapshot: Snapshot, filter: Filter, isActiveOnly: Bool, expanded: Set<DeployID>,
    window: String?, width: Int
  ) {
    self.snapshot = snapshot
    self.filter = filter
    self.isActiveOnly = isActiveOnly
    self.expanded = expanded
    self.window = window
    self.width = width
    build()
  }

  private mutating func build() {
    let urgent = urgentDeploys()
    if !urgent.isEmpty {
      add(.attention, in: .attention, .attention(urgent.count))
      for deploy in urgent { add(deploy, in: .attention) }
    }
    for (index, section) in snapshot.sections.enumerated() {
      add(section, ordinal: index + 1)
    }
  }

  /// What needs a person: protected environments first, then what has waited longest.
  private func urgentDeploys() -> [Deploy] {
    let ranked = snapshot.sections.flatMap { section in
      section.deploys.filter { $0.needsPerson && filter.matches($0) }
        .map { (isProtected: section.environment.isProtected, deploy: $0) }
    }
    return ranked.sorted { left, right in
      if left.isProtected != right.isProtected { return left.isProtected }
      if left.deploy.run.startedAt != right.deploy.run.startedAt {
        return left.deploy.run.startedAt < right.deploy.run.startedAt
      }
      return left.deploy.run.key < right.deploy.run.key
    }.map(\.deploy)
  }

  private mutating func add(_ section: Snapshot.Section, ordinal: Int) {
    let name = section.environment.name
    let matching = section.deploys.filter(filter.matches)
    let calm = matching.filter { !$0.needsPerson }
    let shown = isActiveOnly ? calm.filter { !$0.state.isOver } : calm
    let heading = SectionHeading(
      name: PlainText.sanitized(name), ordinal: ordinal,
      isProtected: section.environment.isProtected, tally: Tally(section.deploys),
      matches: filter.isEmpty ? nil : matching.count,
      failures: section.deploys.isEmpty ? [] : section.failures)
    add(.section(name), in: .section(name), .section(heading))
    for deploy in shown { add(deploy, in: .section(name)) }
    guard shown.isEmpty else { return }
    for (index, note) in notes(section, calm: calm.count).enumerated() {
      add(.note(section: name, line: index), in: .section(name), .note(note.text, note.role))
    }
  }

  private mutating func add(_ deploy: Deploy, in block: BoardRow.Block) {
    matches += 1
    let id = deploy.boardID
    let isOpen = expanded.contains(id)
    add(.deploy(id), in: block, .item(ItemCells(deploy, isOpen: isOpen)))
    guard isOpen else { return }
    guard !deploy.jobs.isEmpty else {
      let text = deploy.hasJobs ? "no jobs yet" : "its jobs have not been read yet"
      add(.jobsNote(id), in: block, .note(text, .dim))
      return
    }
    for (index, job) in deploy.jobs.enumerated() {
      let isLast = index == deploy.jobs.count - 1
      add(.job(id, job.id), in: block, .item(ItemCells(job, of: deploy, isLast: isLast)))
    }
  }

  private mutating func add(
    _ id: BoardRow.ID, in block: BoardRow.Block, _ content: BoardRow.Content
  ) {
    rows.append(BoardRow(id: id, block: block, content: content))
  }

  /// Why a section shows no deploy.
  private func notes(
    _ section: Snapshot.Section, calm: Int
  ) -> [(text: String, role: Role)] {
    if !filter.isEmpty { return [] }
    if calm > 0 { return [("nothing is going on; a shows all \(calm)", .dim)] }
    if !section.deploys.isEmpty {
      return [("all that there is needs you: see the top", .dim)]
    }
    if let failure = section.failures.first?.failure {
      let room = width - ColumnLayout.gutter
      return TextWrap.lines(failure.message, width: room).map { ($0, .warning) }
        + TextWrap.lines(failure.remedy, width: room).map { ($0, .text) }
    }
    if !snapshot.isComplete { return [("loading", .dim)] }
    guard let window else { return [("no deploys yet", .dim)] }
    return [("no deploys in the last \(window)", .dim)]
  }
}
