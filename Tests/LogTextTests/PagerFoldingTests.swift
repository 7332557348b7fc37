import LogText
import Testing

@Suite("Folding the groups of a log")
struct PagerFoldingTests {
  private let nested = """
    before
    ##[group]outer
    a
    ##[group]inner
    b
    c
    ##[endgroup]
    d
    ##[endgroup]
    after
    """

  @Test("Groups nest, and their headings say so")
  func nesting() {
    let pager = LogPager(nested)
    #expect(pager.texts == ["before", "outer", "a", "inner", "b", "c", "d", "after"])
    #expect(pager.rows.map(\.depth) == [0, 0, 1, 1, 2, 2, 1, 0])
    #expect(pager.rows.map(\.indent) == [0, 0, 2, 2, 4, 4, 2, 0])
    #expect(pager.rows.map(\.fold) == [nil, .open, nil, .open, nil, nil, nil, nil])
  }

  @Test("A folded group shows its heading and how many lines it hides")
  func folding() {
    var pager = LogPager(nested)
    _ = pager.moveCursor(rows: 4)
    _ = pager.toggleFold()
    #expect(pager.texts == ["before", "outer", "a", "inner", "d", "after"])
    #expect(pager.rows[3].fold == .folded(2))
    #expect(pager.cursorText == "inner")
    _ = pager.moveCursor(rows: -1)
    _ = pager.toggleFold()
    #expect(pager.texts == ["before", "outer", "after"])
    #expect(pager.rows[1].fold == .folded(5))
    #expect(pager.rows.map(\.line) == [1, 2, 10])
    _ = pager.toggleFold()
    #expect(pager.texts == ["before", "outer", "a", "inner", "d", "after"])
    _ = pager.unfoldAll()
    #expect(pager.texts.count == 8)
    _ = pager.foldAll()
    #expect(pager.texts == ["before", "outer", "after"])
    #expect(pager.status.message == nil)
  }

  @Test("A line in no group cannot be folded, and says so")
  func nothingToFold() {
    var pager = LogPager(nested)
    _ = pager.toggleFold()
    #expect(pager.status.message == "the line is in no group")
    pager = LogPager("a\n")
    _ = pager.foldAll()
    #expect(pager.status.message == "the log has no groups")
  }

  @Test("An end without a group is nothing")
  func strayEnd() {
    let pager = LogPager("##[endgroup]\na\n##[group]g\nb\n##[endgroup]\n##[endgroup]\nc\n")
    #expect(pager.texts == ["a", "g", "b", "c"])
    #expect(pager.rows.map(\.depth) == [0, 0, 1, 0])
  }

  @Test("A group without an end runs to the next heading, or to the end")
  func missingEnd() {
    var pager = LogPager(
      "##[group]one\na\n##[group]two\nb\n##[endgroup]\nc\n##[group]three\nd\ne\n")
    #expect(pager.texts == ["one", "a", "two", "b", "c", "three", "d", "e"])
    #expect(pager.rows.map(\.depth) == [0, 1, 0, 1, 0, 0, 1, 1])
    _ = pager.foldAll()
    #expect(pager.texts == ["one", "two", "c", "three"])
    #expect(pager.rows.map(\.fold) == [.folded(1), .folded(1), nil, .folded(2)])
  }

  @Test("What is jumped to is opened")
  func revealing() {
    var pager = LogPager(nested)
    _ = pager.foldAll()
    pager.settle { $0.search(try? LogPattern("c", isRegex: false)) }
    #expect(pager.cursorText == "c")
    #expect(pager.texts.count == 8)
    _ = pager.foldAll()
    pager.settle { $0.goToLine(3) }
    #expect(pager.cursorText == "a")
    #expect(pager.texts == ["before", "outer", "a", "inner", "d", "after"])
  }

  @Test("Folding keeps the line under the cursor where it is")
  func steadiness() {
    var text = ""
    for group in 0..<30 {
      text += "##[group]group \(group)\n"
      for line in 0..<10 { text += "line \(line)\n" }
      text += "##[endgroup]\nbetween \(group)\n"
    }
    var pager = LogPager(text, rows: 20)
    pager.settle { $0.goToLine(13 * 20 + 6) }
    #expect(pager.cursorText == "line 4")
    let row = pager.rows.firstIndex(where: \.isCursor)
    _ = pager.foldAll()
    #expect(pager.cursorText == "group 20")
    #expect(pager.rows.firstIndex(where: \.isCursor) == row)
    _ = pager.unfoldAll()
    #expect(pager.cursorText == "group 20")
    #expect(pager.rows.firstIndex(where: \.isCursor) == row)
  }

  @Test("Countless groups without an end cost no more than those with one")
  func countless() {
    var pager = LogPager(String(repeating: "##[group]x\n", count: 60_000), rows: 5)
    #expect(pager.index.groups.count <= 50_000)
    _ = pager.foldAll()
    _ = pager.goToBottom()
    checkInvariants(pager)
    #expect(pager.rows.allSatisfy { $0.depth <= 32 })
  }
}
