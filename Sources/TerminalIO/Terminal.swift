import CTerminal
import Canvas
import Foundation

/// The terminal of this process, taken over for a full screen.
///
/// It belongs to the thread that made it, as ncurses does. When the value dies, the terminal is
/// as it was before.
struct Terminal: ~Copyable {
  private let theme: Theme
  private let depth: ColorDepth
  private let speaksUTF8: Bool
  private var pairs: ColorPairs
  private var shown: Frame?
  /// How often in a row the terminal promised input and had none.
  private var emptyReads = 0
  /// Signals that came while another program had the terminal, as bits.
  private var heldSignals: UInt64 = 0
  /// When the terminal was taken again; the signal that continued us may come a little later.
  private var reclaimed: ContinuousClock.Instant?
  /// Whether the last read ended before the input did.
  private var hasMore = false

  /// Takes the terminal over.
  /// - Throws: `TerminalError` when there is none or it cannot be used.
  init(options: TerminalOptions) throws(TerminalError) {
    speaksUTF8 = TerminalLocale.adopt()
    let name = options.terminalName ?? ""
    switch Int(ct_start(name)) {
    case CT_STARTED: break
    case CT_NOT_A_TERMINAL: throw .notATerminal
    case CT_UNKNOWN_TERM: throw name.isEmpty ? .terminalNotNamed : .unknownTerminal(name)
    case CT_INCAPABLE_TERM: throw .incapableTerminal(name)
    default: throw .system(String(cString: strerror(errno)))
    }
    theme = options.theme
    depth = options.depth(onTerminalWith: Int(ct_colors()))
    pairs = ColorPairs(limit: depth == .none ? 1 : Int(ct_pair_limit()))
  }

  deinit { ct_stop() }

  /// Puts a cell on ncurses's screen.
  private mutating func put(_ cell: Cell, columns: Int, at point: Point) {
    let look = theme.appearance(of: cell.style, depth: depth)
    let pair = pairs.number(foreground: look.foreground, background: look.background) {
      ct_define_pair(Int32($0), Int32($1.foreground), Int32($1.background))
    }
    var attributes = 0
    if look.isBold { attributes |= CT_BOLD }
    if look.isFaint { attributes |= CT_FAINT }
    if look.isUnderlined { attributes |= CT_UNDERLINE }
    if look.isReversed { attributes |= CT_REVERSE }
    let glyph = TerminalGlyph(cell.text, columns: columns, speaksUTF8: speaksUTF8) {
      Int(ct_width($0))
    }
    for (offset, scalars) in glyph.cells.enumerated() {
      // A wide scalar is one ncurses cell of two columns, so it is never followed by another.
      ct_put(
        Int32(point.row), Int32(point.column + offset), scalars, Int32(scalars.count),
        UInt32(attributes), Int32(pair))
    }
  }
}

@available(*, unavailable)
extension Terminal: Sendable {}

extension Terminal: TerminalDevice {
  var now: ContinuousClock.Instant { .now }

  /// Shows a frame: the cells that differ from the last one, in one go.
  mutating func present(_ frame: Frame) {
    let isWhole = shown?.size != frame.size
    if isWhole { ct_erase() }
    for run in frame.changes(since: shown) {
      var column = run.origin.column
      for (index, cell) in run.cells.enumerated() {
        defer { column += 1 }
        if cell.isRightHalf { continue }
        let isWide = index + 1 < run.cells.count && run.cells[index + 1].isRightHalf
        put(cell, columns: isWide ? 2 : 1, at: Point(column: column, row: run.origin.row))
      }
    }
    let cursor = frame.cursor ?? .zero
    ct_cursor(Int32(cursor.row), Int32(cursor.column), frame.cursor != nil)
    ct_flush()
    shown = frame
  }

  mutating func invalidate() { shown = nil }

  mutating func measure() -> Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    ct_size(&columns, &rows)
    return Size(columns: Int(columns), rows: Int(rows))
  }

  mutating func wait(atMost timeout: Duration?) -> Wakeup {
    let answer = Int(ct_wait(hasMore ? 0 : timeout.map(Self.milliseconds) ?? -1))
    return Wakeup(
      hasInput: hasMore || answer & CT_INPUT != 0,
      isHungUp: answer & CT_HUNG_UP != 0 || emptyReads > Self.emptyReadLimit)
  }

  mutating func takeSignals() -> [TerminalSignal] {
    defer { heldSignals = 0 }
    let signals = TerminalSignal.decode(heldSignals | ct_take_signals())
    guard let reclaimed, reclaimed.duration(to: now) < .milliseconds(100) else { return signals }
    return signals.filter { $0 != .resume }
  }

  mutating func readInput() -> [InputToken] {
    var tokens: [InputToken] = []
    var count = 0
    hasMore = true
    // A sequence that starts near the limit is read to its end.
    while count < Self.readLimit || tokens.suffix(8).contains(.byte(0x1B)) {
      let input = ct_read()
      guard Int(input.kind) != CT_NOTHING else {
        hasMore = false
        break
      }
      count += 1
      if let token = InputToken(input) { tokens.append(token) }
    }
    emptyReads = count == 0 ? emptyReads + 1 : 0
    return tokens
  }

  mutating func suspendProcess() {
    ct_suspend()
    ct_stop_process()
    hold(signalsExcept: [SIGTSTP, SIGCONT])
    reclaim()
  }

  mutating func reclaim() {
    ct_resume()
    shown = nil
    reclaimed = now
  }

  mutating func lend(to work: () -> Void) {
    ct_suspend()
    work()
    // The keys that send these were meant for the other program.
    hold(signalsExcept: [SIGINT, SIGQUIT, SIGTSTP, SIGCONT])
    reclaim()
  }

  private mutating func hold(signalsExcept dropped: [Int32]) {
    let mask = dropped.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    heldSignals |= ct_take_signals() & ~mask
  }

  /// The most keys read in one go, so that a flood of them cannot keep signals waiting.
  private static var readLimit: Int { 4_096 }

  /// A terminal that promises input and has none so often in a row has ended.
  private static var emptyReadLimit: Int { 64 }

  /// The duration in whole milliseconds, rounded up so that a wait does not end early.
  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    let milliseconds = seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: max(0, milliseconds))
  }
}
