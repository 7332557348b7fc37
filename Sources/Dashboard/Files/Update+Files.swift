import Canvas
import Deploys

extension Model {
  /// Opens a container.
  mutating func openFiles(_ container: FileContainer) -> [Effect] {
    var files = FileBrowser(container, title: title(of: container), saveFolder: saveFolder)
    // What GitHub has deleted need not be asked for; R asks all the same.
    if case .artifact(let artifact) = container, artifact.hasExpired(at: now) {
      files.take(.failed(artifact.expiry))
      screens.append(.files(files))
      return []
    }
    screens.append(.files(files))
    return [.listFiles(container)]
  }

  /// What names a container, from the general to the particular.
  private func title(of container: FileContainer) -> [String] {
    switch container {
    case .artifact(let artifact):
      let deploy = snapshot.deploy(artifact.run)
      let run = deploy.map { "\($0.service) \($0.run.label)" } ?? "run \(artifact.run.id)"
      return [run, artifact.name]
    case .failureFiles(let build, _):
      let deploy = snapshot.deploys.first { $0.jobs.contains { $0.build?.key == build } }
      let run = deploy.map { "\($0.service) \($0.run.label)" } ?? "build \(build.id)"
      return [run, "files of the failure"]
    }
  }

  /// Takes in what has happened to a container.
  mutating func takeFiles(_ container: FileContainer, _ news: FilesNews) -> [Effect] {
    for index in screens.indices {
      guard case .files(var files) = screens[index], files.container == container else { continue }
      files.take(news)
      screens[index] = .files(files)
    }
    return []
  }

  /// Performs a command of this screen.
  mutating func perform(_ command: FilesCommand, _ key: Key) -> [Effect] {
    switch command {
    case .openFile: return openSelectedFile()
    case .foldFolder: return changeFiles { $0.toggleFold() }
    case .expandFolder: return changeFiles { $0.expand() }
    case .collapseFolder: return changeFiles { $0.collapse() }
    case .foldAllFolders: return changeFiles { $0.toggleAllFolds() }
    case .filterFiles: return changeFiles { $0.askForFilter() }
    case .saveFile: return changeFiles { $0.askForFilePath() }
    case .download: return changeFiles { $0.askForArtifactPath() }
    case .cancelSaving: return stopFetching() ?? cancelSaving()
    case .copyPath: return copySelectedPath()
    case .openArtifactPage:
      guard case .files(let files) = screens.last else { return [] }
      return files.container.page(in: snapshot).map { [.openInBrowser($0)] } ?? []
    case .reloadFiles:
      guard case .files(var files) = screens.last else { return [] }
      let effects = files.reload()
      screens[screens.count - 1] = .files(files)
      return effects
    }
  }

  /// Moves on this screen.
  mutating func moveFiles(_ stride: Stride) -> [Effect] {
    changeFiles { if $0.question == nil { $0.move(stride) } }
  }

  /// Goes back by one step: out of what is typed, then out of the filter, then off the screen.
  mutating func leaveFiles() -> [Effect] {
    guard case .files(let files) = screens.last else { return [] }
    if let question = files.question {
      if case .replacing(let request) = question.kind { sayLeft(request) }
      return changeFiles { $0.decline() }
    }
    if !files.filterText.isEmpty { return changeFiles { $0.setFilter("") } }
    screens.removeLast()
    if let saving = savings.last {
      say(Notice("\(saving.request.item.name) is still being saved; its end is told here"))
    }
    return screens.contains { $0.shows(files.container) } ? [] : [.closeFiles(files.container)]
  }

  /// Answers a change of the line that is being typed.
  mutating func editFilesPrompt(_ change: (inout TextField) -> Void) -> [Effect] {
    var answer: Bool?
    _ = changeFiles { answer = $0.edit(change) }
    return answer.map { answerReplacing($0) } ?? []
  }

  /// Takes the line that was typed.
  mutating func acceptFilesPrompt() -> [Effect] {
    guard case .files(let files) = screens.last, let question = files.question else { return [] }
    switch question.kind {
    case .filter: return changeFiles { $0.question = nil }
    case .replacing: return answerReplacing(false)
    case .path(let item, let path):
      guard let place = path.resolve(question.field.text) else {
        return changeFiles { $0.question?.refusal = SavePath.expectation }
      }
      _ = changeFiles { $0.question = nil }
      return startSaving(SaveRequest(item, to: place))
    }
  }

  private mutating func answerReplacing(_ isYes: Bool) -> [Effect] {
    guard case .files(let files) = screens.last,
      case .replacing(var request) = files.question?.kind
    else { return [] }
    _ = changeFiles { $0.question = nil }
    guard isYes else {
      sayLeft(request)
      return []
    }
    request.mayReplace = true
    return startSaving(request)
  }

  private mutating func sayLeft(_ request: SaveRequest) {
    say(Notice("nothing was saved: \(request.path) is left as it was"))
  }

  /// Stops what the list on top waits for; `nil` where it waits for nothing.
  private mutating func stopFetching() -> [Effect]? {
    guard case .files(var files) = screens.last, files.isFetching else { return nil }
    let effects = files.stopFetching()
    screens[screens.count - 1] = .files(files)
    say(Notice("stopped fetching; R asks again"))
    return effects
  }

  private mutating func openSelectedFile() -> [Effect] {
    guard case .files(let files) = screens.last, let row = files.selectedRow else { return [] }
    guard row.file != nil else { return changeFiles { $0.toggleFold() } }
    return openPager(.file(row.id.path, in: files.container, title: files.title))
  }

  private mutating func copySelectedPath() -> [Effect] {
    guard case .files(let files) = screens.last, let row = files.selectedRow else { return [] }
    var text = PlainText.sanitized(row.id.path)
    if case .failureFiles(_, let place) = files.container {
      text = S3Location(bucket: place.bucket, key: place.key + text).description
    }
    say(Notice("copied \(text)", .success))
    return [.copy(text)]
  }

  /// Changes the list of files on top, fitted to its room.
  private mutating func changeFiles(_ change: (inout FileBrowser) -> Void) -> [Effect] {
    guard case .files(var files) = screens.last else { return [] }
    files.fit(FileBrowserLayout(self).list.size.rows)
    change(&files)
    screens[screens.count - 1] = .files(files)
    return []
  }
}

extension Screen {
  /// Whether it shows the files of a container, or one of them.
  fileprivate func shows(_ container: FileContainer) -> Bool {
    switch self {
    case .files(let files): files.container == container
    case .help, .detail, .pager, .versions, .dispatch, .refs, .workflows, .tag, .act, .bulk: false
    }
  }
}
