/// Finds what is to be marked in the text on the screen.
struct HitMarker {
  /// The steps that a match may take from one place: a screen must not wait.
  private static let steps: UInt32 = 50_000
  /// A text that is longer is looked at only where it is seen, and so far around it.
  private static let nearby = 1024

  private let pattern: LogPattern?
  private let matcher: Matcher?
  private let current: LogHit?

  init(_ pattern: LogPattern?, current: LogHit?) {
    self.pattern = pattern
    matcher = pattern.flatMap { Matcher($0.compiled, steps: Self.steps) }
    self.current = current
  }

  /// The marks in a stretch of a line.
  ///
  /// - Parameters:
  ///   - stretch: the text.
  ///   - line: its line.
  ///   - position: the first byte that is seen.
  ///   - cells: how many columns are seen.
  /// - Returns: them, in order and without an overlap.
  func marks(
    in stretch: FlatText, of line: ShownLine, from position: Int, cells: Int
  ) -> [RowCollector.Mark] {
    var marks: [RowCollector.Mark] = []
    var currentRange: Range<Int>?
    if let current, current.line == line.start {
      let start = stretch.flat(at: current.range.lowerBound)
      let range = start..<max(start, stretch.flat(at: current.range.upperBound))
      if !range.isEmpty { currentRange = range }
    }
    let fits = pattern?.fitsMark(of: line) != false
    for range in fits ? hits(in: stretch.bytes, from: position, cells: cells) : [] {
      if let current = currentRange, range.overlaps(current) {
        if range.lowerBound != current.lowerBound { continue }
        currentRange = nil
        marks.append(RowCollector.Mark(range: range, isCurrent: true))
      } else {
        marks.append(RowCollector.Mark(range: range, isCurrent: false))
      }
    }
    if let currentRange {
      let place = marks.partition { $0.range.lowerBound < currentRange.lowerBound }
      marks.insert(RowCollector.Mark(range: currentRange, isCurrent: true), at: place)
    }
    return marks
  }

  private func hits(in bytes: [UInt8], from position: Int, cells: Int) -> [Range<Int>] {
    guard let matcher else { return [] }
    var seen = 0..<bytes.count
    if bytes.count > 2 * Self.nearby {
      let end = position + cells * 4 + Self.nearby
      seen = max(0, position - Self.nearby)..<min(bytes.count, end)
    }
    return bytes.withUnsafeBytes { all in
      let text = UnsafeRawBufferPointer(rebasing: all[0..<seen.upperBound])
      var hits: [Range<Int>] = []
      var start = seen.lowerBound
      while start < text.count, case .hit(let hit) = matcher.first(in: text, from: start) {
        hits.append(hit)
        start = hit.upperBound
      }
      return hits
    }
  }
}

extension LogPager {
  /// What marks the hits of the search, or of the filter where nothing is searched.
  func marker() -> HitMarker? {
    guard let pattern = pattern ?? filterPattern else { return nil }
    return HitMarker(pattern, current: self.pattern == nil ? nil : hit)
  }
}
