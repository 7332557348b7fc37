import Canvas
import Deploys

/// The list of a container's files.
struct FileBrowser: Sendable, Equatable {
  /// Whether the files are known.
  enum State: Sendable, Equatable {
    /// They are on their way, or the archive that holds them is.
    case fetching(Transfer?)
    /// They are known.
    case listed
    /// They cannot be had.
    case failed(ReadFailure)
  }

  /// Up to how many rows all folders are open at first.
  static let mostOpenRows = 200

  let container: FileContainer
  /// What names the container, from the general to the particular.
  let title: [String]
  /// The folder that is proposed for saving.
  let saveFolder: String
  private(set) var state = State.fetching(nil)
  private(set) var tree = FileTree()
  private(set) var list = RowList<FileRow>()
  private(set) var filterText = ""
  /// How many files have the filter's words.
  private(set) var matches = 0
  /// The folders whose content is not shown, by their paths.
  private var folded: Set<String> = []
  private var wasListed = false
  /// Where things were to be saved that could not be, so that it need not be typed again.
  var failedPaths: [SaveRequest.Item: String] = [:]
  /// What is being asked of the operator; `nil` for nothing.
  var question: FileQuestion?

  init(_ container: FileContainer, title: [String], saveFolder: String) {
    self.container = container
    self.title = title
    self.saveFolder = saveFolder
  }

  /// The line that is being typed; `nil` for none.
  var prompt: Prompt? { question?.prompt }

  /// The row that the cursor is on; `nil` while there are none to see.
  var selectedRow: FileRow? { isShowing ? list.selectedRow : nil }

  /// Whether the files are on the screen.
  var isShowing: Bool {
    switch state {
    case .listed: true
    case .fetching: wasListed
    case .failed: false
    }
  }

  /// Whether the files, or the archive that holds them, are on their way.
  var isFetching: Bool {
    if case .fetching = state { true } else { false }
  }

  /// How many files are neither opened nor saved.
  private(set) var refusedCount = 0

  /// Whether every folder is folded.
  var isAllFolded: Bool { !folded.isEmpty && folded.isSuperset(of: tree.folders) }
}

extension FileBrowser {
  /// Takes in what has happened to the container.
  mutating func take(_ news: FilesNews) {
    switch news {
    case .fetching(let transfer):
      // What was stopped may still have had something to say.
      if isFetching { state = .fetching(transfer) }
    case .failed(let failure):
      if isFetching || failure.kind != .cancelled { state = .failed(failure) }
    case .listed(let files):
      state = .listed
      tree = FileTree(files)
      refusedCount = files.count { $0.refusal != nil }
      if !wasListed, tree.nodes.count > Self.mostOpenRows { folded = tree.folders }
      wasListed = true
      rebuild()
    }
  }

  /// Asks for the files anew.
  mutating func reload() -> [Effect] {
    state = .fetching(nil)
    return [.listFiles(container)]
  }

  /// Gives up what is on its way; a list that was there before stays.
  mutating func stopFetching() -> [Effect] {
    state =
      wasListed
      ? .listed
      : .failed(ReadFailure(.cancelled, message: "Stopped fetching.", remedy: "Nothing is kept."))
    return [.closeFiles(container)]
  }

  /// Fits the list to the rows that the screen has for it.
  mutating func fit(_ rows: Int) {
    guard list.height != rows else { return }
    list.resize(height: rows)
  }

  mutating func move(_ stride: Model.Stride) {
    guard isShowing else { return }
    list.move(by: stride.distance(page: list.page))
  }

  /// Shows only what has the words.
  mutating func setFilter(_ text: String) {
    filterText = text
    rebuild()
  }

  private mutating func rebuild() {
    let filter = PathFilter(filterText)
    matches = tree.count(of: filter)
    list.set(tree.rows(folded: folded, filter: filter))
  }

  // MARK: - Folders

  /// Opens or closes the folder under the cursor.
  mutating func toggleFold() {
    guard let row = selectedRow, row.file == nil else { return }
    fold(row.id.path, isFolded: !row.isFolded)
  }

  /// Opens the folder under the cursor; goes into one that is open.
  mutating func expand() {
    guard let row = selectedRow, row.file == nil else { return }
    if row.isFolded { fold(row.id.path, isFolded: false) } else { list.move(by: 1) }
  }

  /// Closes the folder under the cursor; from a closed one or a file, goes to the folder around it.
  mutating func collapse() {
    guard let row = selectedRow else { return }
    if row.file == nil, !row.isFolded, filterText.isEmpty {
      fold(row.id.path, isFolded: true)
    } else if let parent = row.parent {
      list.select(parent)
    }
  }

  /// Closes all folders, or opens them where all are closed.
  mutating func toggleAllFolds() {
    folded = isAllFolded ? [] : tree.folders
    rebuild()
  }

  private mutating func fold(_ path: String, isFolded: Bool) {
    if isFolded { folded.insert(path) } else { folded.remove(path) }
    rebuild()
    guard !isFolded, let index = list.selectedIndex else { return }
    // What was opened is seen, as much of it as fits.
    let depth = list.rows[index].depth
    let inside = list.rows[(index + 1)...].prefix { $0.depth > depth }.count
    list.reveal(upTo: index + inside)
  }
}
