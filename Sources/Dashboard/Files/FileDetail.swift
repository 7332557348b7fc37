import Canvas
import Deploys

/// What there is to say about the row under the cursor, the most important first.
struct FileDetail {
  var model: Model
  var files: FileBrowser

  private var separator: Span { Span(" \(model.glyphs.separator) ", .dim) }

  var lines: [[Span]] {
    guard let row = files.selectedRow else { return [] }
    if let refusal = row.file?.refusal {
      let words = Span("\(model.glyphs.attention) neither opened nor saved: \(refusal)", .warning)
      return [[words], [Span(row.id.path, .dim)]]
    }
    return [about(row), container]
  }

  private func about(_ row: FileRow) -> [Span] {
    var facts = [row.file == nil ? "\(row.id.path)/" : row.id.path]
    if row.file == nil { facts.append("\(row.count.grouped) file\(row.count == 1 ? "" : "s")") }
    if let size = row.size {
      facts.append(size < 1024 ? size.byteText : "\(size.byteText) (\(size.grouped) bytes)")
    }
    return facts.enumerated().flatMap { index, fact in
      index == 0 ? [Span(fact)] : [separator, Span(fact, .dim)]
    }
  }

  /// What holds the files, without anything left out.
  private var container: [Span] {
    switch files.container {
    case .artifact(let artifact):
      [Span(artifact.digest ?? "GitHub gives no digest of this artifact", .dim)]
    case .failureFiles(let build, let place):
      [Span(place.description, .dim), separator, Span("build \(build.id)", .dim)]
    }
  }
}
