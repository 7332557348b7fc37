#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A stretch of a log, as it is searched: the text that is shown of its lines, one after the other.
///
/// Timestamps, commands, escape sequences and overwritten text are not in it; the words that stand
/// for commands are. It is made with as little work for each line as can be, for a log has
/// millions of them.
final class SearchBlock {
  /// The most bytes of a block.
  static let length = 256 * 1024

  /// The bytes of the file that the block stands for.
  private(set) var range = 0..<0
  private let raw: UnsafeMutableRawBufferPointer
  private let flat: UnsafeMutableRawBufferPointer
  private var flatCount = 0
  private var map = FlatMap()

  init() {
    raw = .allocate(byteCount: Self.length, alignment: 16)
    flat = .allocate(byteCount: Self.length, alignment: 16)
  }

  deinit {
    raw.deallocate()
    flat.deallocate()
  }

  /// The text.
  var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: flat[0..<flatCount]) }

  /// The bytes of the file, as they are.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: raw[0..<range.count]) }

  /// Takes in whole lines from an offset on, at which a line begins.
  ///
  /// It stops at a limit, which is the log's end or a line's, and before a line that is longer than
  /// `ShownLine.longest`; the range is empty where the first one is.
  func loadLines(of file: LogFile, from start: Int, to limit: Int) {
    let wanted = min(Self.length, limit - start)
    let count = file.read(at: start, into: UnsafeMutableRawBufferPointer(rebasing: raw[0..<wanted]))
    map.removeAll()
    let end = flatten(count, base: start, isEnd: start + count == limit || count < wanted)
    range = start..<start + end
  }

  /// Takes in a stretch of one line's text; the word in place of a command belongs to the first.
  func loadPiece(of file: LogFile, _ piece: Range<Int>, in line: ShownLine) {
    let wanted = min(Self.length, piece.count)
    let count = file.read(
      at: piece.lowerBound, into: UnsafeMutableRawBufferPointer(rebasing: raw[0..<wanted]))
    range = piece.lowerBound..<piece.lowerBound + count
    map.removeAll()
    flatCount = 0
    if piece.lowerBound == line.text.lowerBound { append(line.word, raw: line.commandStart) }
    appendText(0..<count, base: piece.lowerBound)
  }

  /// The offset in the file of a place in the text.
  func raw(at flat: Int) -> Int { map.raw(at: flat, end: range.upperBound) }

  /// The place in the text of an offset in the file.
  func flat(at raw: Int) -> Int { map.flat(at: raw, end: flatCount) }

  /// The bytes of the file that a stretch of the text stands for.
  func raw(of hit: Range<Int>) -> Range<Int> {
    let start = raw(at: hit.lowerBound)
    // The last character's place, and not what follows it: escape sequences may stand between.
    return start..<max(start, raw(at: hit.upperBound - 1) + 1)
  }

  /// Where the line that holds an offset of the file begins.
  func lineStart(at offset: Int) -> Int {
    let before = 0..<min(max(0, offset - range.lowerBound), range.count)
    let newline = ByteScan.last(ByteScan.newline, in: bytes, before)
    return range.lowerBound + (newline.map { $0 + 1 } ?? 0)
  }
}

extension SearchBlock {
  /// Makes the text of the lines in the first so many bytes; gives how many of them it took in.
  private func flatten(_ count: Int, base: Int, isEnd: Bool) -> Int {
    guard let rawBase = raw.baseAddress, let flatBase = flat.baseAddress else { return 0 }
    let bytes = UnsafeRawBufferPointer(rebasing: raw[0..<count])
    var map = self.map
    self.map = FlatMap()
    flatCount = 0
    var filled = 0
    var start = 0
    var escape = ByteScan.first(ByteScan.escape, in: bytes, 0..<count) ?? count
    var overwriting = ByteScan.first(ByteScan.carriageReturn, in: bytes, 0..<count) ?? count
    while start < count {
      let newline = ByteScan.first(ByteScan.newline, in: bytes, start..<count)
      let end = newline ?? count
      // A line that goes on beyond the bytes is left for the next block.
      if end - start > ShownLine.longest || newline == nil && !isEnd { break }
      let line = rawBase + start
      let usual = LogLine.hasUsualTimestamp(line, length: end - start)
      let text = usual ? LogLine.usualTimestamp : 0
      if escape < end || overwriting < end
        || LogLine.mayNeedParsing(line, length: end - start, textStart: text)
      {
        self.map = map
        map = FlatMap()
        flatCount = filled
        appendLine(start..<end, usual: usual, base: base)
        filled = flatCount
        map = self.map
        self.map = FlatMap()
        if escape < end {
          escape = ByteScan.first(ByteScan.escape, in: bytes, end..<count) ?? count
        }
        if overwriting < end {
          overwriting = ByteScan.first(ByteScan.carriageReturn, in: bytes, end..<count) ?? count
        }
      } else {
        map.begin(flat: filled, raw: base + start + text)
        memcpy(flatBase + filled, line + text, end - start - text)
        filled += end - start - text
      }
      guard newline != nil else {
        start = count
        break
      }
      flatBase.storeBytes(of: ByteScan.newline, toByteOffset: filled, as: UInt8.self)
      filled += 1
      start = end + 1
    }
    flatCount = filled
    self.map = map
    return start
  }

  /// Adds the text of a line that is not as plain as most.
  private func appendLine(_ range: Range<Int>, usual: Bool, base offset: Int) {
    let bytes = UnsafeRawBufferPointer(rebasing: raw[range])
    var start = usual ? LogLine.usualTimestamp : 0
    var end = bytes.count
    while end > start, bytes[end - 1] == ByteScan.carriageReturn { end -= 1 }
    if let base = bytes.baseAddress,
      LogLine.mayNeedParsing(base, length: bytes.count, textStart: start)
    {
      let line = LogLine(bytes)
      start = min(line.textStart, end)
      if line.hasCommand {
        append(line.kind.word, raw: offset + range.lowerBound + line.commandStart)
      }
    }
    if ByteScan.first(ByteScan.carriageReturn, in: bytes, start..<end) != nil,
      let overwritten = ByteScan.last(ByteScan.carriageReturn, in: bytes, start..<end)
    {
      start = overwritten + 1
    }
    appendText(range.lowerBound + start..<range.lowerBound + end, base: offset)
  }

  /// Adds a word of ours, which stands for a command.
  private func append(_ word: StaticString, raw: Int) {
    map.begin(flat: flatCount, raw: raw)
    for index in 0..<word.utf8CodeUnitCount {
      flat[flatCount] = word.utf8Start[index]
      flatCount += 1
    }
  }

  /// Adds bytes without their escape sequences.
  private func appendText(_ range: Range<Int>, base: Int) {
    guard let rawBase = raw.baseAddress, let flatBase = flat.baseAddress else { return }
    var splitter = EscapeSplitter(UnsafeRawBufferPointer(raw), range)
    map.begin(flat: flatCount, raw: base + range.lowerBound)
    while let (text, sequence) = splitter.next() {
      memcpy(flatBase + flatCount, rawBase + text.lowerBound, text.count)
      flatCount += text.count
      guard let sequence else { return }
      map.begin(flat: flatCount, raw: base + sequence.end)
    }
  }
}
