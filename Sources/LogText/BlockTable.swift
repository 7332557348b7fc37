/// How much was found in each stretch of a log, one stretch after the other.
struct BlockTable: Sendable, Hashable {
  /// Where each stretch begins.
  private(set) var starts: [Int] = []
  /// How much was found before each stretch.
  private(set) var before: [Int] = []
  /// How much was found in all.
  private(set) var count = 0
  /// Where the last stretch ends.
  private(set) var end: Int

  init(from start: Int) { end = start }

  /// How many stretches there are.
  var blockCount: Int { starts.count }

  /// Adds a stretch.
  mutating func append(_ found: Int, upTo end: Int) {
    starts.append(self.end)
    before.append(count)
    count += found
    self.end = end
  }

  /// Takes the last stretch away.
  mutating func removeLast() {
    guard let start = starts.popLast(), let before = before.popLast() else { return }
    end = start
    count = before
  }

  /// The bytes of a stretch.
  func range(of block: Int) -> Range<Int> {
    starts[block]..<(block + 1 < starts.count ? starts[block + 1] : end)
  }

  /// How much was found in a stretch.
  func count(in block: Int) -> Int {
    (block + 1 < before.count ? before[block + 1] : count) - before[block]
  }

  /// The stretch that holds an offset; `nil` where none does.
  func block(holding offset: Int) -> Int? {
    guard let first = starts.first, first <= offset, offset < end else { return nil }
    return starts.partition { $0 <= offset } - 1
  }
}
