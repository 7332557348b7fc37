/// What is known of a log's lines; a state that never changes.
package final class LogIndex: Sendable {
  /// How many bytes, from the beginning, it knows.
  package let covered: Int
  /// How many lines begin in those bytes.
  package let lineCount: Int
  /// How many of them are errors.
  package let errorCount: Int
  /// How many of them are warnings.
  package let warningCount: Int
  /// The groups that begin in those bytes, in order; the first ``IndexBuilder/groupLimit`` of them.
  package let groups: [LogGroup]
  /// Lines that are shown where nothing is folded; the ends of groups are not.
  let shownCount: Int
  /// What does not depend on how the last line goes on, to build upon.
  let settled: IndexBuilder

  /// An index that knows nothing yet.
  package convenience init() { self.init(IndexBuilder(), settled: IndexBuilder()) }

  init(_ builder: IndexBuilder, settled: IndexBuilder) {
    covered = builder.covered
    lineCount = builder.lineCount
    errorCount = builder.errorCount
    warningCount = builder.warningCount
    groups = builder.resolvedGroups()
    shownCount = builder.lineCount - builder.hiddenCount
    self.settled = settled
  }

  /// Whether it knows the first so many bytes.
  package func isComplete(for count: Int) -> Bool { covered >= count }

  /// The number of the line that holds an offset, counted from 1; `nil` where that is not known.
  func lineNumber(at offset: Int, in store: inout LineStore) -> Int? {
    guard offset <= covered else { return nil }
    let block = min(offset / IndexBuilder.stride, settled.newlines.count - 1)
    let start = block * IndexBuilder.stride
    return settled.newlines[block] + store.newlines(in: start..<offset) + 1
  }

  /// Where a line begins by its number, counted from 1; `nil` where that is not known.
  func offset(ofLine number: Int, in store: inout LineStore) -> Int? {
    guard number >= 1, number <= lineCount else { return nil }
    let wanted = number - 1
    let block = max(0, settled.newlines.partition { $0 < wanted } - 1)
    var offset = block * IndexBuilder.stride
    for _ in settled.newlines[block]..<max(wanted, settled.newlines[block]) {
      guard let newline = store.nextNewline(from: offset) else { return nil }
      offset = newline + 1
    }
    return offset
  }

  /// The innermost group whose lines hold an offset; `nil` where none does.
  ///
  /// A heading may belong to the group that it heads, or else to the one that it stands in.
  func group(holding offset: Int, includesHeading: Bool) -> Int? {
    let before = groups.partition { includesHeading ? $0.start <= offset : $0.start < offset }
    var index = before - 1
    while index >= 0, let end = groups[index].end, end <= offset {
      index = Int(groups[index].parent)
    }
    return index >= 0 ? index : nil
  }

  /// The group that a line heads; `nil` where it heads none.
  func group(headedAt start: Int) -> Int? {
    let index = groups.partition { $0.start < start }
    return index < groups.count && groups[index].start == start ? index : nil
  }
}

extension LogIndex: Hashable {
  /// Whether both are the same state of an index.
  package static func == (left: LogIndex, right: LogIndex) -> Bool { left === right }

  /// Hashes what tells this state from others.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
