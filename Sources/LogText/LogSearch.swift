/// Goes through a part of a log, block by block, and finds what fits.
///
/// A block is whole lines, or a piece of a line that is too long for one. Pieces overlap, so that
/// a hit is found where it lies across the end of one.
final class LogSearch {
  /// The bytes of a long line whose hits belong to one piece; few, for a pattern can need as many
  /// steps as the square of them.
  static let pieceLength = 8 * 1024
  /// How far a piece reads before and after.
  static let overlap = 4096
  /// The steps that a match may take from one place.
  static let steps: UInt32 = 5_000_000

  /// What a block stands for.
  struct Block {
    /// Its bytes in the file; those of a long line's pieces follow each other without a gap.
    var range: Range<Int>
    /// The long line that it is a piece of.
    var line: ShownLine?
  }

  let query: LogQuery
  let block = SearchBlock()
  var store: LineStore
  private let matcher: Matcher?
  private let only: Matcher?
  /// Whether nobody waits for the result any more.
  let isCancelled: () -> Bool
  /// Whether the long line that begins there may be searched.
  private var passing: (start: Int, passes: Bool)?

  /// Creates a search; a store that knows the log's long lines saves time.
  init(
    _ file: LogFile, _ query: LogQuery, store: LineStore? = nil, steps: UInt32 = LogSearch.steps,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(SearchFailure) {
    self.query = query
    self.isCancelled = isCancelled
    self.store = store ?? LineStore(file: file, bounds: query.bounds)
    matcher = query.pattern.flatMap { Matcher($0.compiled, steps: steps) }
    only = query.only.flatMap { Matcher($0.compiled, steps: steps) }
    if (matcher == nil) != (query.pattern == nil) || (only == nil) != (query.only == nil) {
      throw SearchFailure(message: "there is no memory left to search with")
    }
  }

  /// Where blocks are read from.
  struct Position {
    /// Where the next block begins.
    var offset: Int
    /// The long line that it is a piece of.
    var line: ShownLine?
  }

  /// Where to begin in order to find what stands at an offset or after it.
  func position(at offset: Int) -> Position {
    let offset = min(max(offset, query.bounds.lowerBound), query.bounds.upperBound)
    let line = store.line(at: store.start(ofLineAt: offset))
    guard line.isLong, line.start < offset else { return Position(offset: line.start) }
    let piece = max(0, offset - line.text.lowerBound) / Self.pieceLength * Self.pieceLength
    return Position(
      offset: piece == 0 ? line.start : line.text.lowerBound + piece,
      line: piece == 0 ? nil : line)
  }

  /// Reads the next block that begins before a limit.
  func read(_ position: inout Position, before limit: Int) -> Block? {
    let end = min(limit, query.bounds.upperBound)
    guard position.offset < end else { return nil }
    if position.line == nil {
      // A limit may lie within a line, which is read whole.
      let limit = limit < query.bounds.upperBound ? lineEnd(at: limit) : query.bounds.upperBound
      block.loadLines(of: store.file, from: position.offset, to: limit)
      if !block.range.isEmpty {
        position.offset = block.range.upperBound
        return Block(range: block.range)
      }
      position.line = store.line(at: position.offset)
    }
    guard let line = position.line else { return nil }
    let start = max(position.offset, line.text.lowerBound)
    let isLastPiece = start + Self.pieceLength >= line.text.upperBound
    let owned = position.offset..<(isLastPiece ? line.next : start + Self.pieceLength)
    let low = max(line.text.lowerBound, start - Self.overlap)
    let high = min(line.text.upperBound, start + Self.pieceLength + Self.overlap)
    block.loadPiece(of: store.file, low..<max(low, high), in: line)
    position = Position(
      offset: max(owned.upperBound, position.offset + 1), line: isLastPiece ? nil : line)
    return Block(range: owned, line: line)
  }

  private func lineEnd(at offset: Int) -> Int {
    let start = store.start(ofLineAt: offset)
    return start == offset ? offset : store.line(at: start).next
  }

  /// Gives the hits of a block that was just read, in order, until one is enough.
  func hits(in loaded: Block, _ body: (Range<Int>) -> Bool) throws(SearchFailure) {
    guard let matcher else { return }
    let text = block.text
    var start = 0
    var end = text.count
    var begins = true
    var ends = true
    if let line = loaded.line {
      start = block.flat(at: loaded.range.lowerBound)
      end = block.flat(at: loaded.range.upperBound)
      begins = block.range.lowerBound == line.text.lowerBound
      ends = block.range.upperBound == line.text.upperBound
      guard try passes(line) else { return }
    }
    while start < end, !isCancelled() {
      // Some lines at a time, for it is asked between them whether anybody waits.
      let some =
        loaded.line == nil ? linesEnd(in: text, after: start + Self.pieceLength) : text.count
      let lines = UnsafeRawBufferPointer(rebasing: text[0..<some])
      search: while start < min(some, end) {
        switch matcher.first(in: lines, from: start, begins: begins, ends: ends) {
        case .none: break search
        case .failed: throw .steps(query.pattern)
        case .hit(let hit):
          guard hit.lowerBound < end else { return }
          start = hit.upperBound
          guard isMarked(query.pattern, hit.lowerBound, in: loaded) else { continue }
          if loaded.line == nil, only != nil {
            let line = lineRange(around: hit.lowerBound)
            guard try passes(line, in: loaded) else {
              start = line.upperBound + 1
              continue
            }
          }
          if !body(hit) { return }
        }
      }
      start = some
    }
  }

  /// The end of the line that holds an index.
  private func linesEnd(in text: UnsafeRawBufferPointer, after index: Int) -> Int {
    guard index < text.count else { return text.count }
    return ByteScan.first(ByteScan.newline, in: text, index..<text.count).map { $0 + 1 }
      ?? text.count
  }

  /// A hit as it is told to others.
  func hit(_ range: Range<Int>, in loaded: Block) -> LogHit {
    let raw = block.raw(of: range)
    return LogHit(range: raw, line: loaded.line?.start ?? block.lineStart(at: raw.lowerBound))
  }

  /// The line of the block's text that holds an offset.
  func lineRange(around offset: Int) -> Range<Int> {
    let text = block.text
    let start = ByteScan.last(ByteScan.newline, in: text, 0..<offset).map { $0 + 1 } ?? 0
    let end = ByteScan.first(ByteScan.newline, in: text, offset..<text.count) ?? text.count
    return start..<end
  }

  /// Whether the line that holds a place of the block's text has the mark that a pattern wants.
  private func isMarked(_ pattern: LogPattern?, _ place: Int, in loaded: Block) -> Bool {
    guard let pattern, pattern.mark != nil else { return true }
    return pattern.fitsMark(
      of: loaded.line ?? store.line(at: block.lineStart(at: block.raw(at: place))))
  }

  /// Whether a line of the block's text may be searched.
  func passes(_ line: Range<Int>, in loaded: Block) throws(SearchFailure) -> Bool {
    guard let only else { return true }
    guard isMarked(query.only, line.lowerBound, in: loaded) else { return false }
    switch only.first(in: UnsafeRawBufferPointer(rebasing: block.text[line]), from: 0) {
    case .hit: return true
    case .none: return false
    case .failed: throw .steps(query.only)
    }
  }

  /// Whether a long line may be searched.
  func passes(_ line: ShownLine) throws(SearchFailure) -> Bool {
    guard let only = query.only else { return true }
    if let passing, passing.start == line.start { return passing.passes }
    let search = try LogSearch(
      store.file, LogQuery(pattern: only, bounds: query.bounds), store: store,
      isCancelled: isCancelled)
    var position = Position(offset: line.start)
    var passes = false
    while !passes, let block = search.read(&position, before: line.next) {
      try search.hits(in: block) { _ in
        passes = true
        return false
      }
    }
    passing = (line.start, passes)
    return passes
  }
}
