import Deploys

extension Model {
  /// Whether acting means everything that is marked: on a run's own screen and in the versions it
  /// means that run.
  var actsOnMarks: Bool { detail == nil && versions == nil && !marks.isEmpty }

  /// What is marked, each run once, in the order of the environments.
  var markedDeploys: [Deploy] {
    var found: [RunKey: Deploy] = [:]
    var order: [RunKey] = []
    for deploy in snapshot.deploys where marks.contains(deploy.id) {
      guard let other = found[deploy.id] else {
        found[deploy.id] = deploy
        order.append(deploy.id)
        continue
      }
      // A run that stands in several environments counts to the one that asks for the most care.
      if care(deploy.environment) > care(other.environment) { found[deploy.id] = deploy }
    }
    return order.compactMap { found[$0] }
  }

  private func care(_ environment: String) -> Int {
    if snapshot.environment(environment)?.readOnlyReason != nil { return 2 }
    return isProtected(environment) ? 1 : 0
  }

  /// Marks the selected deploy, or takes the mark away, and goes to the next one.
  mutating func toggleMark() {
    guard let id = board.selection?.deployID else { return }
    followed = nil
    marks.formSymmetricDifference([id.run])
    let next = board.rows.indices.first {
      $0 > board.selectedIndex ?? 0 && board.rows[$0].id.isDeploy
        && board.rows[$0].deployID != id
    }
    if let next { board.select(board.rows[next].id) }
  }

  /// Marks every deploy that is shown.
  mutating func markAll() {
    marks.formUnion(shownRuns)
    say(Notice("\(marks.count) marked: r, x or P acts on all of them, u unmarks"))
  }

  private var shownRuns: [RunKey] {
    board.rows.filter(\.id.isDeploy).compactMap { $0.deployID?.run }
  }

  /// Takes every mark away.
  mutating func unmark() {
    say(Notice("\(marks.count == 1 ? "1 mark" : "\(marks.count) marks") taken away"))
    marks = []
  }

  /// Whether a command of the marks can be given.
  func markAvailability(_ command: Command) -> Command.Availability {
    switch command {
    case .mark: board.selection?.deployID == nil ? .disabled("go to a deploy first") : .enabled
    case .markAll: shownRuns.isEmpty ? .disabled("there is nothing to mark") : .enabled
    default: marks.isEmpty ? .disabled("nothing is marked: space marks") : .enabled
    }
  }

  /// Forgets what concerns runs that are on the board no more.
  mutating func forgetVanished() {
    guard !marks.isEmpty || !cancels.isEmpty else { return }
    let present = Set(snapshot.deploys.map(\.id))
    let lost = marks.subtracting(present).count
    marks.formIntersection(present)
    // Whatever went wrong stays until it is read.
    if lost > 0, notice?.notice.severity != .error {
      say(Notice("\(lost) of the marked runs left the board", .warning))
    }
    cancels = cancels.filter { present.contains($0.key) }
  }
}
