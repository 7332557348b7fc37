import Canvas
import Deploys

/// What holds the files, how many there are, and how long it stays.
struct FileHeader {
  var model: Model
  var files: FileBrowser

  private var glyphs: GlyphSet { model.glyphs }
  private var separator: Span { Span(" \(glyphs.separator) ", .dim) }

  func draw(into frame: inout Frame, in rect: Rect) {
    let width = rect.size.columns
    let isTall = rect.size.rows > 1
    let title = TitlePath(files.title, glyphs: glyphs)
    var right = SpanGroups()
    addCounts(to: &right)
    if !isTall { addFacts(to: &right) }
    // The name gives way to the facts, but never altogether.
    let least = min(DisplayWidth.of(title.whole), max(10, width / 3))
    let facts = right.fitted(to: max(0, width - least - 2), separator: separator)
    let used = facts.reduce(0) { $0 + $1.width }
    let room = width - used - 2
    frame.put(title.fitted(to: room), at: rect.origin, style: .title, width: room)
    frame.put(facts, at: rect.origin.moved(columns: width - used), width: used)
    guard isTall else { return }
    var below = SpanGroups()
    addFacts(to: &below)
    frame.put(
      below.fitted(to: width, separator: separator), at: rect.origin.moved(rows: 1), width: width)
  }

  private func addCounts(to groups: inout SpanGroups) {
    guard files.isShowing else { return }
    let count = files.tree.count
    if !files.filterText.isEmpty {
      groups.add(
        [
          Span("filter ", .dim), Span(files.filterText, .accent),
          Span(" \(files.matches.grouped) of \(count.grouped)"),
        ], rank: 0)
    }
    groups.add(
      [Span("\(count.grouped) file\(count == 1 ? "" : "s"), \(files.tree.size.byteText)")], rank: 1)
    if files.refusedCount > 0 {
      groups.add(
        [Span("\(glyphs.attention)\(files.refusedCount.grouped) refused", .warning)], rank: 2)
    }
    if case .fetching = files.state {
      groups.add([Span("\(glyphs.spinner(at: model.step)) asking", .running)], rank: 3)
    }
  }

  private func addFacts(to groups: inout SpanGroups) {
    switch files.container {
    case .artifact(let artifact):
      groups.add([Span("zip \(artifact.size.byteText)", .dim)], rank: 6)
      if let expiry = artifact.expiryWords(at: model.now) {
        groups.add([Span(expiry.text, Style(expiry.role))], rank: 5)
      }
      if let created = artifact.createdAt {
        let age = Duration(from: created, to: model.now).coarseText
        groups.add([Span("uploaded \(age) ago", .dim)], rank: 8)
      }
      groups.add([Span(artifact.shortDigest ?? "no digest", .dim)], rank: 7)
    case .failureFiles(_, let place):
      groups.add([Span(place.description, .dim)], rank: 6)
    }
  }
}
