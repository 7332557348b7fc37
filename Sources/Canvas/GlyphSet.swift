/// The signs that the screens draw with, each one column wide.
///
/// A sign in `unicode` is narrow by UAX 11 (N or Na), except where its comment says *ambiguous*:
/// terminals told to draw ambiguous characters wide should use `ascii`.
package struct GlyphSet: Sendable, Hashable {
  /// It went well.
  package var success: String
  /// It failed.
  package var failure: String
  /// It moves; the sign that stands still.
  package var running: String
  /// It moves; the frames of the sign that turns, never empty.
  package var spinner: [String]
  /// It waits for its turn.
  package var queued: String
  /// It waits for somebody.
  package var waiting: String
  /// Somebody stopped it.
  package var cancelled: String
  /// It was passed over.
  package var skipped: String
  /// Nobody knows.
  package var unknown: String
  /// It needs a look.
  package var attention: String
  /// A row that is open.
  package var expanded: String
  /// A row that is closed.
  package var collapsed: String
  /// Text was cut here; ambiguous.
  package var ellipsis: String
  /// From here to there.
  package var arrow: String
  /// More lies above.
  package var up: String
  /// More lies below.
  package var down: String
  /// Between two items of a line.
  package var separator: String
  /// At the left of the row under the cursor.
  package var selection: String
  /// The lines of boxes and trees.
  package var box: BoxGlyphs
  /// The signs of bars on a time axis.
  package var bars: BarGlyphs

  /// The frame of the turning sign to show at a step, which may be any number.
  package func spinner(at step: Int) -> String {
    guard !spinner.isEmpty else { return running }
    let count = spinner.count
    return spinner[((step % count) + count) % count]
  }

  /// For terminals that speak UTF-8.
  package static let unicode = GlyphSet(
    success: "✓", failure: "✗", running: "◉",
    spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
    queued: "◌", waiting: "◔", cancelled: "⊘", skipped: "⊝", unknown: "?", attention: "!",
    expanded: "▾", collapsed: "▸", ellipsis: "…", arrow: "➜", up: "▴", down: "▾",
    separator: "∙", selection: "▐", box: .unicode, bars: .unicode)

  /// For all others.
  package static let ascii = GlyphSet(
    success: "+", failure: "x", running: "*", spinner: ["|", "/", "-", "\\"],
    queued: "o", waiting: "=", cancelled: "/", skipped: "-", unknown: "?", attention: "!",
    expanded: "v", collapsed: ">", ellipsis: "~", arrow: ">", up: "^", down: "v",
    separator: "-", selection: "|", box: .ascii, bars: .ascii)
}
