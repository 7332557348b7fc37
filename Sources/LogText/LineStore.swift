/// Reads lines of a log, from wherever they are wanted, and remembers what is costly to find.
struct LineStore: Sendable, Equatable {
  /// So much is read at a time.
  static let chunkLength = 128 * 1024
  /// So many long lines are remembered.
  static let longLineLimit = 32

  let file: LogFile
  /// The part of the file that is shown.
  private(set) var bounds: Range<Int>
  private var chunk: [UInt8] = []
  private var chunkStart = 0
  private var longLines: [Int: LongLine] = [:]

  /// The line that was read last; the same one is often wanted again.
  private var lastLine: ShownLine?

  init(file: LogFile, bounds: Range<Int>) {
    self.file = file
    self.bounds = bounds
  }

  /// Whether both read the same; what they remember makes no difference.
  static func == (left: LineStore, right: LineStore) -> Bool {
    left.file == right.file && left.bounds == right.bounds
  }

  /// Changes the part that is shown, such as when the file has grown.
  mutating func setBounds(_ bounds: Range<Int>) {
    guard bounds != self.bounds else { return }
    // What ended with the log may go on now.
    lastLine = nil
    let keeps = bounds.lowerBound == self.bounds.lowerBound
    longLines = keeps ? longLines.filter { $0.value.line.isTerminated } : [:]
    self.bounds = bounds
  }

  /// The bytes of a range, as far as there are any; for a short time.
  mutating func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if range.lowerBound < chunkStart || range.upperBound > chunkStart + chunk.count {
      // A little of what stands before, for the next step may be upward.
      chunkStart = max(0, range.lowerBound - Self.chunkLength / 8)
      let length = max(range.upperBound - chunkStart, Self.chunkLength)
      chunk = file.read(chunkStart..<chunkStart + length)
    }
    let start = min(range.lowerBound - chunkStart, chunk.count)
    let end = min(range.upperBound - chunkStart, chunk.count)
    return chunk.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  /// The first place of a line feed at or after an offset.
  mutating func nextNewline(from offset: Int) -> Int? {
    var start = offset
    while start < bounds.upperBound {
      let end = min(bounds.upperBound, start + Self.chunkLength)
      let found = withBytes(start..<end) {
        ByteScan.first(ByteScan.newline, in: $0, 0..<$0.count)
      }
      if let found { return start + found }
      start = end
    }
    return nil
  }

  /// The last place of a byte before an offset, down to a limit.
  mutating func last(_ byte: UInt8, before offset: Int, downTo limit: Int) -> Int? {
    var end = offset
    while end > limit {
      // Most lines are short: look nearby first.
      let start = max(limit, end - (end == offset ? 4096 : Self.chunkLength))
      let found = withBytes(start..<end) { ByteScan.last(byte, in: $0, 0..<$0.count) }
      if let found { return start + found }
      end = start
    }
    return nil
  }

  /// How many line feeds stand in a range.
  mutating func newlines(in range: Range<Int>) -> Int {
    withBytes(range) { ByteScan.count(ByteScan.newline, in: $0, 0..<$0.count) }
  }

  /// Where the line that holds an offset begins.
  mutating func start(ofLineAt offset: Int) -> Int {
    for long in longLines.values where long.line.start < offset && offset < long.line.next {
      return long.line.start
    }
    let offset = min(max(offset, bounds.lowerBound), bounds.upperBound)
    let newline = last(ByteScan.newline, before: offset, downTo: bounds.lowerBound)
    return newline.map { $0 + 1 } ?? bounds.lowerBound
  }

  /// Where the line before another begins; `nil` before the first.
  mutating func start(before start: Int) -> Int? {
    guard start > bounds.lowerBound else { return nil }
    return self.start(ofLineAt: start - 1)
  }
}

extension LineStore {
  /// The line that begins at an offset.
  mutating func line(at start: Int) -> ShownLine {
    if let lastLine, lastLine.start == start { return lastLine }
    let line = longLines[start]?.line ?? readLine(at: start)
    lastLine = line
    return line
  }

  private mutating func readLine(at start: Int) -> ShownLine {
    let near = max(start, min(bounds.upperBound, start + ShownLine.longest))
    let end = withBytes(start..<near) { ByteScan.first(ByteScan.newline, in: $0, 0..<$0.count) }
    if let end { return line(from: start, to: start + end, isTerminated: true) }
    if near >= bounds.upperBound { return line(from: start, to: near, isTerminated: false) }
    let line = readLongLine(at: start, from: near)
    if longLines.count >= Self.longLineLimit { longLines.removeAll(keepingCapacity: true) }
    longLines[start] = LongLine(line: line, width: nil)
    return line
  }

  /// Reads a line whose end is not near, in one pass over it.
  private mutating func readLongLine(at start: Int, from near: Int) -> ShownLine {
    var end = start
    var newline: Int?
    var overwriting: Int?
    while newline == nil, end < bounds.upperBound {
      let next = min(bounds.upperBound, end + Self.chunkLength)
      let (found, last) = withBytes(end..<next) { bytes in
        let found = ByteScan.first(ByteScan.newline, in: bytes, 0..<bytes.count)
        let text = 0..<(found ?? bytes.count)
        // Most lines have none, and looking forward is faster.
        let hasAny = ByteScan.first(ByteScan.carriageReturn, in: bytes, text) != nil
        return (found, hasAny ? ByteScan.last(ByteScan.carriageReturn, in: bytes, text) : nil)
      }
      if let last { overwriting = end + last }
      newline = found.map { end + $0 }
      end = newline ?? next
    }
    return line(
      from: start, to: end, isTerminated: newline != nil, lastReturn: .some(overwriting))
  }

  /// Takes a line apart, whose last carriage return may be known already.
  private mutating func line(
    from start: Int, to end: Int, isTerminated: Bool, lastReturn: Int?? = nil
  ) -> ShownLine {
    let parsed = withBytes(start..<min(end, start + LogLine.parsedLength)) { LogLine($0) }
    var textStart = start + parsed.textStart
    let textEnd = self.textEnd(from: textStart, to: end)
    var overwritten = lastReturn ?? nil
    if lastReturn == nil || overwritten ?? -1 >= textEnd {
      overwritten = last(ByteScan.carriageReturn, before: textEnd, downTo: textStart)
    }
    if let overwritten, overwritten >= textStart { textStart = overwritten + 1 }
    return ShownLine(
      start: start, next: isTerminated ? end + 1 : end,
      timestamp: start + parsed.timestamp.lowerBound..<start + parsed.timestamp.upperBound,
      commandStart: start + parsed.commandStart, text: textStart..<textEnd, kind: parsed.kind,
      hasCommand: parsed.hasCommand, isTerminated: isTerminated)
  }

  /// The end of a line's text before the carriage returns that stand at its end.
  private mutating func textEnd(from start: Int, to end: Int) -> Int {
    var end = end
    while end > start {
      let near = max(start, end - 256)
      let kept = withBytes(near..<end) { bytes in
        bytes.lastIndex { $0 != ByteScan.carriageReturn }.map { $0 + 1 } ?? 0
      }
      if kept > 0 { return near + kept }
      end = near
    }
    return end
  }

  /// The next stretch of a line's text, from a place on, and whether it is the last.
  ///
  /// A stretch can be forced to be read as if the line ended with it.
  mutating func stretch(
    of line: ShownLine, from place: LinePlace, isForced: Bool = false
  ) -> (text: FlatText, isLast: Bool) {
    var flat = FlatText(rawStart: place.raw, state: place.state)
    if place == LinePlace(raw: line.text.lowerBound) {
      flat = FlatText(rawStart: line.commandStart)
      flat.append(word: line.word, rawEnd: line.text.lowerBound)
    }
    let length = line.isLong ? ShownLine.stretch : ShownLine.longest
    let end = min(line.text.upperBound, place.raw + length)
    let isLast = end == line.text.upperBound
    withBytes(place.raw..<max(place.raw, end)) { flat.append($0, isLast: isLast || isForced) }
    return (flat, isLast)
  }
}

extension LineStore {
  /// The last known place in a long line before a target.
  func place(in line: ShownLine, width: Int?, toward target: LineWalker.Target) -> LinePlace {
    guard let long = longLines[line.start], long.width == width, long.line == line else {
      return LinePlace(raw: line.text.lowerBound)
    }
    return long.place(toward: target)
  }

  /// Where a long line ends, if that is known.
  func end(of line: ShownLine, width: Int?) -> LinePlace? {
    guard let long = longLines[line.start], long.width == width, long.line == line else {
      return nil
    }
    return long.end
  }

  /// Keeps a place in a long line.
  mutating func remember(_ place: LinePlace, in line: ShownLine, width: Int?) {
    prepare(line, width: width)
    guard let last = longLines[line.start]?.places.last, last.raw < place.raw else { return }
    longLines[line.start]?.places.append(place)
  }

  /// Keeps where a long line ends.
  mutating func remember(end: LinePlace, of line: ShownLine, width: Int?) {
    prepare(line, width: width)
    longLines[line.start]?.end = end
  }

  private mutating func prepare(_ line: ShownLine, width: Int?) {
    if let long = longLines[line.start], long.width == width, long.line == line { return }
    longLines[line.start] = LongLine(line: line, width: width)
  }
}
