import Canvas

/// A piece of a line in one style.
struct Span: Sendable, Equatable {
  var text: String
  var style: Style

  init(_ text: String, _ style: Style = .plain) {
    self.text = PlainText.sanitized(text)
    self.style = style
  }

  var width: Int { DisplayWidth.of(text) }
}

extension Frame {
  /// Writes spans one after the other on one row, cut to a width.
  /// - Returns: The columns taken.
  @discardableResult
  mutating func put(_ spans: [Span], at point: Point, width: Int) -> Int {
    var used = 0
    for (index, span) in spans.enumerated() {
      guard used < width else { return used }
      let rest = spans[(index + 1)...].contains { !$0.text.isEmpty }
      // The last column is kept for the ellipsis when more would follow and has no room.
      let room = width - used
      let limit = rest && span.width >= room ? max(1, min(room, span.width - 1)) : room
      used += put(span.text, at: point.moved(columns: used), style: span.style, width: limit)
      if limit < room, span.width > limit { return used }
    }
    return used
  }
}

/// Groups of spans that share a line; what matters least is left out when there is no room.
struct SpanGroups {
  private struct Group {
    var spans: [Span]
    var rank: Int
    var width: Int
  }

  private var groups: [Group] = []

  /// Adds a group at the right of the others; the lowest rank is the last to be left out.
  mutating func add(_ spans: [Span], rank: Int) {
    guard !spans.isEmpty else { return }
    groups.append(Group(spans: spans, rank: rank, width: spans.reduce(0) { $0 + $1.width }))
  }

  /// What fits into a width, with a separator between the groups; `more` stands at the end for the
  /// groups that are left out.
  func fitted(to width: Int, separator: Span, more: Span? = nil) -> [Span] {
    let kept = fitting(width, separator)
    guard let more, kept.count < groups.count else { return spans(kept, separator) }
    let room = width - separator.width - more.width
    return spans(fitting(room, separator), separator) + [separator, more]
  }

  private func fitting(_ width: Int, _ separator: Span) -> Set<Int> {
    var kept = Set<Int>()
    var used = 0
    let ranked = groups.indices.sorted { (groups[$0].rank, $0) < (groups[$1].rank, $1) }
    for index in ranked {
      let more = groups[index].width + (kept.isEmpty ? 0 : separator.width)
      guard used + more <= width || kept.isEmpty else { continue }
      kept.insert(index)
      used += more
    }
    return kept
  }

  private func spans(_ kept: Set<Int>, _ separator: Span) -> [Span] {
    var spans: [Span] = []
    for index in groups.indices where kept.contains(index) {
      if !spans.isEmpty { spans.append(separator) }
      spans += groups[index].spans
    }
    return spans
  }
}
