import Canvas
import Deploys
import Foundation

/// Makes the rows of the board from a snapshot and from what the operator chose to see.
struct BoardBuilder {
  var snapshot: Snapshot
  var filter: Filter
  var isActiveOnly: Bool
  var expanded: Set<DeployID>
  /// The runs that are shown whatever the filter says.
  var kept: Set<RunKey>
  /// How far back the snapshot reaches, in words; `nil` where nobody said.
  var window: String?
  /// The columns of the screen.
  var width: Int

  private(set) var rows: [BoardRow] = []
  /// How many deploys are shown.
  private(set) var matches = 0
  /// The deploys that are shown alone because they are kept.
  private(set) var outside: Set<DeployID> = []

  init(
    snapshot: Snapshot, filter: Filter, isActiveOnly: Bool, expanded: Set<DeployID>,
    kept: Set<RunKey> = [], window: String?, width: Int
  ) {
    self.snapshot = snapshot
    self.filter = filter
    self.isActiveOnly = isActiveOnly
    self.expanded = expanded
    self.kept = kept
    self.window = window
    self.width = width
    build()
  }

  /// A deploy that is shown, with how well it fits the filter.
  private struct Shown {
    var deploy: Deploy
    var isProtected: Bool
    /// What ``Filter/rank(of:)`` says; beyond any where it is shown because it is kept.
    var rank: Int
  }

  private mutating func build() {
    let sections = snapshot.sections
    let all = sections.map { shown(of: $0) }
    let urgent = all.flatMap(\.self).filter(\.deploy.needsPerson).sorted(by: Self.isMoreUrgent)
    if !urgent.isEmpty {
      add(.attention, in: .attention, .attention(urgent.count))
      for item in urgent { add(item.deploy, in: .attention) }
    }
    for (index, section) in sections.enumerated() {
      add(section, all[index], ordinal: index + 1)
    }
  }

  /// What a section shows, here or above; what was kept is noted.
  private mutating func shown(of section: Snapshot.Section) -> [Shown] {
    section.deploys.compactMap { deploy in
      let rank = filter.rank(of: deploy)
      let isHidden = rank == nil || isActiveOnly && deploy.state.isOver && !deploy.needsPerson
      if isHidden, kept.contains(deploy.id) { outside.insert(deploy.boardID) }
      guard let rank = rank ?? (kept.contains(deploy.id) ? .max : nil) else { return nil }
      return Shown(deploy: deploy, isProtected: section.environment.isProtected, rank: rank)
    }
  }

  /// Of what needs a person the best fit for the filter comes first, then protected environments,
  /// then what has waited longest.
  private static func isMoreUrgent(_ left: Shown, _ right: Shown) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.isProtected != right.isProtected { return left.isProtected }
    if left.deploy.run.startedAt != right.deploy.run.startedAt {
      return left.deploy.run.startedAt < right.deploy.run.startedAt
    }
    return left.deploy.run.key < right.deploy.run.key
  }

  private mutating func add(_ section: Snapshot.Section, _ items: [Shown], ordinal: Int) {
    let name = section.environment.name
    let calm = items.filter { !$0.deploy.needsPerson }
    let listed = calm.filter {
      !isActiveOnly || !$0.deploy.state.isOver || outside.contains($0.deploy.boardID)
    }
    let heading = SectionHeading(
      name: PlainText.sanitized(name), ordinal: ordinal,
      isProtected: section.environment.isProtected, tally: Tally(section.deploys),
      matches: filter.isEmpty ? nil : items.count { $0.rank != .max },
      failures: section.deploys.isEmpty ? [] : section.failures)
    add(.section(name), in: .section(name), .section(heading))
    // Equals keep the snapshot's order.
    let ranked = listed.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    for (_, item) in ranked { add(item.deploy, in: .section(name)) }
    guard listed.isEmpty else { return }
    for (index, note) in notes(section, calm: calm.count).enumerated() {
      add(.note(section: name, line: index), in: .section(name), .note(note.text, note.role))
    }
  }

  private mutating func add(_ deploy: Deploy, in block: BoardRow.Block) {
    let id = deploy.boardID
    if !outside.contains(id) { matches += 1 }
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
    let isOutside = id.isDeploy && id.deployID.map(outside.contains) == true
    rows.append(BoardRow(id: id, block: block, content: content, isOutside: isOutside))
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
