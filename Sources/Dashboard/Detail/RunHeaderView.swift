import Canvas
import Deploys
import Foundation

/// The first lines of a run's screen: which run it is, how it stands, and since when.
struct RunHeaderView {
  var model: Model
  var detail: RunDetail
  var now: Date

  private var glyphs: GlyphSet { model.glyphs }
  private var deploy: Deploy { detail.shown ?? detail.newest }

  func draw(into frame: inout Frame, header: Rect, about: Rect) {
    guard !header.isEmpty else { return }
    let width = header.size.columns
    let clock = times
    let room = width - DisplayWidth.of(clock) - 1
    frame.put(names.fitted(to: room, separator: Span(" ")), at: header.origin, width: room)
    frame.put(clock, at: header.origin.moved(columns: width - DisplayWidth.of(clock)))
    guard !about.isEmpty else { return }
    let run = deploy.run
    let line = DetailLine(
      [
        run.workflowName, run.title, run.event, run.key.repository.description,
        String(run.headSHA.prefix(7)),
      ], separator: glyphs.separator)
    frame.put(line.text, at: about.origin, style: .dim, width: width)
  }

  private var names: SpanGroups {
    let run = deploy.run
    var groups = SpanGroups()
    let state: (sign: String, word: String, role: Role) =
      detail.shown.map { ($0.state.glyph(in: glyphs), $0.state.word, $0.state.role) }
      ?? (glyphs.unknown, "not read yet", .dim)
    groups.add([Span(state.sign, Style(state.role).bold)], rank: 0)
    groups.add([Span(deploy.service, Style.plain.bold)], rank: 0)
    let isProtected = model.snapshot.environment(detail.id.environment)?.isProtected == true
    groups.add([Span(deploy.environment, isProtected ? .accent : .heading)], rank: 1)
    groups.add([Span(run.label(attempt: detail.attempt))], rank: 2)
    groups.add([Span(state.word, Style(state.role).bold)], rank: 3)
    groups.add([Span(run.ref ?? String(run.headSHA.prefix(7)))], rank: 4)
    if !run.actor.isEmpty { groups.add([Span("by \(run.actor)", .dim)], rank: 5) }
    if model.watched.contains(detail.run) { groups.add([Span("followed", .accent)], rank: 6) }
    if !detail.isNewest {
      groups.add(
        [Span("attempt \(detail.attempt) of \(detail.newest.run.attempt)", .warning)], rank: 2)
    }
    return groups
  }

  /// How long the attempt took, and how long ago.
  private var times: String {
    guard let shown = detail.shown else { return "" }
    let start = shown.run.startedAt
    guard let end = shown.endedAt else { return Duration(from: start, to: now).shortText }
    let length = Duration(from: start, to: end).shortText
    guard model.size.columns >= 60 else { return length }
    return "\(length), ended \(Duration(from: end, to: model.now).coarseText) ago"
  }
}
