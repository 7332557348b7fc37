import Canvas
import Deploys

extension Model {
  /// Where the versions lie, if they are open.
  private var versionsIndex: Int? {
    screens.lastIndex { if case .versions = $0 { true } else { false } }
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
    changeVersions { versions, model in
      versions.take(model.snapshot) ? [.loadVersions] : []
    }
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
    case .openRun, .promote, .tagCell, .dispatchCell, .copyVersion, .openPage:
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
    case .openPage: return place.cell?.page.map { [.openInBrowser($0)] } ?? []
    case .openRun: return place.cell.map { openRun(of: $0, in: place.environment) } ?? []
    case .chooseRef, .rename, .scrollUp, .scrollDown, .previousCell, .nextCell, .reread: return []
    }
  }

  /// Opens the run that a cell is about.
  private mutating func openRun(of cell: VersionCell, in environment: String) -> [Effect] {
    // One run's screen at a time: the one below the versions would not be kept up to date.
    screens.removeAll { if case .detail = $0 { true } else { false } }
    if let news = cell.news { return openDetail(of: news) }
    guard let version = cell.version else { return [] }
    let known = snapshot.sections.first { $0.environment.name == environment }?.deploys
      .first { $0.id == version.run }
    if let known { return openDetail(of: known) }
    return openDetail(of: Deploy(version, of: cell.target), isGone: true)
  }
}

extension Deploy {
  /// A deploy that is too old for the board, with as much as is known of it; its screen reads the
  /// rest.
  fileprivate init(_ version: LiveVersion, of target: WorkflowTarget) {
    self.init(
      run: WorkflowRun(
        key: version.run, attempt: version.attempt, number: version.number,
        workflowID: target.workflowID, workflowName: target.workflowName, path: target.path,
        title: target.workflowName, event: "", ref: version.ref, headSHA: version.commit,
        status: .completed, conclusion: .success, actor: version.actor,
        createdAt: version.deployedAt, startedAt: version.deployedAt,
        updatedAt: version.deployedAt, url: version.url),
      environment: target.environment, service: target.service,
      state: .completed(.success))
  }
}
