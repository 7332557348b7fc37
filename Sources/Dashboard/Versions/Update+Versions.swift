import Canvas
import Deploys

extension Model {
  /// Where the versions lie, if they are open.
  private var versionsIndex: Int? {
    screens.lastIndex { if case .versions = $0 { true } else { false } }
  }

  /// The versions, where they are what fills the screen.
  var versions: VersionsScreen? {
    guard case .versions(let versions) = screens.last(where: \.isFull) else { return nil }
    return versions
  }

  /// Why there is no run to act on, where there is none.
  var whyNoDeploy: String {
    versions.map { $0.place?.absence($0) ?? "there is no service to choose yet" }
      ?? "go to a deploy first"
  }

  /// Changes the versions, wherever they lie.
  /// - Returns: What the change asks of the outside.
  private mutating func changeVersions(
    _ change: (inout VersionsScreen, Model) -> [Effect]
  ) -> [Effect] {
    guard let index = versionsIndex, case .versions(var versions) = screens[index] else {
      return []
    }
    let effects = change(&versions, self)
    screens[index] = .versions(versions)
    return effects
  }

  /// Opens the versions.
  mutating func openVersions() -> [Effect] {
    followed = nil
    if let index = versionsIndex {
      // A run that was opened from the versions leads back to them.
      screens.removeSubrange((index + 1)...)
      return []
    }
    screens.append(.versions(VersionsScreen(snapshot, at: selectedDeploy)))
    return [.loadVersions]
  }

  /// Takes in what is live where.
  mutating func takeVersions(_ read: LiveVersions) -> [Effect] {
    changeVersions { versions, model in
      versions.take(read, model.snapshot) ? [.loadVersions] : []
    }
  }

  /// Brings the versions up to date with the snapshot.
  mutating func refreshVersions() -> [Effect] {
    var arrived: [Deploy] = []
    let effects = changeVersions { versions, model in
      versions.forgetAwaited(at: model.now)
      let isNews = versions.take(model.snapshot)
      arrived = versions.takeArrived()
      return isNews ? [.loadVersions] : []
    }
    return effects + arrived.flatMap { announce($0) }
  }

  /// Keeps in mind what was sent, so that its cell shows it before the board knows of it.
  mutating func awaitDeploy(of mutation: Mutation, run: RunKey?) {
    guard let (id, awaited) = AwaitedDeploy.made(by: mutation, run: run, at: now) else { return }
    _ = changeVersions { versions, model in
      versions.await(awaited, in: id, model.snapshot)
      return []
    }
  }

  /// Tells that a deploy has begun that was sent from the versions, and follows it from then on.
  private mutating func announce(_ deploy: Deploy) -> [Effect] {
    // Whatever went wrong stays until it is read.
    if notice?.notice.severity != .error {
      say(
        Notice(
          "\(deploy.service) \(deploy.run.label) in \(deploy.environment) is \(deploy.state.word)"))
    }
    guard !watched.contains(deploy.id), !deploy.state.isOver else { return [] }
    watched.insert(deploy.id)
    return [.follow(deploy.id, true)]
  }

  /// Moves the cursor in the versions.
  mutating func moveVersions(_ stride: Stride) -> [Effect] {
    moveInVersions { layout in
      let page = max(1, layout.list.size.rows - 1)
      return (stride.distance(page: page), 0)
    }
  }

  private mutating func moveInVersions(
    _ distance: (VersionsLayout) -> (rows: Int, columns: Int)
  ) -> [Effect] {
    changeVersions { versions, model in
      let layout = VersionsLayout(model.size, versions.grid)
      let (rows, columns) = distance(layout)
      versions.move(rows: rows, columns: columns)
      versions.reveal(in: layout)
      return []
    }
  }

  /// Performs a command of the versions or the tag's dialog.
  mutating func perform(_ command: VersionCommand, _ key: Key) -> [Effect] {
    switch command {
    case .chooseRef: return chooseRefForTag()
    case .rename:
      changeTag { dialog, _ in dialog.rename() }
      return []
    case .scrollUp: scrollSheet(.pages(-1))
    case .scrollDown: scrollSheet(.pages(1))
    case .previousCell: return moveInVersions { _ in (0, -1) }
    case .nextCell: return moveInVersions { _ in (0, 1) }
    case .reread:
      return changeVersions { versions, _ in
        versions.ask()
        return [.loadVersions]
      }
    case .openRun, .promote, .tagCell, .dispatchCell, .copyVersion:
      guard case .versions(let versions) = screens.last, let place = versions.place else {
        return []
      }
      return act(command, on: place, in: versions)
    }
    return []
  }

  private mutating func act(
    _ command: VersionCommand, on place: VersionsScreen.Place, in versions: VersionsScreen
  ) -> [Effect] {
    switch command {
    case .promote:
      guard case .possible(let query, let isSame) = versions.promotion(from: place) else {
        return []
      }
      if isSame {
        say(Notice("the same commit is live in \(query.environment) already", .warning))
      }
      return openTag(query)
    case .tagCell:
      return openTag(
        TagQuery(
          repository: place.service.repository, service: place.service.name,
          environment: place.environment))
    case .dispatchCell:
      guard let cell = place.cell else { return [] }
      return openDispatch(of: cell.target, at: cell.version?.ref)
    case .copyVersion:
      guard let version = place.cell?.version else { return [] }
      let text = version.ref ?? version.commit
      say(Notice("copied \(text)", .success))
      return [.copy(text)]
    case .openRun: return openActedRun()
    case .chooseRef, .rename, .scrollUp, .scrollDown, .previousCell, .nextCell, .reread: return []
    }
  }

  /// Opens the run that the cell under the cursor is about.
  private mutating func openActedRun() -> [Effect] {
    guard let deploy = versions?.place?.cell?.acted else { return [] }
    // One run's screen at a time: the one below the versions would not be kept up to date.
    screens.removeAll { if case .detail = $0 { true } else { false } }
    return openDetail(of: deploy, isGone: snapshot.deploy(deploy.boardID) == nil)
  }
}
