extension LogPager {
  /// Looks for something, from the line under the cursor on; `nil` looks for nothing any more.
  package mutating func search(_ pattern: LogPattern?, isBackward: Bool = false) -> [LogWork] {
    begin()
    self.pattern = pattern
    hit = nil
    hitNumber = nil
    hits = nil
    underWay[.find] = nil
    underWay[.count] = nil
    guard pattern != nil else {
      draw()
      return []
    }
    hits = LogHitCount(isComplete: false, table: BlockTable(from: bounds.lowerBound))
    let work = find(isBackward: isBackward) + workOnCount()
    draw()
    return work
  }

  /// Goes to the next hit in a direction, and past the end of the log to the other end.
  package mutating func findNext(isBackward: Bool) -> [LogWork] {
    begin()
    guard pattern != nil else {
      status.message = "nothing is looked for"
      return []
    }
    let work = find(isBackward: isBackward)
    draw()
    return work
  }

  /// Shows the lines that fit a pattern and no others; `nil` shows all.
  package mutating func filter(_ pattern: LogPattern?) -> [LogWork] {
    begin()
    guard pattern != filterPattern else { return [] }
    filterPattern = pattern
    beginFilter()
    let work = workOnFilter() + recount()
    rearrange { _ in }
    return work
  }

  /// Goes to the next error or warning in a direction.
  package mutating func nextProblem(isBackward: Bool, kind: Problem = .any) -> [LogWork] {
    begin()
    let start = isBackward || bounds.isEmpty ? cursor : store.line(at: cursor).next
    let query = LogQuery(only: filterPattern, bounds: bounds)
    let work = handOut(.findProblem(kind, query, from: start, isBackward: isBackward))
    draw()
    return work
  }
}

extension LogPager {
  /// Forgets which lines the filter shows; the line under the cursor is found again among them.
  mutating func beginFilter() {
    filterLines = [:]
    underWay[.filter] = nil
    filtered = filterPattern.map { _ in
      LogFilter(isComplete: false, table: BlockTable(from: bounds.lowerBound))
    }
    wantedByte = filterPattern == nil ? nil : cursor
  }

  /// Looks for the next hit from the one that the search stands at, or from the cursor's line.
  private mutating func find(isBackward: Bool) -> [LogWork] {
    guard !bounds.isEmpty else { return [] }
    let line = store.line(at: cursor)
    var start = isBackward ? line.next : line.start
    if let hit, hit.line == cursor {
      start = isBackward ? hit.range.lowerBound : hit.range.upperBound
    }
    return handOut(.find(query, from: start, isBackward: isBackward))
  }

  /// What is searched now.
  var query: LogQuery { LogQuery(pattern: pattern, only: filterPattern, bounds: bounds) }

  /// Takes in the next hit.
  mutating func takeHit(_ found: LogHit?, of work: LogWork) {
    guard case .find(_, _, let isBackward) = work.task else {
      takeProblem(found, of: work)
      return
    }
    guard let found else {
      status.message = pattern.map { "not found: \($0.text)" }
      draw()
      return
    }
    hit = found
    updateHitNumber()
    show(found)
    if found.hasWrapped {
      status.message = "the search went on from the \(isBackward ? "bottom" : "top")"
    }
  }

  private mutating func takeProblem(_ found: LogHit?, of work: LogWork) {
    guard case .findProblem(let problem, _, _, let isBackward) = work.task else { return }
    guard let found else {
      status.message =
        switch problem {
        case .error, .markedError: "there is no error"
        case .warning: "there is no warning"
        case .any: "there is no error and no warning"
        }
      draw()
      return
    }
    left = 0
    show(line: found.line, isCentred: !rows.contains { $0.offset == found.line })
    if found.hasWrapped {
      status.message = "went on from the \(isBackward ? "bottom" : "top")"
    }
  }

  /// Brings a hit onto the screen, opening what hides it.
  private mutating func show(_ hit: LogHit) {
    open(groups(holding: hit.line))
    guard shown(from: hit.line) == hit.line else {
      draw()
      return
    }
    cursor = hit.line
    let line = store.line(at: cursor)
    let start = place(ofByte: hit.range.lowerBound, in: line)
    if !options.wraps {
      let end = place(ofByte: hit.range.upperBound, in: line).column
      let room = shape(of: line).width
      if start.column < left || end > left + room {
        left = end <= room ? 0 : max(0, start.column - room / 3)
      }
    }
    let wanted = Top(line: cursor, row: start.row)
    if !isOnScreen(wanted) { top = row((height - 1) / 2, above: wanted) }
    draw()
  }

  private func isOnScreen(_ wanted: Top) -> Bool {
    guard let first = rows.firstIndex(where: { $0.offset == wanted.line }) else { return false }
    let count = rows.count { $0.offset == wanted.line }
    let firstRow = wanted.line == top.line ? top.row : 0
    return first >= 0 && (firstRow..<firstRow + count).contains(wanted.row)
  }

  /// The steps that a match may take while the screen waits.
  private static let quickSteps: UInt32 = 100_000

  /// Finds out which of the hits the search stands at, once its part of the log has been counted.
  mutating func updateHitNumber() {
    hitNumber = nil
    guard let hit, let hits, let block = hits.table.block(holding: hit.range.lowerBound) else {
      return
    }
    let before = try? LogSearch(file, query, store: store, steps: Self.quickSteps).hits(
      in: hits.table.range(of: block), before: hit.range.lowerBound)
    hitNumber = before.map { hits.table.before[block] + $0 + 1 }
  }
}
