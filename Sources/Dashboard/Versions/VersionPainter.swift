import Canvas
import Deploys
import Foundation

/// Draws one cell of the versions.
struct VersionPainter {
  /// The sign of a commit that is not the one to the left.
  static let differs = "!="
  /// The sign of a commit that is.
  static let same = " ="
  private static let indent = 3

  var glyphs: GlyphSet
  var now: Date
  var isReading: Bool
  /// Whether an answer has come at all.
  var hasRead: Bool
  /// Whether a version and a deploy stand on one line.
  var isWide: Bool
  var step: Int

  /// Draws a cell; `isListed` tells whether it is known which workflows the repository has.
  func draw(_ cell: VersionCell?, isListed: Bool, into frame: inout Frame, in rect: Rect) {
    guard let cell else {
      guard isListed else {
        frame.put(
          "\(glyphs.failure) not read", at: rect.origin.moved(columns: Self.indent),
          style: .failure, width: rect.size.columns - Self.indent)
        return
      }
      // Nothing is known to deploy there; before the first answer that says nothing.
      let text = hasRead || !isReading ? "-" : glyphs.spinner(at: step)
      frame.put(text, at: rect.origin.moved(columns: Self.indent), style: .dim)
      return
    }
    let used = drawVersion(cell, into: &frame, in: rect)
    guard cell.hasNews else { return }
    let start = isWide ? max(used + 2, rect.size.columns * 9 / 20) : Self.indent
    guard isWide || rect.size.rows > 1 else { return }
    let width = rect.size.columns - start
    frame.put(
      news(of: cell, width: width),
      at: rect.origin.moved(columns: start, rows: isWide ? 0 : 1), width: width)
  }

  /// What is live, with its mark and its age.
  /// - Returns: The columns taken.
  private func drawVersion(
    _ cell: VersionCell, into frame: inout Frame, in rect: Rect
  ) -> Int {
    let origin = rect.origin
    let width = rect.size.columns
    guard let version = cell.version else {
      let (text, style) = absence(cell)
      return Self.indent
        + frame.put(
          text, at: origin.moved(columns: Self.indent), style: style, width: width - Self.indent)
    }
    let style: Style
    switch cell.comparison {
    case .none: style = .plain
    case .same:
      style = .dim
      frame.put(Self.same, at: origin, style: .dim)
    case .differs:
      style = .warning
      frame.put(Self.differs, at: origin, style: .warning)
    }
    var age = " " + Duration(from: version.deployedAt, to: now).coarseText
    if !cell.doubts.isEmpty { age += " ?" }
    if cell.failure != nil { age += " \(glyphs.failure)" }
    let limit = isWide && cell.hasNews ? width * 9 / 20 - 1 : width
    let room = max(1, limit - Self.indent - DisplayWidth.of(age))
    var used = Self.indent
    let taken = frame.put(cell.text, at: origin.moved(columns: used), style: style, width: room)
    used += taken
    if !cell.isTag, taken + 8 <= room {
      let commit = " \(version.commit.shortCommit)"
      used += frame.put(commit, at: origin.moved(columns: used), style: .dim)
    }
    used += frame.put(
      age, at: origin.moved(columns: used), style: cell.failure == nil ? .dim : .failure)
    if let isOlder = cell.comparison.isOlder {
      let word = isOlder ? " older" : " newer"
      if used + word.count <= limit {
        used += frame.put(word, at: origin.moved(columns: used), style: .warning)
      }
    }
    return used
  }

  private func absence(_ cell: VersionCell) -> (String, Style) {
    if cell.failure != nil { return ("\(glyphs.failure) not read", .failure) }
    return switch cell.live {
    case .unasked: ("not known", .dim)
    case .loading: ("\(glyphs.spinner(at: step)) reading", .running)
    case .failed: ("\(glyphs.failure) not read", .failure)
    case .loaded: ("never deployed", .dim)
    }
  }

  /// What was sent, else the deploy that goes on or has failed: its state, since when, and where
  /// there is room what it deploys.
  private func news(of cell: VersionCell, width: Int) -> [Span] {
    if let awaited = cell.awaited, cell.news == nil || !awaited.isOverdue(at: now) {
      let age = Duration(from: awaited.since, to: now).coarseText
      if awaited.isOverdue(at: now) {
        return [Span("\(glyphs.attention) no run yet", .warning), Span(" \(age)", .dim)]
      }
      return [Span("\(glyphs.spinner(at: step)) sent", .running), Span(" \(age)", .dim)]
    }
    guard let deploy = cell.news else { return [] }
    let since = deploy.endedAt ?? deploy.run.startedAt
    let age = Duration(from: since, to: now).coarseText
    let spans = [
      Span("\(deploy.state.glyph(in: glyphs)) \(deploy.state.word)", Style(deploy.state.role)),
      Span(" \(age)", .dim),
    ]
    let ref = Span(" \(cell.newsText)", .dim)
    return spans.reduce(ref.width) { $0 + $1.width } <= width ? spans + [ref] : spans
  }
}
