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
