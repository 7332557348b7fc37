import Canvas
import Deploys

/// What stands where the files would be while there are none to see.
struct FileAbsence {
  var model: Model
  var files: FileBrowser

  func draw(into frame: inout Frame, in rect: Rect) {
    let inner = rect.inset(
      columns: rect.size.columns < 60 ? 1 : 3, rows: rect.size.rows < 12 ? 0 : 1)
    var line = 0
    for (text, style) in sentences {
      for words in TextWrap.lines(text, width: inner.size.columns) where line < inner.size.rows {
        frame.put(words, at: inner.row(line).origin, style: style, width: inner.size.columns)
        line += 1
      }
    }
    guard case .fetching(let transfer?) = files.state, line < inner.size.rows else { return }
    let (bar, _) = inner.row(line).split(leftColumns: 50)
    TransferBar(transfer: transfer, glyphs: model.glyphs).draw(into: &frame, in: bar)
  }

  private var sentences: [(String, Style)] {
    switch files.state {
    case .fetching(let transfer):
      let spinner = model.glyphs.spinner(at: model.step)
      return [("\(spinner) Fetching \(name)\(transfer.map { ", \($0.words)" } ?? "")", .running)]
    case .failed(let failure):
      let (sign, style): (String, Style) =
        switch failure.kind {
        case .notYet: (model.glyphs.queued, .waiting)
        case .cancelled: (model.glyphs.cancelled, .dim)
        case .gone, .denied, .other: (model.glyphs.failure, .failure)
        }
      return [
        ("\(sign) \(failure.message)", style), (failure.remedy, .plain),
        ("\(key(.reloadFiles)) asks again.", .dim),
      ] + download
    case .listed where files.tree.count > 0:
      return [("No path has the filter's words; esc shows all files.", .dim)]
    case .listed:
      return [(files.container.isArtifact ? "The artifact is empty." : "There are no files.", .dim)]
    }
  }

  /// What is still possible where the archive cannot be looked into.
  private var download: [(String, Style)] {
    guard case .artifact(let artifact) = files.container, !artifact.hasExpired(at: model.now) else {
      return []
    }
    return [("\(key(.download)) saves it as it is.", .dim)]
  }

  private var name: String {
    switch files.container {
    case .artifact(let artifact): PlainText.sanitized(artifact.name)
    case .failureFiles(_, let place): "the list of \(PlainText.sanitized(place.description))"
    }
  }

  private func key(_ command: FilesCommand) -> String {
    Command.files(command).keys(in: .files).first?.description ?? ""
  }
}
