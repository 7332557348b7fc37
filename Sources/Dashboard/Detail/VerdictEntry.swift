import Canvas

/// One thing to know at the top of a run's screen.
struct VerdictEntry: Sendable, Equatable {
  /// What gives way when there is no room for all, the last first.
  enum Rank: Int, Sendable, Comparable {
    case headline
    case cause
    case source
    case evidence
    case advice

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  var rank: Rank
  /// Who says it; empty for ourselves.
  var source = ""
  var text: String
  var style: Style
  /// Whether one line of it will do, for the rest stands elsewhere.
  var isCuttable = false

  /// The columns of the sources' names, where there is room for them.
  private static let indent = 10

  /// All that there is to say, in lines of a width.
  static func lines(_ entries: [VerdictEntry], width: Int) -> [[Span]] {
    entries.flatMap { entry in entry.spans(entry.wrapped(width), width: width) }
  }

  /// What there is to say in at most so many lines.
  ///
  /// What counts most has its lines first: a headline and each source one, the reason all that it
  /// needs, then whatever is left one each, and more while there is room. The last line of an entry
  /// shows that it is cut.
  /// - Returns: The lines, and the entries of which something is missing that stands nowhere else.
  static func lines(
    _ entries: [VerdictEntry], width: Int, limit: Int
  ) -> (lines: [[Span]], missing: [VerdictEntry]) {
    let wrapped = entries.map { $0.wrapped(width) }
    let ranked = entries.indices.sorted { (entries[$0].rank, $0) < (entries[$1].rank, $1) }
    let urgent = ranked.filter { entries[$0].rank <= .source }
    let causes = ranked.filter { entries[$0].rank == .cause }
    var shares: [Int: Int] = [:]
    var left = limit
    func give(_ index: Int, upTo count: Int) {
      let more = min(left, count - shares[index, default: 0])
      guard more > 0 else { return }
      shares[index, default: 0] += more
      left -= more
    }
    for index in urgent { give(index, upTo: 1) }
    for index in causes { give(index, upTo: wrapped[index].count) }
    for index in ranked { give(index, upTo: max(1, shares[index, default: 0])) }
    for index in ranked where !entries[index].isCuttable {
      give(index, upTo: wrapped[index].count)
    }
    let missing = entries.indices.filter { index in
      shares[index].map { $0 < wrapped[index].count && !entries[index].isCuttable } ?? true
    }
    let lines = entries.indices.flatMap { index -> [[Span]] in
      guard let share = shares[index] else { return [] }
      let all = wrapped[index]
      let lines = all[..<(share - 1)] + [all[(share - 1)...].joined(separator: " ")]
      return entries[index].spans(Array(lines), width: width)
    }
    return (lines, missing.map { entries[$0] })
  }

  private func hasMargin(_ width: Int) -> Bool { !source.isEmpty && width >= 60 }

  private func wrapped(_ width: Int) -> [String] {
    if hasMargin(width) { return TextWrap.lines(text, width: width - Self.indent) }
    return TextWrap.lines(source.isEmpty ? text : "\(source): \(text)", width: width)
  }

  private func spans(_ lines: [String], width: Int) -> [[Span]] {
    lines.enumerated().map { index, line in
      guard hasMargin(width) else { return [Span(line, style)] }
      let margin = DisplayWidth.padded(index == 0 ? source : "", to: Self.indent)
      return [Span(margin, .dim), Span(line, style)]
    }
  }
}
