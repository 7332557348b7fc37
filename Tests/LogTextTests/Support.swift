import Canvas
import Testing

@testable import LogText

/// What several tests of the pager need.
extension LogPager {
  /// Opens a text.
  init(_ text: String, columns: Int = 80, rows: Int = 10, options: Options = Options()) {
    self.init(
      file: LogFile(bytes: Array(text.utf8)), columns: columns, rows: rows, options: options)
    settle(start())
  }

  /// Opens a file, with its first work done.
  init(opening file: LogFile, columns: Int = 80, rows: Int = 10, options: Options = Options()) {
    self.init(file: file, columns: columns, rows: rows, options: options)
    settle(start())
  }

  /// Does work and all that follows from it.
  mutating func settle(_ work: [LogWork]) {
    var open = work
    var rounds = 0
    while let next = open.first {
      open.removeFirst()
      rounds += 1
      guard rounds < 10_000 else {
        Issue.record("the work never ends")
        return
      }
      var findings: [LogFinding] = []
      next.perform(isCancelled: { false }, report: { findings.append($0) })
      for finding in findings { open += take(finding, of: next) }
    }
  }

  /// Changes the pager and does the work that follows.
  mutating func settle(_ change: (inout LogPager) -> [LogWork]) {
    settle(change(&self))
  }

  /// The rows' texts.
  var texts: [String] { rows.map(\.text) }
}

/// What must hold of a pager whatever it shows.
func checkInvariants(_ pager: LogPager, _ context: @autoclosure () -> String = "") {
  if pager.rows.count > pager.height { Issue.record("more rows than the screen has: \(context())") }
  var hasCursor = pager.rows.isEmpty
  for row in pager.rows {
    hasCursor = hasCursor || row.isCursor
    var width = row.lead
    for span in row.spans {
      width += span.width
      if let bad = span.text.unicodeScalars.first(where: isHarmful) {
        Issue.record("U+\(String(bad.value, radix: 16)) on the screen: \(context())")
      }
    }
    if width > pager.columns {
      Issue.record("a row of \(width) columns on \(pager.columns): \(context()) \(row.text)")
    }
    if !row.spans.allSatisfy({ $0.text.utf8.allSatisfy { $0 < 0x80 } }) {
      let measured = row.spans.reduce(0) { $0 + DisplayWidth.of($1.text) }
      if measured + row.lead > pager.columns {
        Issue.record("text of \(measured) columns on \(pager.columns): \(context()) \(row.text)")
      }
    } else if row.spans.contains(where: { $0.text.utf8.count != $0.width }) {
      Issue.record("a span says a wrong width: \(context())")
    }
    if let time = row.timestamp, time.utf8.count >= row.lead {
      Issue.record("a timestamp wider than its room: \(context())")
    }
  }
  if pager.cursor < pager.bounds.lowerBound || pager.cursor > pager.bounds.upperBound {
    Issue.record("the cursor is off the log: \(context())")
  }
  if !hasCursor { Issue.record("no cursor on the screen: \(context())") }
}

/// Whether a scalar could act on a terminal, or hide what stands there.
func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF: true
  default: false
  }
}
