/// Takes in a log's lines, block by block, in the order of the file.
struct IndexBuilder: Sendable {
  /// The bytes from one count of lines to the next.
  static let stride = 64 * 1024
  /// So many groups are known of a log; later headings are lines like others.
  static let groupLimit = 50_000
  /// So deep do groups nest; deeper headings are lines like others.
  static let depthLimit = 32

  /// How many bytes have been taken in.
  private(set) var covered = 0
  /// How many line feeds come before each multiple of the stride.
  private(set) var newlines = [0]
  private(set) var errorCount = 0
  private(set) var warningCount = 0
  /// How many lines end groups and show nothing.
  private(set) var hiddenCount = 0
  private var newlineCount = 0
  /// Whether the next byte begins a line.
  private var isAtLineStart = true
  private var groups: [LogGroup] = []
  /// The groups that have not ended, by index.
  private var open: [Int32] = []
  /// How many groups have not ended beyond the deepest that is followed.
  private var openBeyond = 0

  init() {}

  /// How many lines begin in what has been taken in.
  var lineCount: Int { newlineCount + (isAtLineStart ? 0 : 1) }

  /// Takes in bytes that follow what has been taken in; gives how many of them it took.
  ///
  /// - Parameters:
  ///   - bytes: the bytes; behind them some more, to know how the last line goes on.
  ///   - count: how many of the bytes to take in.
  ///   - isTail: whether the last line is taken in as it stands, however short it is.
  mutating func take(_ bytes: UnsafeRawBufferPointer, count: Int, isTail: Bool = false) {
    var start = 0
    while start < count {
      let boundary = newlines.count * Self.stride - covered
      let end = min(count, start + boundary)
      let taken = takeStretch(bytes, start..<end, isTail: isTail)
      covered += taken
      if covered == newlines.count * Self.stride { newlines.append(newlineCount) }
      guard taken == end - start else { return }
      start = end
    }
  }

  /// Takes in bytes between two counts of lines; gives how many of them it took.
  private mutating func takeStretch(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isTail: Bool
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var count = newlineCount
    var start = range.lowerBound
    if !isAtLineStart {
      guard let newline = ByteScan.first(ByteScan.newline, in: bytes, range) else {
        return range.count
      }
      count += 1
      start = newline + 1
    }
    isAtLineStart = true
    while start < range.upperBound {
      let newline = ByteScan.first(ByteScan.newline, in: bytes, start..<range.upperBound)
      var end = newline
      if newline == nil {
        end = ByteScan.first(ByteScan.newline, in: bytes, range.upperBound..<bytes.count)
        // What the line is cannot be told before more of it is there.
        if end == nil, !isTail, bytes.count - start < LogLine.parsedLength { break }
      }
      let length = (end ?? bytes.count) - start
      let text =
        LogLine.hasUsualTimestamp(base + start, length: length) ? LogLine.usualTimestamp : 0
      if LogLine.mayNeedParsing(base + start, length: length, textStart: text) {
        newlineCount = count
        takeLine(
          UnsafeRawBufferPointer(rebasing: bytes[start..<start + length]),
          at: covered + start - range.lowerBound, isWhole: end != nil || isTail)
      }
      guard let newline else {
        isAtLineStart = false
        start = range.upperBound
        break
      }
      count += 1
      start = newline + 1
    }
    newlineCount = count
    return start - range.lowerBound
  }

  /// Takes in a line that may be a command.
  private mutating func takeLine(_ bytes: UnsafeRawBufferPointer, at offset: Int, isWhole: Bool) {
    let line = LogLine(
      UnsafeRawBufferPointer(rebasing: bytes[0..<min(bytes.count, LogLine.parsedLength)]))
    switch line.kind {
    case .error: errorCount += 1
    case .warning: warningCount += 1
    case .group: beginGroup(at: offset)
    case .endGroup:
      let isBare = bytes[line.textStart...].allSatisfy { $0 == ByteScan.carriageReturn }
      if isBare { hiddenCount += 1 }
      // What stands behind the command is shown; where its end is far it is left to what follows.
      endGroup(at: isWhole ? offset + bytes.count + 1 : offset)
    case .text, .notice, .debug, .section, .command: break
    }
  }

  private mutating func beginGroup(at offset: Int) {
    guard open.count < Self.depthLimit, openBeyond == 0, groups.count < Self.groupLimit else {
      openBeyond += 1
      return
    }
    let shown = newlineCount - hiddenCount
    groups.append(
      LogGroup(start: offset, line: newlineCount + 1, parent: open.last ?? -1, shownBefore: shown))
    open.append(Int32(groups.count - 1))
  }

  private mutating func endGroup(at offset: Int) {
    guard openBeyond == 0 else {
      openBeyond -= 1
      return
    }
    guard let group = open.popLast().map(Int.init) else { return }
    groups[group].end = offset
    // The line that ends the group may itself be shown.
    groups[group].hiddenLines = newlineCount + 1 - hiddenCount - groups[group].shownBefore - 1
  }

  /// The groups, each with an end where one has come.
  ///
  /// A group that was begun and never ended runs to the next heading in it, and what began in it
  /// stands beside it. As long as a log grows such a group may still be ended.
  func resolvedGroups() -> [LogGroup] {
    guard !open.isEmpty else { return groups }
    var groups = groups
    let unended = Set(open)
    for index in groups.indices {
      let parent = groups[index].parent
      guard unended.contains(parent) else { continue }
      let holder = Int(parent)
      if groups[holder].end == nil {
        groups[holder].end = groups[index].start
        groups[holder].hiddenLines = groups[index].shownBefore - groups[holder].shownBefore - 1
      }
      // Parents come before their children, so theirs is resolved already.
      groups[index].parent = groups[holder].parent
    }
    return groups
  }
}
