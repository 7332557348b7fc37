extension LogPager {
  /// Changes the room; what is at the top stays there.
  package mutating func resize(columns: Int, rows: Int) -> [LogWork] {
    let (columns, rows) = (max(1, columns), max(1, rows))
    guard columns != self.columns || rows != height else { return [] }
    let anchor = topByte()
    self.columns = columns
    height = rows
    if isFollowing { showBottom() } else { restoreTop(anchor) }
    return []
  }

  /// Changes the view; what is at the top stays there.
  package mutating func setOptions(_ options: Options) -> [LogWork] {
    guard options != self.options else { return [] }
    let anchor = topByte()
    let beginsFollowing = options.follows && !self.options.follows
    self.options = options
    if options.wraps { left = 0 }
    if beginsFollowing { isFollowing = true }
    if !options.follows { isFollowing = false }
    if isFollowing { showBottom() } else { restoreTop(anchor) }
    return []
  }

  /// Moves the text by rows; up where negative.
  ///
  /// The cursor stays on the screen.
  package mutating func scroll(rows count: Int) -> [LogWork] {
    begin()
    guard !rows.isEmpty else { return [] }
    top = count < 0 ? row(-max(count, -Int(Int32.max)), above: top) : row(count, below: top)
    draw()
    isFollowing = options.follows && status.isAtEnd && count >= 0
    status.isFollowing = isFollowing && !isFinished
    return []
  }

  /// Moves the text by columns, to the left where negative; a broken line has nothing aside.
  package mutating func scrollSideways(columns count: Int) -> [LogWork] {
    status.message = nil
    guard !options.wraps else { return [] }
    let before = left
    left = max(0, min(left + count, Int(Int32.max)))
    draw()
    // Beyond the end of every line there is nothing to see.
    while left > before, rows.allSatisfy(\.spans.isEmpty) {
      left = left - before > 8 ? before + (left - before) / 2 : before
      draw()
    }
    return []
  }

  /// Goes to the first line.
  package mutating func goToTop() -> [LogWork] {
    begin()
    guard let first = firstShown() else { return [] }
    left = 0
    cursor = first
    top = Top(line: first)
    draw()
    return []
  }

  /// Goes to the last line, and follows if the options say so.
  package mutating func goToBottom() -> [LogWork] {
    begin()
    isFollowing = options.follows
    showBottom()
    return []
  }

  /// Goes to a line by its number, at once or as soon as it is known where that is.
  package mutating func goToLine(_ number: Int) -> [LogWork] {
    begin()
    wantedLine = max(1, number)
    if !goToWantedLine() {
      status.message = "line \(number) is shown as soon as it has been counted"
    }
    return []
  }

  /// Goes to the line that holds a byte, in the middle of the screen; groups open for it.
  package mutating func go(toByte offset: Int) -> [LogWork] {
    begin()
    show(line: lineStart(at: offset), isCentred: true)
    return []
  }

  /// Goes to so many percent of the way: the line that ends there is the last on the screen, so that
  /// the status tells the same number.
  package mutating func go(toPercent percent: Int) -> [LogWork] {
    guard percent > 0 else { return goToTop() }
    begin()
    guard percent < 100 else {
      showBottom()
      return []
    }
    let (whole, rest) = bounds.count.quotientAndRemainder(dividingBy: 100)
    let line = lineStart(at: bounds.lowerBound + whole * percent + (rest * percent + 99) / 100 - 1)
    open(groups(holding: line))
    cursor = shown(nearest: line) ?? bounds.lowerBound
    top = row(height - 1, above: Top(line: cursor, row: min(rowCount(of: cursor), height) - 1))
    draw()
    return []
  }

  /// Moves the cursor by shown lines; up where negative.
  ///
  /// One line up or down, along a line that is higher than the screen, moves the text instead.
  package mutating func moveCursor(rows count: Int) -> [LogWork] {
    begin()
    guard !rows.isEmpty, count != 0 else { return [] }
    switch count {
    case 1 where rows.last?.offset == cursor && !isLastRow(): top = row(1, below: top)
    case -1 where rows.first?.offset == cursor && rows.first?.isFirst == false:
      top = row(1, above: top)
    default: moveCursor(lines: count)
    }
    draw()
    if options.follows, count > 0, status.isAtEnd, shown(after: cursor) == nil {
      isFollowing = true
      status.isFollowing = !isFinished
    }
    return []
  }
}

extension LogPager {
  /// Forgets what was said and wanted before.
  mutating func begin() {
    status.message = nil
    wantedLine = nil
    wantedByte = nil
    isFollowing = false
  }

  /// Shows the log's end, with the cursor on the last line.
  mutating func showBottom() {
    top = bottom()
    cursor = lastShown() ?? bounds.lowerBound
    draw()
  }

  /// Goes to the line that was asked for by its number; false while it is not known where it is.
  mutating func goToWantedLine() -> Bool {
    guard let wanted = wantedLine, let base = baseLine() else { return wantedLine == nil }
    let isComplete = index.isComplete(for: bounds.upperBound)
    let target = index.offset(ofLine: base + wanted, in: &store)
    if let target, target < bounds.upperBound {
      // The last line that is known may be one that is known in part.
      wantedLine = nil
      // A slice may begin within a line.
      show(line: max(target, bounds.lowerBound), isCentred: true)
      return true
    }
    guard isComplete || target != nil else { return false }
    wantedLine = nil
    showBottom()
    if let last = status.lineCount { status.message = "line \(last) is the last" }
    return true
  }

  /// Puts the cursor on a line, opens what hides it, and brings it onto the screen.
  mutating func show(line: Int, isCentred: Bool) {
    open(groups(holding: line))
    cursor = shown(nearest: line) ?? bounds.lowerBound
    if isCentred || !rows.contains(where: { $0.offset == cursor && $0.isFirst }) {
      top = row((height - 1) / 2, above: Top(line: cursor))
    }
    draw()
  }

  /// Opens groups.
  mutating func open(_ groups: [Int]) {
    for group in groups { folds.set(index.groups[group].start, folded: false) }
  }

  /// The byte that the first row begins with, to find it again when rows are laid out anew.
  private mutating func topByte() -> Int {
    guard top.row > 0 else { return top.line }
    let line = store.line(at: top.line)
    var walker = LineWalker(
      line, width: shape(of: line).width, toward: .row(top.row), in: &store)
    _ = walker.skip(to: .row(top.row), in: &store)
    return walker.place.raw
  }

  private mutating func restoreTop(_ byte: Int) {
    if options.wraps, byte > top.line {
      top.row = place(ofByte: byte, in: store.line(at: top.line)).row
    } else {
      top.row = 0
    }
    let wanted = cursor
    draw()
    // Fewer rows may have pushed the cursor's line off the screen; it is what the operator reads.
    guard cursor != wanted else { return }
    cursor = wanted
    top = row(wanted > (rows.last?.offset ?? 0) ? height - 1 : 0, above: Top(line: wanted))
    draw()
  }

  /// Moves the cursor over lines, and the text as far as that needs.
  private mutating func moveCursor(lines count: Int) {
    var line = cursor
    var left = abs(count)
    while left > 0, let next = count > 0 ? shown(after: line) : shown(before: line) {
      line = next
      left -= 1
    }
    cursor = line
    if rows.contains(where: { $0.offset == line && $0.isFirst }) { return }
    if count > 0 {
      // As much of the line as the screen holds, from its first row on.
      let last = min(rowCount(of: line), height) - 1
      top = row(height - 1, above: Top(line: line, row: last))
    } else {
      top = Top(line: line, row: left == 0 && count == -1 ? max(0, rowCount(of: line) - 1) : 0)
    }
  }

  /// Whether the last row of the screen ends its line.
  private mutating func isLastRow() -> Bool {
    guard options.wraps, let last = rows.last else { return true }
    let shownRows = rows.count { $0.offset == last.offset }
    let first = last.offset == top.line ? top.row : 0
    return first + shownRows >= rowCount(of: last.offset)
  }
}
