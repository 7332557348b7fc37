import Canvas
import Deploys

extension Model {
  /// Begins to write something to a file.
  mutating func startSaving(_ request: SaveRequest) -> [Effect] {
    if savings.contains(where: { $0.request.path == request.path }) {
      say(Notice("\(request.path) is being written already", .warning))
      return []
    }
    savings.append(Saving(request))
    return [.save(request)]
  }

  /// Stops what is being written; of several, what was asked for last.
  mutating func cancelSaving() -> [Effect] {
    guard let request = savings.popLast()?.request else { return [] }
    let rest = request.item.isResumable ? "; saving it again goes on from what has come" : ""
    say(Notice("stopped saving \(request.item.name)\(rest)"))
    return [.cancelSave(request)]
  }

  /// Takes in what has become of a file that is written, whichever screen asked for it.
  mutating func takeSaved(_ request: SaveRequest, _ news: SaveNews) -> [Effect] {
    if takePagerSaved(request, news) { return [] }
    let index = savings.firstIndex { $0.request == request }
    switch news {
    case .progress(let transfer):
      // What was stopped may still have had something to say.
      if let index { savings[index].take(transfer, at: now) }
      return []
    case .done(let path, let remark):
      propose(nil, for: request.item)
      say(Notice("saved to \(path)\(remark.isEmpty ? "" : ": \(remark)")", .success))
    case .exists(let path):
      askWhetherToReplace(request, at: path)
    case .failed(let failure) where failure.kind == .cancelled && index == nil:
      break
    case .failed(let failure):
      let rest = request.item.isResumable ? "Saving it again goes on from what has come." : ""
      say(Notice(Sentences.joined(failure.message, failure.remedy, rest), .error))
      propose(request.path, for: request.item)
    }
    if let index { savings.remove(at: index) }
    return []
  }

  private mutating func askWhetherToReplace(_ request: SaveRequest, at path: String) {
    // Keys that are being typed into another line, or meant for another screen, must not answer.
    guard case .files(var files) = screens.last, files.question == nil, files.holds(request.item)
    else {
      say(Notice("not saved: \(path) is there already", .warning))
      return
    }
    files.ask(replacing: request, at: path)
    screens[screens.count - 1] = .files(files)
  }

  /// Proposes a place at the next try; the usual one where it is `nil`.
  private mutating func propose(_ path: String?, for item: SaveRequest.Item) {
    for index in screens.indices {
      guard case .files(var files) = screens[index], files.holds(item) else { continue }
      files.failedPaths[item] = path
      screens[index] = .files(files)
    }
  }
}

extension FileBrowser {
  /// Whether something that is saved is its container, or in it.
  fileprivate func holds(_ item: SaveRequest.Item) -> Bool {
    switch item {
    case .artifact(let artifact): container == .artifact(artifact)
    case .file(let other, _), .log(.file(let other, _)): container == other
    case .log: false
    }
  }
}

extension SaveRequest.Item {
  /// Whether saving it again goes on from what has come; a file out of a zip is unpacked anew.
  fileprivate var isResumable: Bool {
    switch self {
    case .artifact: true
    case .file, .log: false
    }
  }
}
