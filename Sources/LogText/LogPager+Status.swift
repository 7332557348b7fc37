extension LogPager {
  /// Brings the status up to date with what is drawn.
  mutating func updateStatus(end: Int, isAtEnd: Bool) {
    let bytes = max(1, bounds.count)
    let percent = max(0, end - bounds.lowerBound) * 100 / bytes
    status.topLine = rows.first?.line
    status.cursorLine = rows.first { $0.isCursor }?.line
    status.lineCount = lineCount()
    status.percent = isAtEnd ? 100 : min(99, percent)
    status.isAtEnd = isAtEnd
    status.column = left
    status.isFollowing = isFollowing && !isFinished
    status.isSearching = underWay[.find] != nil
    status.errorCount = index.errorCount
    status.warningCount = index.warningCount
    status.hits = hits.map { hits in
      LogStatus.Hits(count: hits.count, isComplete: hits.isComplete, current: hitNumber)
    }
    status.filtered = filtered.map { filtered in
      LogStatus.Filtered(count: filtered.count, isComplete: filtered.isComplete)
    }
  }

  /// The number of the line that begins at an offset, within what is shown; `nil` while that is
  /// not known.
  mutating func lineNumber(at offset: Int) -> Int? {
    guard let number = index.lineNumber(at: offset, in: &store), let base = baseLine() else {
      return nil
    }
    return number - base
  }

  /// How many lines come before what is shown; `nil` while that is not known.
  mutating func baseLine() -> Int? {
    guard slice != nil, bounds.lowerBound > 0 else { return 0 }
    return index.lineNumber(at: bounds.lowerBound, in: &store).map { $0 - 1 }
  }

  /// How many lines are shown where nothing is filtered; `nil` while that is not known.
  private mutating func lineCount() -> Int? {
    guard index.isComplete(for: bounds.upperBound) else { return nil }
    if slice == nil { return index.lineCount }
    guard !bounds.isEmpty else { return 0 }
    return lineNumber(at: store.start(ofLineAt: bounds.upperBound - 1))
  }
}
