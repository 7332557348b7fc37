import Deploys

extension FileBrowser {
  mutating func askForFilter() {
    question = FileQuestion(.filter, filterText, remark: filterRemark)
  }

  mutating func askForFilePath() {
    guard let row = selectedRow, let file = row.file, file.refusal == nil else { return }
    ask(.file(container, path: row.id.path), name: row.name, size: file.size)
  }

  mutating func askForArtifactPath() {
    guard case .artifact(let artifact) = container else { return }
    ask(.artifact(artifact), name: "\(artifact.name).zip", size: artifact.size)
  }

  /// Asks whether a file is replaced; its path is named, as a folder may have been typed.
  mutating func ask(replacing request: SaveRequest, at path: String) {
    var request = request
    request.path = path
    question = FileQuestion(.replacing(request))
  }

  private mutating func ask(_ item: SaveRequest.Item, name: String, size: Int?) {
    let path = SavePath(folder: saveFolder, name: name)
    question = FileQuestion(
      .path(item, path), failedPaths[item] ?? path.proposal,
      remark: size.map(\.byteText) ?? "")
  }

  /// Changes the line that is being typed.
  /// - Returns: What was answered to whether a file is replaced; `nil` while nothing was.
  mutating func edit(_ change: (inout TextField) -> Void) -> Bool? {
    guard var question else { return nil }
    change(&question.field)
    question.refusal = nil
    switch question.kind {
    case .filter:
      setFilter(question.field.text)
      question.remark = filterRemark
    case .path: break
    case .replacing:
      switch question.field.text.last {
      case "y", "Y": return true
      case "n", "N": return false
      default: question.field = TextField()
      }
    }
    self.question = question
    return nil
  }

  /// Leaves the line that is being typed without taking it; a filter is emptied.
  mutating func decline() {
    if case .filter = question?.kind { setFilter("") }
    question = nil
  }

  private var filterRemark: String { "\(matches.grouped) of \(tree.count.grouped)" }
}
