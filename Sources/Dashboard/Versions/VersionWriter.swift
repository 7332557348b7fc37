import Canvas
import Deploys
import Foundation

/// Says what there is to say about a cell of the versions, the most important first.
struct VersionWriter {
  /// A line before it is broken.
  struct Line: Sendable, Equatable {
    var spans: [Span]

    init(_ spans: [Span]) { self.spans = spans }
    init(_ text: String, _ style: Style = .plain) { spans = [Span(text, style)] }

    /// At most so many lines of so many columns.
    func wrapped(to width: Int, rows: Int) -> [[Span]] {
      let used = spans.reduce(0) { $0 + $1.width }
      guard used > width, rows > 1, spans.count == 1, let span = spans.first else {
        return [spans]
      }
      let lines = TextWrap.lines(span.text, width: width)
      let rest = lines.dropFirst(rows - 1).joined(separator: " ")
      return lines.prefix(rows - 1).map { [Span($0, span.style)] } + [[Span(rest, span.style)]]
    }
  }

  var model: Model
  var versions: VersionsScreen
  var place: VersionsScreen.Place

  private var glyphs: GlyphSet { model.glyphs }
  private var separator: String { " \(glyphs.separator) " }

  var lines: [Line] {
    var lines = [head]
    guard let cell = place.cell else { return lines + others }
    if let failure = cell.failure {
      lines.append(Line("\(glyphs.failure) it could not be read: \(failure.message)", .failure))
      lines.append(Line("\(glyphs.arrow) \(failure.remedy)"))
    }
    if let awaited = cell.awaited { lines.append(sent(awaited)) }
    if let deploy = cell.inFlight { lines.append(news(deploy)) }
    if let deploy = cell.failed { lines.append(news(deploy)) }
    lines += comparison(cell)
    if let version = cell.version {
      if let retry = version.retry {
        lines.append(
          Line(
            "\(glyphs.attention) \(retry.words): live is what attempt \(version.attempt) deployed",
            .warning))
      }
      lines.append(about(version))
    }
    lines += cell.doubts.map {
      Line("\(glyphs.attention) what is live is not certain: \($0)", .warning)
    }
    lines.append(
      Line("workflow \(cell.target.workflowName)\(separator)\(cell.target.repository)", .dim))
    return lines + others
  }

  private var head: Line {
    let name = "\(place.service.name) in \(place.environment)"
    guard let version = place.cell?.version else {
      return Line([Span(name, Style.plain.bold), Span(": \(place.absence(versions))", .dim)])
    }
    return Line([
      Span(name, Style.plain.bold), Span("  "),
      version.ref.map { Span($0, .accent) } ?? Span("without a tag or branch", .dim),
      Span("  "), Span("commit \(version.commit.shortCommit)"),
    ])
  }

  private func about(_ version: LiveVersion) -> Line {
    let clock = Clock(model.timeZone)
    let age = Duration(from: version.deployedAt, to: model.now).coarseText
    let time = "\(clock.day(version.deployedAt)) \(clock.minutes(version.deployedAt))"
    let actor = version.actor.isEmpty ? "" : " by \(version.actor)"
    return Line("deployed \(age) ago (\(time))\(actor)\(separator)run #\(version.number)", .dim)
  }

  private func news(_ deploy: Deploy) -> Line {
    let since = deploy.endedAt ?? deploy.run.startedAt
    let age = Duration(from: since, to: model.now).shortText
    let ref = deploy.run.ref ?? deploy.run.headSHA.shortCommit
    let actor = deploy.run.actor.isEmpty ? "" : " by \(deploy.run.actor)"
    let finding = deploy.findings.first.map { "\(separator)\($0.summary)" } ?? ""
    return Line(
      "\(deploy.state.glyph(in: glyphs)) \(deploy.state.word) \(deploy.run.label) \(ref) "
        + (deploy.state.isOver ? "\(age) ago" : "for \(age)") + actor + finding,
      Style(deploy.state.role))
  }

  private func sent(_ awaited: AwaitedDeploy) -> Line {
    let age = Duration(from: awaited.since, to: model.now).shortText
    if awaited.isOverdue(at: model.now) {
      let words =
        awaited.tag.map {
          "no run of \($0) has come in \(age): does the workflow start by such tags?"
        }
        ?? "the run that was dispatched \(age) ago has not come to the board: look for it on GitHub"
      return Line("\(glyphs.attention) \(words)", .warning)
    }
    return Line(
      "\(glyphs.spinner(at: model.step)) \(awaited.tag ?? "a dispatch") was sent \(age) ago: "
        + "its run is not on the board yet", .running)
  }

  private func comparison(_ cell: VersionCell) -> [Line] {
    guard let column = cell.comparison.column,
      let left = versions.grid.rows[place.row].cells[column]?.version
    else { return [] }
    let name = versions.grid.environments[column]
    if case .same = cell.comparison {
      return [Line("=  the same commit as in \(name)", .dim)]
    }
    let age = Duration(from: left.deployedAt, to: model.now).coarseText
    let order = cell.version.map(left.isNewer) == true ? "deployed later" : "deployed before"
    return [
      Line(
        "\(VersionPainter.differs) \(name) has another commit: \(left.words), \(age) ago, "
          + order, .warning)
    ]
  }

  /// What could not be read elsewhere.
  private var others: [Line] {
    let own = place.cell?.failure
    return (versions.read?.failures ?? []).filter { $0 != own }.map {
      Line("\(glyphs.failure) \($0.message)", .failure)
    }
  }
}
