extension LogPager {
  /// Folds or opens the innermost group that holds the line under the cursor.
  package mutating func toggleFold() -> [LogWork] {
    status.message = nil
    guard filterPattern == nil else {
      status.message = "a filtered log has no groups to fold"
      return []
    }
    guard let group = index.group(holding: cursor, includesHeading: true),
      index.groups[group].start >= bounds.lowerBound
    else {
      status.message = "the line is in no group"
      return []
    }
    let start = index.groups[group].start
    rearrange { $0.folds.set(start, folded: !$0.folds.isFolded(start)) }
    return []
  }

  /// Folds every group.
  package mutating func foldAll() -> [LogWork] {
    status.message = index.groups.isEmpty ? "the log has no groups" : nil
    rearrange { $0.folds.setAll(folded: true) }
    return []
  }

  /// Opens every group.
  package mutating func unfoldAll() -> [LogWork] {
    status.message = nil
    rearrange { $0.folds.setAll(folded: false) }
    return []
  }

  /// Changes which lines are shown; the line under the cursor, or what stands for it, keeps its
  /// row on the screen.
  mutating func rearrange(_ change: (inout LogPager) -> Void) {
    let row = rows.firstIndex { $0.offset == cursor && $0.isFirst } ?? 0
    change(&self)
    if isFollowing {
      showBottom()
      return
    }
    cursor = shown(nearest: cursor) ?? cursor
    top = self.row(row, above: Top(line: cursor))
    draw()
  }
}
