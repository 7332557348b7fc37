extension LogSearch {
  /// Finds the next hit in a direction, going past the end of the log where that is needed.
  func find(from start: Int, isBackward: Bool, report: (LogFinding) -> Void) throws(SearchFailure) {
    let bounds = query.bounds
    let start = min(max(start, bounds.lowerBound), bounds.upperBound)
    let before = bounds.lowerBound..<start
    let after = start..<bounds.upperBound
    var found: LogHit?
    if isBackward {
      found = try last(in: before)
      if found == nil {
        found = try last(in: after)
        found?.hasWrapped = true
      }
    } else {
      found = try first(in: after)
      if found == nil {
        found = try first(in: before)
        found?.hasWrapped = true
      }
    }
    if !isCancelled() { report(.found(found)) }
  }

  /// The first hit that begins in a range.
  private func first(in range: Range<Int>) throws(SearchFailure) -> LogHit? {
    var position = position(at: range.lowerBound)
    var found: LogHit?
    while found == nil, !isCancelled(), let block = read(&position, before: range.upperBound) {
      try hits(in: block) { flat in
        let hit = hit(flat, in: block)
        if hit.range.lowerBound < range.lowerBound { return true }
        if hit.range.lowerBound < range.upperBound { found = hit }
        return false
      }
    }
    return found
  }

  /// The last hit that begins in a range.
  private func last(in range: Range<Int>) throws(SearchFailure) -> LogHit? {
    var end = range.upperBound
    while end > range.lowerBound {
      let start = max(range.lowerBound, end - SearchBlock.length)
      var position = position(at: start)
      var found: LogHit?
      while let block = read(&position, before: end) {
        if isCancelled() { return nil }
        try hits(in: block) { flat in
          let offset = self.block.raw(at: flat.lowerBound)
          guard offset < end else { return false }
          if offset >= start { found = hit(flat, in: block) }
          return true
        }
      }
      if let found { return found }
      end = start
    }
    return nil
  }
}

extension LogSearch {
  /// Finds the next line in a direction that tells of a problem.
  func findProblem(
    _ problem: LogPager.Problem, from start: Int, isBackward: Bool,
    report: (LogFinding) -> Void
  ) throws(SearchFailure) {
    let bounds = query.bounds
    let start = min(max(start, bounds.lowerBound), bounds.upperBound)
    let before = bounds.lowerBound..<start
    let after = start..<bounds.upperBound
    let next = isBackward ? before : after
    var hasWrapped = false
    var line = try self.problem(problem, in: next, isLast: isBackward)
    if line == nil {
      hasWrapped = true
      line = try self.problem(
        problem, in: isBackward ? after : before, isLast: isBackward)
    }
    if isCancelled() { return }
    report(.found(line.map { LogHit(range: $0..<$0, line: $0, hasWrapped: hasWrapped) }))
  }

  /// The first or last line that begins in a range and tells of a problem.
  private func problem(
    _ problem: LogPager.Problem, in range: Range<Int>, isLast: Bool
  ) throws(SearchFailure) -> Int? {
    var end = range.upperBound
    while end > range.lowerBound {
      let start = isLast ? max(range.lowerBound, end - SearchBlock.length) : range.lowerBound
      var found: Int?
      try problems(problem, in: start..<end) { line in
        found = line
        return isLast
      }
      if found != nil { return found }
      end = start
    }
    return nil
  }

  /// Gives the lines that begin in a range and tell of a problem, until one is enough.
  private func problems(
    _ problem: LogPager.Problem, in range: Range<Int>,
    _ body: (Int) -> Bool
  ) throws(SearchFailure) {
    var position = Position(offset: store.start(ofLineAt: range.lowerBound))
    while !isCancelled(), let loaded = read(&position, before: range.upperBound) {
      if let line = loaded.line {
        // A long line is its first piece, as far as this goes.
        position = Position(offset: line.next)
        if range.contains(line.start), problem.includes(line.kind), try passes(line) {
          if !body(line.start) { return }
        }
        continue
      }
      var start = 0
      let bytes = block.bytes
      while start < bytes.count {
        let end = ByteScan.first(ByteScan.newline, in: bytes, start..<bytes.count) ?? bytes.count
        let offset = loaded.range.lowerBound + start
        if range.contains(offset), isProblem(problem, start..<end), try passes(lineAt: offset) {
          if !body(offset) { return }
        }
        start = end + 1
      }
    }
  }

  private func isProblem(_ problem: LogPager.Problem, _ line: Range<Int>) -> Bool {
    guard let base = block.bytes.baseAddress else { return false }
    let start = base + line.lowerBound
    let text = LogLine.hasUsualTimestamp(start, length: line.count) ? LogLine.usualTimestamp : 0
    guard LogLine.mayNeedParsing(start, length: line.count, textStart: text) else { return false }
    let head = min(line.count, LogLine.parsedLength)
    return problem.includes(LogLine(UnsafeRawBufferPointer(start: start, count: head)).kind)
  }

  private func passes(lineAt offset: Int) throws(SearchFailure) -> Bool {
    guard query.only != nil else { return true }
    return try passes(lineRange(around: block.flat(at: offset)))
  }
}

extension LogPager.Problem {
  /// Whether a line is such a problem.
  func includes(_ kind: LogLine.Kind) -> Bool {
    switch self {
    case .error: kind == .error
    case .warning: kind == .warning
    case .any: kind == .error || kind == .warning
    }
  }
}
