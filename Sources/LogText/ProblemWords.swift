/// Knows a problem by the words that tools themselves write, where the log does not mark it.
///
/// What a line begins with tells most, or what follows the place in a file that a compiler names. A
/// line that merely speaks of errors, such as `0 errors` or a script that echoes one, is none.
struct ProblemWords {
  /// So much of a line is looked at.
  static let looked = 512
  /// So far above a line its traceback is looked for.
  private static let tracebackLimit = 200
  /// The steps that a match may take from one place.
  private static let steps: UInt32 = 100_000

  private let errors: Matcher
  private let warnings: Matcher
  private let endings: Matcher
  private let places: [Matcher]

  /// `nil` where memory is short; what only shows lines need not look for them.
  init?(isSearching: Bool = false) {
    func matcher(_ pattern: CompiledPattern?) -> Matcher? {
      pattern.flatMap { Matcher($0, steps: Self.steps, isModest: true) }
    }
    guard let errors = matcher(ProblemPatterns.errors),
      let warnings = matcher(ProblemPatterns.warnings),
      let endings = matcher(ProblemPatterns.tracebackEnds)
    else { return nil }
    let patterns = isSearching ? [ProblemPatterns.beginnings] + ProblemPatterns.middles : []
    let places = patterns.compactMap(matcher)
    guard places.count == patterns.count else { return nil }
    self.errors = errors
    self.warnings = warnings
    self.endings = endings
    self.places = places
  }

  /// What a line's words tell; `nil` where they tell of no problem, and where the log itself says
  /// what the line is.
  func problem(of line: ShownLine, in store: inout LineStore) -> LogPager.Told? {
    guard line.kind == .text, !line.text.isEmpty else { return nil }
    let head = Self.head(of: line, Self.looked, in: &store)
    return head.withUnsafeBytes { text in
      if Self.fits(errors, text) { return .error }
      if Self.fits(warnings, text) { return .warning }
      guard Self.fits(endings, text), endsTraceback(line, in: &store) else { return nil }
      return .error
    }
  }

  /// The places in some lines' text that may tell of a problem, in no order.
  func candidates(in text: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    for matcher in places {
      var start = 0
      while start < text.count, case .hit(let hit) = matcher.first(in: text, from: start) {
        body(hit.lowerBound)
        // One place of a line is enough.
        start =
          ByteScan.first(ByteScan.newline, in: text, hit.lowerBound..<text.count)
          .map { $0 + 1 } ?? text.count
      }
    }
  }

  private static func fits(_ matcher: Matcher, _ text: UnsafeRawBufferPointer) -> Bool {
    if case .hit = matcher.first(in: text, from: 0) { true } else { false }
  }

  private static func head(
    of line: ShownLine, _ length: Int, in store: inout LineStore
  ) -> ArraySlice<UInt8> {
    // Escape sequences take room of their own.
    let end = min(line.text.upperBound, line.text.lowerBound + 2 * length)
    var flat = FlatText(rawStart: line.text.lowerBound)
    store.withBytes(line.text.lowerBound..<end) { flat.append($0, isLast: true) }
    return flat.bytes.prefix(length)
  }

  /// Whether nothing but indented lines stand between a line and the beginning of a traceback.
  private func endsTraceback(_ line: ShownLine, in store: inout LineStore) -> Bool {
    var start = line.start
    for distance in 0..<Self.tracebackLimit {
      guard let before = store.start(before: start) else { return false }
      let above = Self.head(of: store.line(at: before), 64, in: &store)
      if !above.starts(with: "  ".utf8) {
        return distance > 0 && above.starts(with: "Traceback (most recent call last)".utf8)
      }
      start = before
    }
    return false
  }
}
