import Canvas
import Deploys

extension Pager {
  /// Where the text on the screen is saved unless the operator says otherwise.
  var savePath: SavePath {
    let name: String
    switch shown {
    case .file(_, let path), .local(let path):
      name = path.split(separator: "/").last.map(String.init) ?? ""
    case .job, .attempt: name = Self.fileName(request.title) + ".log"
    case .build: name = Self.fileName(request.title + ["runner"]) + ".log"
    }
    return SavePath(folder: saveFolder, name: name)
  }

  /// A name for a file made of a title, without anything that a shell would mind.
  private static func fileName(_ parts: [String]) -> String {
    let joined = parts.map(PlainText.sanitized).joined(separator: "-").map { character in
      character.isLetter || character.isNumber || "._".contains(character) ? character : "-"
    }
    let words = String(joined).split(separator: "-").joined(separator: "-")
    // A leading dot would hide the file.
    let name = words.drop { $0 == "." }
    return name.isEmpty ? "text" : String(name.prefix(100))
  }

  /// Begins to write the text on the screen to a file.
  mutating func save(to path: String) -> [Effect] { save(SaveRequest(.log(shown), to: path)) }

  mutating func save(_ request: SaveRequest) -> [Effect] {
    saving = PagerSaving(request: request)
    return [.save(request)]
  }

  /// Takes in what has become of a file.
  /// - Returns: Whether this pager has asked for it.
  mutating func take(_ request: SaveRequest, _ news: SaveNews) -> Bool {
    guard saving?.request == request else { return false }
    switch news {
    case .progress(let transfer):
      saving?.transfer = transfer
    case .done(let path, let remark):
      saving = nil
      failedSave = nil
      notice = Notice("saved to \(path)\(remark.isEmpty ? "" : ": \(remark)")", .success)
    case .exists(let path):
      saving = nil
      if question == nil {
        // A folder may have been named; the question names the very file.
        var request = request
        request.path = path
        question = PagerQuestion(.replacing(request))
      } else {
        // Keys that are being typed into another line must not answer this.
        notice = Notice("not saved: \(path) is there already", .warning)
      }
    case .failed(let failure):
      saving = nil
      failedSave = request
      notice = Notice(failure.words, .error)
    }
    return true
  }
}
