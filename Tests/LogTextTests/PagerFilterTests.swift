import LogText
import Testing

@Suite("Filtering a log")
struct PagerFilterTests {
  private let text = (1...10_000).map { "line \($0)\($0 % 100 == 0 ? " hundred" : "")" }
    .joined(separator: "\n")

  @Test("Only the lines that fit are shown, with their numbers")
  func lines() {
    var pager = LogPager(text, rows: 5)
    pager.settle { $0.filter(try? LogPattern("hundred", isRegex: false)) }
    #expect(pager.rows.map(\.line) == [100, 200, 300, 400, 500])
    #expect(pager.status.filtered == .init(count: 100, isComplete: true))
    #expect(pager.rows[0].spans.map(\.isHit) == [false, true])
    _ = pager.goToBottom()
    #expect(pager.rows.map(\.line) == [9600, 9700, 9800, 9900, 10_000])
    _ = pager.scroll(rows: -1)
    #expect(pager.rows.first?.line == 9500)
    pager.settle { $0.goToLine(555) }
    #expect(pager.cursorText == "line 600 hundred")
    pager.settle { $0.filter(nil) }
    #expect(pager.cursorText == "line 600 hundred")
    #expect(pager.rows.map(\.line).contains(601))
    #expect(pager.status.filtered == nil)
  }

  @Test("A filter that most lines fit is scrolled to its end and back")
  func dense() {
    var pager = LogPager(text, rows: 50)
    pager.settle { $0.filter(try? LogPattern("[1-9]$", isRegex: true)) }
    #expect(pager.status.filtered?.count == 9000)
    var numbers = pager.rows.compactMap(\.line)
    while !pager.status.isAtEnd {
      _ = pager.scroll(rows: 50)
      numbers += pager.rows.compactMap(\.line).filter { $0 > numbers.last ?? 0 }
    }
    #expect(numbers == (1...10_000).filter { $0 % 10 != 0 })
  }

  @Test("The line under the cursor, or the next, is found again")
  func position() {
    var pager = LogPager(text, rows: 5)
    pager.settle { $0.goToLine(4242) }
    pager.settle { $0.filter(try? LogPattern("hundred", isRegex: false)) }
    #expect(pager.cursorText == "line 4300 hundred")
  }

  @Test("A filter that nothing fits shows nothing, and its end brings all back")
  func nothing() {
    var pager = LogPager(text, rows: 5)
    pager.settle { $0.goToLine(4242) }
    pager.settle { $0.filter(try? LogPattern("absent", isRegex: false)) }
    #expect(pager.rows.isEmpty)
    #expect(pager.status.filtered == .init(count: 0, isComplete: true))
    _ = pager.scroll(rows: 3)
    _ = pager.moveCursor(rows: 3)
    pager.settle { $0.filter(nil) }
    #expect(pager.cursorText == "line 4242")
  }

  @Test("A search looks only at the lines that the filter shows")
  func search() {
    var pager = LogPager(text, rows: 5)
    pager.settle { $0.filter(try? LogPattern("hundred", isRegex: false)) }
    pager.settle { $0.search(try? LogPattern("line 5", isRegex: false)) }
    #expect(pager.status.hits == .init(count: 11, isComplete: true, current: 1))
    #expect(pager.cursorText == "line 500 hundred")
    pager.settle { $0.findNext(isBackward: false) }
    #expect(pager.cursorText == "line 5000 hundred")
    pager.settle { $0.filter(nil) }
    #expect(pager.status.hits?.count == 1111)
    #expect(pager.status.hits?.current == 112)
  }

  @Test("Problems are looked for among the lines that the filter shows")
  func problems() {
    var pager = LogPager("a\n##[error]b\n##[error]c\n")
    pager.settle { $0.filter(try? LogPattern("[ac]", isRegex: true)) }
    #expect(pager.texts == ["a", "Error: b", "Error: c"].filter { !$0.hasSuffix("b") })
    pager.settle { $0.nextProblem(isBackward: false) }
    #expect(pager.cursorText == "Error: c")
  }

  @Test("Groups are flat while a filter is on")
  func groups() {
    var pager = LogPager("##[group]head x\nx\n##[endgroup]\n")
    _ = pager.foldAll()
    pager.settle { $0.filter(try? LogPattern("x", isRegex: false)) }
    #expect(pager.texts == ["head x", "x"])
    #expect(pager.rows.allSatisfy { $0.fold == nil && $0.depth == 0 })
    _ = pager.toggleFold()
    #expect(pager.status.message == "a filtered log has no groups to fold")
  }
}
