extension LogSearch {
  /// So many bytes are searched between two states of a count.
  static let reported = 8 * 1024 * 1024

  /// Counts the hits beyond those that are known.
  func count(
    beyond known: LogHitCount, report: (LogFinding) -> Void
  ) throws(SearchFailure) {
    var count = known
    if count.endsOpen { count.table.removeLast() }
    var position = position(at: count.table.end)
    position.offset = count.table.end
    var next = position.offset + Self.reported
    while let block = read(&position, before: query.bounds.upperBound) {
      var found = 0
      try hits(in: block) { _ in
        found += 1
        return true
      }
      if isCancelled() { return }
      count.table.append(found, upTo: block.range.upperBound)
      if position.offset >= next {
        count.isComplete = false
        report(.counted(count))
        next = position.offset + Self.reported
      }
    }
    if isCancelled() { return }
    count.isComplete = true
    count.endsOpen = endsOpen
    report(.counted(count))
  }

  /// How many hits of a block, whose bytes are given as they were counted, begin before an offset.
  func hits(in range: Range<Int>, before offset: Int) throws(SearchFailure) -> Int {
    var position = position(at: range.lowerBound)
    position.offset = range.lowerBound
    guard let block = read(&position, before: range.upperBound) else { return 0 }
    var found = 0
    try hits(in: block) { flat in
      guard self.block.raw(at: flat.lowerBound) < offset else { return false }
      found += 1
      return true
    }
    return found
  }

  /// Whether the last line may go on.
  private var endsOpen: Bool {
    let end = query.bounds.upperBound
    guard end > query.bounds.lowerBound else { return false }
    return store.withBytes(end - 1..<end) { $0.first != ByteScan.newline }
  }
}

extension LogSearch {
  /// Finds the lines that fit beyond those that are known.
  func filter(
    beyond known: LogFilter, report: (LogFinding) -> Void
  ) throws(SearchFailure) {
    var filter = known
    if filter.endsOpen {
      filter.table.removeLast()
      filter.kept[filter.table.blockCount] = nil
    }
    var position = Position(offset: filter.table.end)
    // The first lines are there at once, whatever follows.
    var next = position.offset + SearchBlock.length
    while !isCancelled(), let block = read(&position, before: query.bounds.upperBound) {
      let number = filter.table.blockCount
      if let line = block.line {
        let passes = try fits(block, &position)
        filter.table.append(passes ? 1 : 0, upTo: line.next)
        if passes { filter.kept[number] = [line.start] }
        position = Position(offset: line.next)
      } else {
        let lines = try lines(in: block)
        filter.table.append(lines.count, upTo: block.range.upperBound)
        if !lines.isEmpty, lines.count <= LogFilter.keptLines { filter.kept[number] = lines }
      }
      if position.offset >= next {
        if isCancelled() { return }
        filter.isComplete = false
        report(.filtered(filter))
        next = position.offset + Self.reported
      }
    }
    if isCancelled() { return }
    filter.isComplete = true
    filter.endsOpen = endsOpen
    report(.filtered(filter))
  }

  /// Where the lines begin that fit in a block, whose bytes are given as they were looked at
  /// before.
  func lines(in range: Range<Int>) throws(SearchFailure) -> [Int] {
    var position = Position(offset: range.lowerBound)
    guard let block = read(&position, before: range.upperBound), block.line == nil else {
      return []
    }
    return try lines(in: block)
  }

  private func lines(in block: Block) throws(SearchFailure) -> [Int] {
    var lines: [Int] = []
    var end = -1
    try hits(in: block) { flat in
      if flat.lowerBound > end {
        lines.append(self.block.lineStart(at: self.block.raw(at: flat.lowerBound)))
        end = lineRange(around: flat.lowerBound).upperBound
      }
      return true
    }
    return lines
  }

  /// Whether a long line fits, whose first piece was just read.
  private func fits(_ first: Block, _ position: inout Position) throws(SearchFailure) -> Bool {
    var fits = false
    var piece: Block? = first
    while let block = piece, block.line != nil {
      try hits(in: block) { _ in
        fits = true
        return false
      }
      if fits || position.line == nil { break }
      piece = read(&position, before: query.bounds.upperBound)
    }
    return fits
  }
}
