/// The lines of a part of a log that tell most.
package struct LogExcerpt: Sendable, Hashable {
  /// A line of an excerpt.
  package struct Line: Sendable, Hashable {
    /// Its place in the part, counted from 1.
    package var number: Int
    /// Its words, without timestamp, command and escape sequences; not yet made harmless.
    package var text: String
    /// Whether it tells of an error.
    package var isError: Bool

    /// Creates a line.
    package init(number: Int, text: String, isError: Bool) {
      self.number = number
      self.text = text
      self.isError = isError
    }
  }

  /// Lines in the log's order.
  package var lines: [Line]
  /// How many lines the part has.
  package var total: Int

  /// So many bytes of a line are given at most.
  private static let longest = 4096

  /// The first error lines and the last lines of a part of a log, in one pass over it.
  ///
  /// - Parameters:
  ///   - file: the log.
  ///   - range: the part, which begins and ends with a line; `nil` for all of it.
  ///   - limit: the most lines to give; a quarter of them may be errors that are not among the
  ///     last.
  /// - Returns: them, in the log's order.
  package static func of(_ file: LogFile, range: Range<Int>? = nil, limit: Int = 40) -> LogExcerpt {
    let bounds = LogPager.bounds(of: file.count, range)
    var errors: [LineReader.Line] = []
    var last: [LineReader.Line] = []
    var total = 0
    LineReader(file, bounds: bounds).forEach { line in
      total = line.number
      guard !line.isHidden else { return }
      if line.isError, errors.count < limit / 4 { errors.append(line) }
      last.append(line)
      if last.count >= 2 * max(1, limit) { last.removeFirst(last.count - max(1, limit)) }
    }
    last = last.suffix(limit)
    // Each error before the last lines takes the room of one of them.
    while let first = last.first,
      errors.count(where: { $0.number < first.number }) + last.count > limit
    {
      last.removeFirst()
    }
    let start = last.first?.number ?? .max
    var store = LineStore(file: file, bounds: bounds)
    let lines = (errors.filter { $0.number < start } + last).map { line in
      Line(number: line.number, text: text(at: line.start, in: &store), isError: line.isError)
    }
    return LogExcerpt(lines: lines, total: total)
  }

  private static func text(at start: Int, in store: inout LineStore) -> String {
    let line = store.line(at: start)
    let end = min(line.text.upperBound, line.text.lowerBound + longest)
    var flat = FlatText(rawStart: line.text.lowerBound)
    store.withBytes(line.text.lowerBound..<end) {
      flat.append($0, isLast: true)
    }
    return String(decoding: flat.bytes, as: UTF8.self)
  }
}
