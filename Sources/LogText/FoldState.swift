/// Which groups of a log are folded.
struct FoldState: Sendable, Hashable {
  /// Whether groups are folded but for the exceptions.
  private var isFolded = false
  /// Where the heading lines begin of the groups that are not as most are.
  private var exceptions: Set<Int> = []

  /// Whether no group at all is folded.
  var isEmpty: Bool { !isFolded && exceptions.isEmpty }

  /// Whether the group is folded whose heading begins at an offset.
  func isFolded(_ start: Int) -> Bool { isFolded != exceptions.contains(start) }

  /// Folds a group, or opens it.
  mutating func set(_ start: Int, folded: Bool) {
    if folded == isFolded { exceptions.remove(start) } else { exceptions.insert(start) }
  }

  /// Folds all groups, or opens them.
  mutating func setAll(folded: Bool) {
    isFolded = folded
    exceptions = []
  }
}
