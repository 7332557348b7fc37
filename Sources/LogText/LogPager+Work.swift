extension LogPager {
  /// So many bytes are indexed at once, without handing out work.
  private static let atOnce = 256 * 1024

  /// Takes in that the file holds more.
  package mutating func grow() -> [LogWork] {
    let count = file.count
    guard count > known else { return [] }
    known = count
    let wasEmpty = bounds.isEmpty
    takeBounds()
    indexAtOnce()
    findTimestamps()
    if wasEmpty, let first = firstShown() {
      cursor = first
      top = Top(line: first)
    }
    let work = workOnIndex() + workOnCount() + workOnFilter()
    if isFollowing { showBottom() } else { draw() }
    return work
  }

  /// Takes in that nothing more will come.
  package mutating func finish() -> [LogWork] {
    let work = grow()
    isFinished = true
    draw()
    return work
  }

  /// Restricts the view to a part of the file; `nil` shows all of it.
  package mutating func setSlice(_ slice: Range<Int>?) -> [LogWork] {
    guard slice != self.slice else { return [] }
    begin()
    self.slice = slice
    takeBounds()
    left = 0
    hit = nil
    // What is being looked for may be found outside.
    underWay[.find] = nil
    cursor = lineStart(at: cursor)
    beginFilter()
    cursor = shown(nearest: cursor) ?? cursor
    let work = workOnFilter() + recount()
    top = row((height - 1) / 2, above: Top(line: cursor))
    draw()
    return work
  }

  /// Takes in what a piece of work has found; findings of work that is out of date change nothing.
  package mutating func take(_ finding: LogFinding, of work: LogWork) -> [LogWork] {
    guard underWay[work.kind] == work else { return [] }
    switch finding {
    case .indexed(let index):
      guard case .index(_, let end) = work.task else { return [] }
      if index.isComplete(for: end) { underWay[.index] = nil }
      self.index = index
      updateNumbers()
      return workOnIndex()
    case .found(let hit):
      underWay[.find] = nil
      takeHit(hit, of: work)
      return []
    case .counted(let count):
      if count.isComplete { underWay[.count] = nil }
      hits = count
      if hitNumber == nil || count.isComplete { updateHitNumber() }
      draw()
      return workOnCount()
    case .filtered(let filter):
      if filter.isComplete { underWay[.filter] = nil }
      takeFilter(filter)
      return workOnFilter()
    case .failed(let message):
      underWay[work.kind] = nil
      takeFailure(message, of: work.kind)
      return []
    }
  }
}

extension LogPager {
  /// Notes a piece of work as under way.
  mutating func handOut(_ task: LogWork.Task) -> [LogWork] {
    let work = LogWork(task, on: file)
    underWay[work.kind] = work
    return [work]
  }

  /// The work that is left on the index; none while some is under way.
  mutating func workOnIndex() -> [LogWork] {
    guard underWay[.index] == nil, !index.isComplete(for: known) else { return [] }
    return handOut(.index(index, upTo: known))
  }

  /// The work that is left on the count of hits; none while some is under way.
  mutating func workOnCount() -> [LogWork] {
    guard pattern != nil, underWay[.count] == nil, let hits,
      !hits.isComplete || hits.table.end < bounds.upperBound
    else { return [] }
    return handOut(.count(query, hits))
  }

  /// The work that is left on the filter; none while some is under way.
  mutating func workOnFilter() -> [LogWork] {
    guard let filterPattern, underWay[.filter] == nil, let filtered,
      !filtered.isComplete || filtered.table.end < bounds.upperBound
    else { return [] }
    return handOut(.filter(LogQuery(pattern: filterPattern, bounds: bounds), filtered))
  }

  /// Counts the hits anew, since other lines are searched.
  mutating func recount() -> [LogWork] {
    guard pattern != nil else { return [] }
    underWay[.find] = nil
    underWay[.count] = nil
    hitNumber = nil
    hits = LogHitCount(isComplete: false, table: BlockTable(from: bounds.lowerBound))
    return workOnCount()
  }

  /// Indexes what is not yet, where that takes less than a frame.
  mutating func indexAtOnce() {
    guard underWay[.index] == nil else { return }
    let rest = known - index.covered
    guard rest > 0, rest <= Self.atOnce || index.covered == 0 else { return }
    let task = LogWork.Task.index(index, upTo: min(known, index.covered + Self.atOnce))
    var index = self.index
    LogWork(task, on: file).perform(isCancelled: { false }) { finding in
      if case .indexed(let later) = finding { index = later }
    }
    self.index = index
  }

  private mutating func takeBounds() {
    store.setBounds(Self.bounds(of: known, slice))
  }

  /// Draws what a later state of the index has changed.
  private mutating func updateNumbers() {
    if wantedLine != nil, goToWantedLine() { return }
    if isFollowing { showBottom() } else { draw() }
  }

  private mutating func takeFilter(_ filter: LogFilter) {
    // What was looked up of the last block may have been of fewer lines.
    filterLines = filterLines.filter { $0.key + 1 < filter.table.blockCount }
    filtered = filter
    if isFollowing {
      showBottom()
    } else if let wanted = wantedByte {
      cursor = shown(nearest: wanted) ?? cursor
      top = row((height - 1) / 2, above: Top(line: cursor))
      if filter.isComplete { wantedByte = nil }
      draw()
    } else {
      draw()
    }
  }

  private mutating func takeFailure(_ message: String, of kind: LogWork.Kind) {
    status.message = message
    switch kind {
    case .filter:
      filterPattern = nil
      beginFilter()
      rearrange { _ in }
      status.message = message
    case .count:
      hits = nil
      draw()
    case .find, .index:
      draw()
    }
  }
}

extension LogPager {
  /// So many bytes of a line are copied at most.
  private static let copied = 1024 * 1024

  /// The text of the line under the cursor, harmless, without its timestamp.
  package var cursorText: String {
    var copy = store
    guard !bounds.isEmpty else { return "" }
    let line = copy.line(at: cursor)
    var walker = LineWalker(line, width: nil, toward: .column(0), in: &copy)
    var collector = RowCollector(rows: 0..<1, columns: 0..<Self.copied, wraps: false)
    while collector.collect(&walker, marks: []), walker.moveOn(in: &copy) {}
    collector.finish()
    return collector.rows.first?.spans.map(\.text).joined() ?? ""
  }

  /// The bytes of the line under the cursor as they stand in the file, without the line's end; the
  /// first megabyte of them.
  package var cursorBytes: [UInt8] {
    var copy = store
    guard !bounds.isEmpty else { return [] }
    let line = copy.line(at: cursor)
    return file.read(line.start..<min(line.text.upperBound, line.start + Self.copied))
  }
}
