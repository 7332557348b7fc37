import Canvas
import Deploys

extension FilesCommand {
  /// Whether the command can be given now, and why not.
  func availability(in model: Model) -> Command.Availability {
    guard case .files(let files) = model.screens.last else { return .hidden }
    return switch self {
    case .openFile: Self.opening(files)
    case .foldFolder, .expandFolder: Self.folding(files)
    case .collapseFolder: Self.selecting(files) { _ in .enabled }
    case .foldAllFolders: Self.foldingAll(files)
    case .filterFiles: Self.selecting(files) { _ in .enabled }
    case .saveFile: Self.saving(files)
    case .download: Self.downloading(files, in: model)
    case .cancelSaving: files.isFetching || !model.savings.isEmpty ? .enabled : .hidden
    case .copyPath: Self.selecting(files) { _ in .enabled }
    case .openArtifactPage: Self.page(files, in: model)
    case .reloadFiles: Self.reloading(files)
    }
  }

  private static func selecting(
    _ files: FileBrowser, _ test: (FileRow) -> Command.Availability
  ) -> Command.Availability {
    if let row = files.selectedRow { return test(row) }
    // A filter that fits nothing can be changed.
    if files.isShowing, files.tree.count > 0 { return .enabled }
    return .disabled(files.absence)
  }

  private static func opening(_ files: FileBrowser) -> Command.Availability {
    guard let row = files.selectedRow else { return .disabled(files.absence) }
    guard let file = row.file else { return folding(files) }
    if let refusal = file.refusal { return .disabled("not opened: \(refusal)") }
    return TextGuess.isSurelyNoText(row.name)
      ? .disabled("\(row.name) is no text: s saves it") : .enabled
  }

  private static func folding(_ files: FileBrowser) -> Command.Availability {
    guard let row = files.selectedRow else { return .disabled(files.absence) }
    guard row.file == nil else { return .disabled("a file: enter opens it, s saves it") }
    return files.filterText.isEmpty
      ? .enabled : .disabled("a filter opens all folders: esc empties it")
  }

  private static func foldingAll(_ files: FileBrowser) -> Command.Availability {
    guard files.isShowing else { return .disabled(files.absence) }
    if files.tree.folders.isEmpty { return .disabled("there are no folders") }
    return files.filterText.isEmpty
      ? .enabled : .disabled("a filter opens all folders: esc empties it")
  }

  private static func saving(_ files: FileBrowser) -> Command.Availability {
    guard let row = files.selectedRow else { return .disabled(files.absence) }
    guard let file = row.file else {
      return .disabled(
        files.container.isArtifact
          ? "a folder: go to a file, or D downloads everything" : "a folder: go to a file")
    }
    return file.refusal.map { .disabled("not saved: \($0)") } ?? .enabled
  }

  private static func downloading(
    _ files: FileBrowser, in model: Model
  ) -> Command.Availability {
    guard case .artifact(let artifact) = files.container else { return .hidden }
    if artifact.hasExpired(at: model.now) {
      return .disabled("\(artifact.name) has expired: GitHub has deleted it")
    }
    let isUnderway = model.savings.contains { $0.request.item == .artifact(artifact) }
    return isUnderway ? .disabled("it is on its way already: x stops it") : .enabled
  }

  private static func page(_ files: FileBrowser, in model: Model) -> Command.Availability {
    guard files.container.isArtifact else { return .hidden }
    return files.container.page(in: model.snapshot) == nil
      ? .disabled("the run is not on the board, so its page is not known") : .enabled
  }

  private static func reloading(_ files: FileBrowser) -> Command.Availability {
    if case .fetching = files.state { return .disabled("it is on its way") }
    return .enabled
  }
}

extension FileBrowser {
  /// Why there is no row to do anything with.
  fileprivate var absence: String {
    switch state {
    case .fetching: "the list of files is on its way"
    case .failed: "there is no list of files: R asks again"
    case .listed: tree.count == 0 ? "there are no files" : "no path has the filter's words"
    }
  }
}

extension FileContainer {
  /// Whether it is a zip on GitHub.
  var isArtifact: Bool {
    switch self {
    case .artifact: true
    case .failureFiles: false
    }
  }

  /// The page for people; `nil` where none is known.
  func page(in snapshot: Snapshot) -> String? {
    guard case .artifact(let artifact) = self, let run = snapshot.deploy(artifact.run)?.run,
      !run.url.isEmpty
    else { return nil }
    return "\(run.url)/artifacts/\(artifact.id)"
  }
}
