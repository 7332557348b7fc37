import Canvas
import Deploys
import Foundation

/// Draws the list of files: what holds them, the rows, what there is to say about one, and what is
/// being saved.
struct FileBrowserView {
  var model: Model
  var files: FileBrowser

  private var glyphs: GlyphSet { model.glyphs }

  func draw(into frame: inout Frame, in rect: Rect) {
    let layout = FileBrowserLayout(model)
    FileHeader(model: model, files: files).draw(into: &frame, in: layout.header)
    if files.isShowing, !files.list.rows.isEmpty {
      drawRows(into: &frame, in: layout)
    } else {
      let empty = Rect(
        column: 0, row: layout.list.origin.row, columns: rect.size.columns,
        rows: layout.list.size.rows + layout.rule.size.rows + layout.detail.size.rows)
      FileAbsence(model: model, files: files).draw(into: &frame, in: empty)
    }
    if let saving = model.savings.last, layout.saving.size.rows > 0 {
      draw(saving, into: &frame, in: layout.saving)
    }
  }

  private func drawRows(into frame: inout Frame, in layout: FileBrowserLayout) {
    var list = files.list
    list.resize(height: layout.list.size.rows)
    let painter = FileRowPainter(
      width: layout.list.size.columns, glyphs: glyphs, clock: Clock(model.timeZone))
    for (line, row) in list.visibleRows.enumerated() {
      let place = layout.list.row(line)
      painter.draw(row, into: &frame, in: place)
      guard row.id == list.selection else { continue }
      frame.put(glyphs.selection, at: place.origin, style: .accent)
      frame.restyle(place) { $0.isSelected = true }
    }
    if layout.rule.size.rows > 0 { drawRule(list, into: &frame, in: layout.rule) }
    let detail = FileDetail(model: model, files: files)
    for (line, text) in detail.lines.prefix(layout.detail.size.rows).enumerated() {
      frame.put(
        text, at: layout.detail.row(line).origin.moved(columns: 1),
        width: layout.detail.size.columns - 2)
    }
  }

  private func drawRule(_ list: RowList<FileRow>, into frame: inout Frame, in rect: Rect) {
    frame.rule(at: rect.origin, columns: rect.size.columns, glyphs: glyphs)
    let above = list.top > 0 ? "\(glyphs.up) \(list.top) above " : ""
    let below = list.below > 0 ? "\(glyphs.down) \(list.below) more " : ""
    guard !(above + below).isEmpty else { return }
    let text = " \(above)\(below)"
    frame.put(
      text, at: rect.origin.moved(columns: max(0, rect.size.columns - DisplayWidth.of(text) - 1)),
      style: .accent, width: rect.size.columns)
  }

  private func draw(_ saving: Saving, into frame: inout Frame, in rect: Rect) {
    let width = rect.size.columns
    var groups = SpanGroups()
    let others = model.savings.count > 1 ? " and \(model.savings.count - 1) more" : ""
    groups.add([Span("saving \(saving.request.item.name)\(others)", .running)], rank: 1)
    if let transfer = saving.transfer {
      groups.add([Span(width < 60 ? transfer.shortWords : transfer.words)], rank: 0)
    }
    if let rate = saving.rate(at: model.now) {
      groups.add([Span("\(rate.byteText)/s", .dim)], rank: 2)
    }
    let bar = width >= 80 && saving.transfer?.percent != nil ? min(40, width / 6) : 0
    let room = width - 2 - (bar > 0 ? bar + 2 : 0)
    let used = frame.put(
      groups.fitted(to: room, separator: Span("  ")), at: rect.origin.moved(columns: 1),
      width: room)
    guard bar > 0, let transfer = saving.transfer else { return }
    TransferBar(transfer: transfer, glyphs: glyphs).draw(
      into: &frame,
      in: Rect(column: used + 3, row: rect.origin.row, columns: bar, rows: 1))
  }
}

extension Transfer {
  /// How far it has come, for a small screen.
  var shortWords: String { percent.map { "\($0)%" } ?? received.byteText }
}
