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
  ///
  /// Such is a line that the log marks, or else one whose words say so.
  private func problems(
    _ problem: LogPager.Problem, in range: Range<Int>,
    _ body: (Int) -> Bool
  ) throws(SearchFailure) {
    let words = problem.knowsWords ? ProblemWords(isSearching: true) : nil
    var position = Position(offset: store.start(ofLineAt: range.lowerBound))
    while !isCancelled(), let loaded = read(&position, before: range.upperBound) {
      if let line = loaded.line {
        // A long line is its first piece, as far as this goes.
        position = Position(offset: line.next)
        if range.contains(line.start), isProblem(problem, line, words), try passes(line) {
          if !body(line.start) { return }
        }
        continue
      }
      var worded = words.map(candidates)?[...] ?? []
      var start = 0
      let bytes = block.bytes
      while start < bytes.count {
        let end = ByteScan.first(ByteScan.newline, in: bytes, start..<bytes.count) ?? bytes.count
        let offset = loaded.range.lowerBound + start
        let isWorded = worded.first == offset
        if isWorded { worded.removeFirst() }
        if range.contains(offset),
          isProblem(problem, start..<end)
            || isWorded && isProblem(problem, store.line(at: offset), words),
          try passes(lineAt: offset, in: loaded)
        {
          if !body(offset) { return }
        }
        start = end + 1
      }
    }
  }

  /// Where the lines of the block begin that may tell of a problem by their words, in order.
  private func candidates(_ words: ProblemWords) -> [Int] {
    var starts: Set<Int> = []
    words.candidates(in: block.text) { place in
      starts.insert(block.lineStart(at: block.raw(at: place)))
    }
    return starts.sorted()
  }

  /// Whether a line is such a problem, by the log's mark or by its words.
  private func isProblem(
    _ problem: LogPager.Problem, _ line: ShownLine, _ words: ProblemWords?
  ) -> Bool {
    problem.includes(line.kind)
      || words?.problem(of: line, in: &store).map(problem.includes) == true
  }

  /// Whether the log marks a line of the block as such a problem.
  private func isProblem(_ problem: LogPager.Problem, _ line: Range<Int>) -> Bool {
    guard let base = block.bytes.baseAddress else { return false }
    let start = base + line.lowerBound
    let text = LogLine.hasUsualTimestamp(start, length: line.count) ? LogLine.usualTimestamp : 0
    guard LogLine.mayNeedParsing(start, length: line.count, textStart: text) else { return false }
    let head = min(line.count, LogLine.parsedLength)
    return problem.includes(LogLine(UnsafeRawBufferPointer(start: start, count: head)).kind)
  }

  private func passes(
    lineAt offset: Int, in loaded: Block
  ) throws(SearchFailure) -> Bool {
    guard query.only != nil else { return true }
    return try passes(lineRange(around: block.flat(at: offset)), in: loaded)
  }
}

extension LogPager.Problem {
  /// Whether the words of a line that the log does not mark are looked at too.
  fileprivate var knowsWords: Bool {
    switch self {
    case .error, .warning, .any: true
    case .markedError: false
    }
  }

  /// Whether a line that the log marks is such a problem.
  fileprivate func includes(_ kind: LogLine.Kind) -> Bool {
    switch self {
    case .error, .markedError: kind == .error
    case .warning: kind == .warning
    case .any: kind == .error || kind == .warning
    }
  }

  /// Whether a line that tells of a problem by its words is such a problem.
  fileprivate func includes(_ told: LogPager.Told) -> Bool {
    switch self {
    case .error: told == .error
    case .warning: told == .warning
    case .any: true
    case .markedError: false
    }
  }
}
