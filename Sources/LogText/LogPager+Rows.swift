extension LogPager {
  /// What drawing the screen has come to.
  private struct Screen {
    var rows: [LogRow] = []
    /// The lines that are shown, in order.
    var lines: [Int] = []
    /// Where what is shown ends in the file.
    var end: Int
    /// Whether nothing comes after it.
    var isAtEnd = false
  }

  /// Draws the screen anew after something has changed.
  mutating func draw() {
    var screen = screen()
    if screen.rows.count < height, let first = firstShown(), top != Top(line: first) {
      // The log's end stays at the bottom of the screen.
      top = bottom()
      screen = self.screen()
    }
    keepCursor(among: screen.lines)
    for index in screen.rows.indices {
      screen.rows[index].isCursor = screen.rows[index].offset == cursor
    }
    rows = screen.rows
    updateStatus(end: screen.end, isAtEnd: screen.isAtEnd)
  }

  /// Keeps the cursor on a line of the screen.
  private mutating func keepCursor(among lines: [Int]) {
    guard let first = lines.first, let last = lines.last else { return }
    if cursor < first { cursor = first }
    if cursor > last { cursor = last }
    let before = lines.partition { $0 <= cursor }
    cursor = lines[max(0, before - 1)]
  }

  private mutating func screen() -> Screen {
    var screen = Screen(end: bounds.lowerBound)
    var start = top.line < bounds.upperBound ? shown(from: top.line) : nil
    var firstRow = start == top.line ? top.row : 0
    var number: Int?
    var expected = -1
    let marker = marker()
    let words = ProblemWords()
    while let line = start.map({ store.line(at: $0) }), screen.rows.count < height {
      // Lines that follow each other need not be counted anew.
      number = line.start == expected ? number.map { $0 + 1 } : lineNumber(at: line.start)
      expected = line.next
      let room = height - screen.rows.count
      let drawn = draw(line, number: number, rows: firstRow..<firstRow + room, marker, words)
      if drawn.rows.isEmpty { break }
      screen.rows += drawn.rows
      screen.lines.append(line.start)
      screen.end = drawn.isWhole ? line.next : drawn.end
      firstRow = 0
      start = drawn.isWhole ? shown(after: line.start) : nil
      screen.isAtEnd = drawn.isWhole && start == nil
    }
    if screen.rows.isEmpty { screen.isAtEnd = true }
    return screen
  }

  /// Draws some rows of a line.
  private mutating func draw(
    _ line: ShownLine, number: Int?, rows wanted: Range<Int>, _ marker: HitMarker?,
    _ words: ProblemWords?
  ) -> (rows: [LogRow], isWhole: Bool, end: Int) {
    let depth = groups(holding: line.start).count
    let group = heads(line)
    let shape = shape(depth: depth, isHeading: group != nil)
    let text = text(of: line, rows: wanted, shape: shape, marker)
    let row = LogRow(
      line: number, offset: line.start, isFirst: true, kind: line.kind,
      told: words?.problem(of: line, in: &store), depth: depth,
      indent: shape.indent, fold: group.map(fold), timestamp: timestamp(of: line, shape),
      lead: shape.lead)
    var rows: [LogRow] = []
    for (position, drawn) in text.rows.enumerated() {
      var row = row
      row.isFirst = wanted.lowerBound + position == 0
      if !row.isFirst {
        row.timestamp = nil
        row.fold = nil
      }
      row.spans = drawn.spans
      row.isCutRight = drawn.isCutRight
      row.isCutLeft = !options.wraps && left > 0 && (!drawn.spans.isEmpty || !line.text.isEmpty)
      rows.append(row)
    }
    return (rows, text.isWhole, text.end)
  }

  /// The text of some rows of a line; one row more is tried, to know whether the line goes on.
  private mutating func text(
    of line: ShownLine, rows wanted: Range<Int>, shape: Shape, _ marker: HitMarker?
  ) -> (rows: [RowCollector.Row], isWhole: Bool, end: Int) {
    let wraps = options.wraps
    let columns = wraps ? 0..<shape.width : left..<left + shape.width
    let rows = wraps ? wanted.lowerBound..<wanted.upperBound + 1 : 0..<1
    let target = wraps ? LineWalker.Target.row(rows.lowerBound) : .column(columns.lowerBound)
    var collector = RowCollector(rows: rows, columns: columns, wraps: wraps)
    var walker = LineWalker(line, width: wraps ? shape.width : nil, toward: target, in: &store)
    var wantsMore = walker.skip(to: target, in: &store)
    while wantsMore {
      let marks = marker?.marks(
        in: walker.stretch, of: line, from: walker.position, cells: rows.count * columns.count)
      wantsMore =
        collector.collect(&walker, marks: marks ?? []) && walker.moveOn(in: &store)
    }
    collector.finish()
    let isWhole = !wraps || collector.rows.count < rows.count
    let drawn = isWhole ? collector.rows : Array(collector.rows.dropLast())
    return (drawn, isWhole, walker.place.raw)
  }

  private func fold(_ group: Int) -> LogRow.Fold {
    let group = index.groups[group]
    guard folds.isFolded(group.start) else { return .open }
    if let hidden = group.hiddenLines, group.end ?? .max <= bounds.upperBound {
      return .folded(hidden)
    }
    let isKnown = slice == nil && index.isComplete(for: bounds.upperBound)
    return .folded(isKnown ? index.shownCount - group.shownBefore - 1 : nil)
  }

  private mutating func timestamp(of line: ShownLine, _ shape: Shape) -> String? {
    guard shape.timestamp > 0, line.timestamp.count >= 19 else { return nil }
    let text = store.withBytes(line.timestamp) { String(decoding: $0, as: UTF8.self) }
    switch options.timestamps {
    case .hidden: return nil
    case .time: return String(text.dropFirst(11).prefix(8))
    case .full: return String(text.prefix(shape.timestamp - 1))
    }
  }
}

extension LogPager {
  /// Learns from the log's first lines whether lines have timestamps, and how wide they are.
  mutating func findTimestamps() {
    guard timestampColumns == 0 else { return }
    var start = bounds.lowerBound
    for _ in 0..<256 where start < bounds.upperBound {
      let line = store.line(at: start)
      timestampColumns = max(timestampColumns, line.timestamp.count)
      start = line.next
    }
  }
}
