/// Goes through the lines of a part of a log once, without keeping them.
struct LineReader {
  /// What is told of a line.
  struct Line {
    /// Where it begins.
    var start: Int
    /// Its place in the part, counted from 1.
    var number: Int
    /// Whether it tells of an error.
    var isError: Bool
    /// Whether it only ends a group.
    var isHidden: Bool
  }

  private let file: LogFile
  private let bounds: Range<Int>

  init(_ file: LogFile, bounds: Range<Int>) {
    self.file = file
    self.bounds = bounds
  }

  /// Gives each line's place and first bytes, in order.
  func forEachHead(_ body: (_ start: Int, _ head: UnsafeRawBufferPointer) -> Void) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: SearchBlock.length, alignment: 16)
    defer { buffer.deallocate() }
    var offset = bounds.lowerBound
    // Whether the bytes at the offset go on with a line that was given already.
    var isInLine = false
    while offset < bounds.upperBound {
      let wanted = min(buffer.count, bounds.upperBound - offset)
      let count = file.read(
        at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[0..<wanted]))
      guard count > 0 else { return }
      let isEnd = offset + count == bounds.upperBound || count < wanted
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
      var start = 0
      while start < count {
        let newline = ByteScan.first(ByteScan.newline, in: bytes, start..<count)
        // Enough of the line must be there to tell what it is.
        if newline == nil, !isEnd, start > 0, count - start < LogLine.parsedLength { break }
        let end = newline ?? count
        if !isInLine { body(offset + start, UnsafeRawBufferPointer(rebasing: bytes[start..<end])) }
        isInLine = newline == nil
        start = newline == nil ? count : end + 1
      }
      offset += start
    }
  }

  /// Gives each line, in order.
  func forEach(_ body: (Line) -> Void) {
    var number = 0
    forEachHead { start, head in
      number += 1
      var line = Line(start: start, number: number, isError: false, isHidden: false)
      if let base = head.baseAddress {
        let isUsual = LogLine.hasUsualTimestamp(base, length: head.count)
        let text = isUsual ? LogLine.usualTimestamp : 0
        if LogLine.mayNeedParsing(base, length: head.count, textStart: text) {
          let length = min(head.count, LogLine.parsedLength)
          let parsed = LogLine(UnsafeRawBufferPointer(start: base, count: length))
          line.isError = parsed.kind == .error
          line.isHidden =
            parsed.kind == .endGroup
            && head[parsed.textStart...].allSatisfy { $0 == ByteScan.carriageReturn }
        }
      }
      body(line)
    }
  }
}
