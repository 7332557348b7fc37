import LogText
import Testing

@Suite("Searching a log")
struct PagerSearchTests {
  private func pattern(_ text: String, isRegex: Bool = false) throws -> LogPattern {
    try LogPattern(text, isRegex: isRegex)
  }

  private let text = (1...100).map { "line \($0)\($0 % 10 == 0 ? " Needle" : "")" }
    .joined(separator: "\n")

  @Test("Hits are found one after the other, counted and marked")
  func forward() throws {
    var pager = LogPager(text, rows: 10)
    pager.settle { $0.search(try? LogPattern("needle", isRegex: false)) }
    #expect(pager.cursorText == "line 10 Needle")
    #expect(pager.status.hits == .init(count: 10, isComplete: true, current: 1))
    let spans = try #require(pager.rows.first { $0.isCursor }).spans
    #expect(spans.map(\.text) == ["line 10 ", "Needle"])
    #expect(spans.map(\.isCurrentHit) == [false, true])
    pager.settle { $0.findNext(isBackward: false) }
    #expect(pager.cursorText == "line 20 Needle")
    #expect(pager.status.hits?.current == 2)
    #expect(pager.rows.flatMap(\.spans).count { $0.isHit } >= 1)
  }

  @Test("At an end the search goes on at the other, and says so")
  func wrapping() {
    var pager = LogPager(text, rows: 10)
    pager.settle { $0.search(try? LogPattern("needle", isRegex: false), isBackward: true) }
    #expect(pager.cursorText == "line 100 Needle")
    #expect(pager.status.message == "the search went on from the bottom")
    #expect(pager.status.hits?.current == 10)
    pager.settle { $0.findNext(isBackward: true) }
    #expect(pager.cursorText == "line 90 Needle")
    #expect(pager.status.message == nil)
    pager.settle { $0.findNext(isBackward: false) }
    pager.settle { $0.findNext(isBackward: false) }
    #expect(pager.cursorText == "line 10 Needle")
    #expect(pager.status.message == "the search went on from the top")
  }

  @Test("Several hits of a line are gone through one by one")
  func sameLine() {
    var pager = LogPager("aXbXc\nX\n")
    pager.settle { $0.search(try? LogPattern("x", isRegex: false)) }
    #expect(pager.rows[0].spans.map(\.isCurrentHit) == [false, true, false, false, false])
    pager.settle { $0.findNext(isBackward: false) }
    #expect(pager.rows[0].spans.map(\.isCurrentHit) == [false, false, false, true, false])
    pager.settle { $0.findNext(isBackward: false) }
    #expect(pager.status.hits?.current == 3)
    pager.settle { $0.findNext(isBackward: true) }
    #expect(pager.status.hits?.current == 2)
  }

  @Test("An upper-case letter tells cases apart, but for those of an escape")
  func smartCase() throws {
    var pager = LogPager("error\nERROR\nError\n")
    for (words, isRegex, count) in [
      ("error", false, 3), ("Error", false, 1), ("error", true, 3), ("Error", true, 1),
      ("\\Serror?", true, 0), ("\\Srror", true, 3), ("ÄRROR", false, 0),
    ] {
      let pattern = try pattern(words, isRegex: isRegex)
      pager.settle { $0.search(pattern) }
      #expect(pager.status.hits?.count == count, "\(words)")
    }
  }

  @Test("Case means nothing beyond ASCII either")
  func unicodeCase() throws {
    var pager = LogPager("ÄRGER\närger\n배포 시작\n")
    pager.settle { $0.search(try? LogPattern("ärger", isRegex: false)) }
    #expect(pager.status.hits?.count == 2)
    pager.settle { $0.search(try? LogPattern("Ärger", isRegex: true)) }
    #expect(pager.status.hits?.count == 0)
    pager.settle { $0.search(try? LogPattern("배포", isRegex: false)) }
    #expect(pager.cursorText == "배포 시작")
    #expect(pager.rows[2].spans.map(\.width) == [4, 5])
    pager.settle { $0.search(try? LogPattern("배.시", isRegex: true)) }
    #expect(pager.status.hits?.count == 0)
    pager.settle { $0.search(try? LogPattern("배..시", isRegex: true)) }
    #expect(pager.status.hits?.count == 1)
  }

  @Test("Only what is shown is searched, and all of it")
  func shownText() throws {
    let text = """
      2026-11-23T04:03:53.1234567Z ##[error]plain \u{1B}[31mred\u{1B}[0mder
      2026-11-23T04:03:53.1234567Z 10%\r20%
      2026-11-23T04:03:53.1234567Z ##[group]head

      """
    var pager = LogPager(text)
    for (words, count) in [
      ("2026", 0), ("31m", 0), ("redder", 1), ("Error: plain", 1), ("##[error]", 1), ("10%", 0),
      ("20%", 1), ("group", 0), ("head", 1), ("04:03", 0),
    ] {
      pager.settle { $0.search(try? LogPattern(words, isRegex: false)) }
      #expect(pager.status.hits?.count == count, "\(words)")
    }
    for (words, count) in [("^head$", 1), ("^Error", 1), ("^20%$", 1), ("^2", 1), ("er$", 1)] {
      pager.settle { $0.search(try? LogPattern(words, isRegex: true)) }
      #expect(pager.status.hits?.count == count, "\(words)")
    }
    pager.settle { $0.search(try? LogPattern("redder", isRegex: false)) }
    #expect(pager.rows[0].spans.filter(\.isCurrentHit).map(\.text) == ["red", "der"])
  }

  @Test("A search for a mark finds the lines that the log marks so, by the word that is shown")
  func marks() throws {
    let long = String(repeating: "x", count: 20_000)
    let text = """
      2026-11-23T04:03:53.1234567Z ##[error]Process completed with exit code 1.
      Error: Process completed, but not marked
      2026-11-23T04:03:53.1234567Z ##[warning]Process is old
      ##[group]Run make
      Run make again
      text ##[error]Process within a line
      [command]git status
      ##[error]\(long)
      """
    var pager = LogPager(text)
    for (words, isRegex, lines) in [
      ("##[error]", false, [1, 8]), ("##[error]Process", false, [1]), ("##[warning]", false, [3]),
      ("##[error]process completed", false, [1]), ("##[error]PROCESS", false, []),
      ("##[group]Run", false, [4]), ("##[group]", false, [4]), ("##[command]git", false, [7]),
      ("##[error].*code \\d", true, [1]), ("##\\[error\\]process", true, [1]),
      ("^##\\[warning\\].*old$", true, [3]), ("##[error]a|Process", true, [1]),
      ("##[error]\\E(", false, []), ("##[error]x", false, [8]), ("Error: Process", false, [1, 2]),
    ] as [(String, Bool, [Int])] {
      let pattern = try pattern(words, isRegex: isRegex)
      pager.settle { $0.goToTop() }
      pager.settle { $0.search(pattern) }
      #expect(pager.status.hits?.count == lines.count, "\(words)")
      if let first = lines.first { #expect(pager.status.cursorLine == first, "\(words)") }
      #expect(pager.rows.flatMap(\.spans).contains(where: \.isHit) == !lines.isEmpty, "\(words)")
      pager.settle { $0.search(nil) }
      pager.settle { $0.filter(pattern) }
      #expect(pager.status.filtered?.count == lines.count, "\(words)")
      pager.settle { $0.filter(nil) }
    }
    #expect(throws: LogPatternError.self) { try pattern("##[error](", isRegex: true) }
    pager.settle { $0.filter(try? LogPattern("##[error]", isRegex: false)) }
    pager.settle { $0.search(try? LogPattern("completed", isRegex: false)) }
    #expect(pager.status.hits?.count == 1)
  }

  @Test("A hit lies within one line, whatever the pattern says")
  func lines() {
    var pager = LogPager("foo\nbar\nfoo bar\nfoo\n\n\nbar\n")
    for (words, count) in [
      ("foo\\s+bar", 1), ("foo[^x]*bar", 1), ("o$\\s", 0), ("\\s+", 1), ("x*", 0), ("(?s)foo.*", 3),
    ] {
      pager.settle { $0.search(try? LogPattern(words, isRegex: true)) }
      #expect(pager.status.hits?.count == count, "\(words)")
    }
  }

  @Test("What is not there is said, and the screen stays")
  func notFound() {
    var pager = LogPager(text, rows: 10)
    _ = pager.scroll(rows: 30)
    let rows = pager.rows
    pager.settle { $0.search(try? LogPattern("absent", isRegex: false)) }
    #expect(pager.status.message == "not found: absent")
    #expect(pager.rows == rows)
    #expect(pager.status.hits?.current == nil)
    pager.settle { $0.search(nil) }
    #expect(pager.status.hits == nil)
    pager.settle { $0.findNext(isBackward: false) }
    #expect(pager.status.message == "nothing is looked for")
  }

  @Test("A hit to the side is brought onto the screen")
  func sideways() {
    var pager = LogPager(String(repeating: "가", count: 100) + "needle" + "tail\nx\n", columns: 30)
    pager.settle { $0.search(try? LogPattern("needle", isRegex: false)) }
    #expect(pager.status.column > 0)
    #expect(pager.rows[0].spans.contains { $0.isCurrentHit && $0.text == "needle" })
    checkInvariants(pager)
  }

  @Test("Errors and warnings are jumped to")
  func problems() {
    var lines = (1...50).map { "line \($0)" }
    lines[10] = "##[error]first"
    lines[20] = "2026-11-23T04:03:53.1234567Z ##[warning]hm"
    lines[30] = "\u{FEFF}##[error]second"
    var pager = LogPager(lines.joined(separator: "\n"), rows: 5)
    func jump(_ isBackward: Bool, _ kind: LogPager.Problem) -> String {
      pager.settle { $0.nextProblem(isBackward: isBackward, kind: kind) }
      return pager.cursorText
    }
    #expect(jump(false, .any) == "Error: first")
    #expect(jump(false, .any) == "Warning: hm")
    #expect(jump(false, .error) == "Error: second")
    #expect(pager.status.message == nil)
    #expect(jump(false, .error) == "Error: first")
    #expect(pager.status.message == "went on from the top")
    #expect(jump(true, .error) == "Error: second")
    #expect(pager.status.message == "went on from the bottom")
    #expect(jump(true, .warning) == "Warning: hm")
    #expect(pager.status.errorCount == 2)
    #expect(pager.status.warningCount == 1)
    var quiet = LogPager("a\n")
    quiet.settle { $0.nextProblem(isBackward: false, kind: .warning) }
    #expect(quiet.status.message == "there is no warning")
  }

  @Test("Findings of work that is out of date change nothing")
  func outdated() throws {
    var pager = LogPager(text, rows: 10)
    let old = pager.search(try pattern("line 50"))
    let new = pager.search(try pattern("line 7"))
    pager.settle(old)
    #expect(pager.cursorText == "line 1")
    pager.settle(new)
    #expect(pager.cursorText == "line 7")
  }

  @Test("Work that is cancelled reports nothing more")
  func cancelled() throws {
    var pager = LogPager(text, rows: 10)
    for work in pager.search(try pattern("needle")) {
      work.perform(isCancelled: { true }, report: { _ in Issue.record("reported") })
    }
    #expect(pager.status.isSearching)
  }

  @Test("A search asks every few thousand bytes whether anybody still waits")
  func asking() throws {
    let file = LogFile(bytes: Array(String(repeating: "some line\n", count: 25_000).utf8))
    var pager = LogPager(opening: file)
    for work in pager.search(try pattern("absent")) where work.kind == .count {
      var asked = 0
      work.perform(
        isCancelled: {
          asked += 1
          return false
        }, report: { _ in })
      #expect(asked > 25)
    }
  }
}
