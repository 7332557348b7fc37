import Canvas
import Deploys

/// A bar as long as what has come; the part that is missing is dotted.
struct TransferBar: Sendable, Equatable {
  var transfer: Transfer
  var glyphs: GlyphSet

  /// Draws the bar over the first row; nothing where the whole is not known.
  func draw(into frame: inout Frame, in rect: Rect) {
    guard let total = transfer.total, total > 0, rect.size.columns > 0 else { return }
    let width = rect.size.columns
    let part = Double(max(0, min(transfer.received, total))) / Double(total)
    let done = Int(part * Double(width))
    frame.put(String(repeating: glyphs.separator, count: width), at: rect.origin, style: .dim)
    frame.fill(
      Rect(column: rect.origin.column, row: rect.origin.row, columns: done, rows: 1),
      with: Cell(" ", style: Style.running.reversed))
  }
}
