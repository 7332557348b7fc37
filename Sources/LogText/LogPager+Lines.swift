extension LogPager {
  /// The first line that is shown; `nil` where none is.
  mutating func firstShown() -> Int? { shown(from: bounds.lowerBound) }

  /// The last line that is shown; `nil` where none is.
  mutating func lastShown() -> Int? { shown(before: bounds.upperBound) }

  /// The next line that is shown after one.
  mutating func shown(after line: Int) -> Int? {
    if filterPattern != nil { return filteredLine(from: line + 1) }
    return shown(from: store.line(at: line).next)
  }

  /// The first line that is shown among those that begin at an offset or after it.
  mutating func shown(from offset: Int) -> Int? {
    if filterPattern != nil { return filteredLine(from: offset) }
    var offset = offset
    while offset < bounds.upperBound {
      if let group = outermostFold(holding: offset) {
        offset = index.groups[group].end ?? bounds.upperBound
        continue
      }
      let line = store.line(at: offset)
      if !line.isHidden { return offset }
      offset = line.next
    }
    return nil
  }

  /// The last line that is shown among those that begin before an offset.
  mutating func shown(before offset: Int) -> Int? {
    if filterPattern != nil { return filteredLine(before: offset) }
    var offset = offset
    while let start = store.start(before: offset) {
      if let group = outermostFold(holding: start) { return index.groups[group].start }
      if !store.line(at: start).isHidden { return start }
      offset = start
    }
    return nil
  }

  /// The line that stands on the screen for one that may be hidden; `nil` where none does.
  mutating func shown(nearest line: Int) -> Int? {
    if filterPattern == nil, let group = outermostFold(holding: line) {
      return index.groups[group].start
    }
    return shown(from: line) ?? shown(before: line)
  }

  /// Where the line begins that holds an offset.
  mutating func lineStart(at offset: Int) -> Int {
    guard !bounds.isEmpty else { return bounds.lowerBound }
    let offset = min(max(offset, bounds.lowerBound), bounds.upperBound - 1)
    return store.start(ofLineAt: offset)
  }
}

extension LogPager {
  /// The outermost folded group that hides a line; `nil` where none does.
  private func outermostFold(holding line: Int) -> Int? {
    if folds.isEmpty { return nil }
    var fold: Int?
    for group in groups(holding: line) where folds.isFolded(index.groups[group].start) {
      fold = group
    }
    return fold
  }

  /// The groups that a line stands in, from the innermost on; a heading stands outside its group.
  func groups(holding line: Int) -> [Int] {
    guard filterPattern == nil else { return [] }
    var groups: [Int] = []
    var group = index.group(holding: line, includesHeading: false)
    // A group that begins before the slice has no heading here.
    while let inner = group, index.groups[inner].start >= bounds.lowerBound {
      groups.append(inner)
      let parent = Int(index.groups[inner].parent)
      group = parent >= 0 ? parent : nil
    }
    return groups
  }
}

extension LogPager {
  /// So many blocks' lines are remembered.
  private static let filterLimit = 256

  /// The first line that the filter shows at an offset or after it.
  private mutating func filteredLine(from offset: Int) -> Int? {
    guard let table = filtered?.table, offset < table.end else { return nil }
    var block = table.block(holding: offset) ?? 0
    while block < table.blockCount {
      if table.count(in: block) > 0 {
        let lines = filteredLines(in: block)
        let before = lines.partition { $0 < offset }
        if before < lines.count { return lines[before] }
      }
      block += 1
    }
    return nil
  }

  /// The last line that the filter shows before an offset.
  private mutating func filteredLine(before offset: Int) -> Int? {
    guard let table = filtered?.table, table.blockCount > 0 else { return nil }
    var block = table.block(holding: offset) ?? (offset < table.end ? -1 : table.blockCount - 1)
    while block >= 0 {
      if table.count(in: block) > 0 {
        let lines = filteredLines(in: block)
        let before = lines.partition { $0 < offset }
        if before > 0 { return lines[before - 1] }
      }
      block -= 1
    }
    return nil
  }

  private mutating func filteredLines(in block: Int) -> [Int] {
    guard let filtered else { return [] }
    if let lines = filtered.kept[block] ?? filterLines[block] { return lines }
    // The pattern has been through these lines once, so that it cannot take long now.
    let query = LogQuery(pattern: filterPattern, bounds: bounds)
    let lines =
      (try? LogSearch(file, query, store: store).lines(in: filtered.table.range(of: block))) ?? []
    if filterLines.count >= Self.filterLimit { filterLines.removeAll(keepingCapacity: true) }
    filterLines[block] = lines
    return lines
  }
}
