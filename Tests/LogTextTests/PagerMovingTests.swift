import LogText
import Testing

@Suite("Moving through a log")
struct PagerMovingTests {
  private let numbers = (1...100).map(String.init).joined(separator: "\n") + "\n"

  @Test("Scrolling stops at both ends")
  func ends() {
    var pager = LogPager(numbers, rows: 10)
    _ = pager.scroll(rows: -5)
    #expect(pager.texts.first == "1")
    _ = pager.scroll(rows: 5)
    #expect(pager.texts.first == "6")
    _ = pager.scroll(rows: 1000)
    #expect(pager.texts.last == "100")
    #expect(pager.texts.first == "91")
    #expect(pager.status.isAtEnd)
    #expect(pager.status.percent == 100)
    _ = pager.goToTop()
    #expect(pager.texts.first == "1")
    _ = pager.goToBottom()
    #expect(pager.texts == (91...100).map(String.init))
    #expect(pager.cursorText == "100")
  }

  @Test("The cursor stays on the screen while it scrolls")
  func cursor() {
    var pager = LogPager(numbers, rows: 10)
    _ = pager.scroll(rows: 3)
    #expect(pager.cursorText == "4")
    _ = pager.moveCursor(rows: 4)
    _ = pager.scroll(rows: 2)
    #expect(pager.cursorText == "8")
    _ = pager.scroll(rows: -5)
    #expect(pager.cursorText == "8")
    _ = pager.scroll(rows: -50)
    #expect(pager.cursorText == "8")
    _ = pager.moveCursor(rows: 10)
    #expect(pager.cursorText == "18")
    #expect(pager.texts.last == "18")
    _ = pager.moveCursor(rows: -17)
    #expect(pager.texts.first == "1")
    _ = pager.moveCursor(rows: 1000)
    #expect(pager.cursorText == "100")
  }

  @Test("A line is gone to by its number, in the middle of the screen")
  func lines() {
    var pager = LogPager(numbers, rows: 10)
    pager.settle { $0.goToLine(50) }
    #expect(pager.cursorText == "50")
    #expect(pager.texts.first == "46")
    #expect(pager.status.topLine == 46)
    #expect(pager.status.cursorLine == 50)
    pager.settle { $0.goToLine(5000) }
    #expect(pager.cursorText == "100")
    #expect(pager.status.message == "line 100 is the last")
    pager.settle { $0.goToLine(-3) }
    #expect(pager.cursorText == "1")
    pager.settle { $0.go(toByte: 5) }
    #expect(pager.cursorText == "3")
  }

  @Test("A line that has not been counted yet is gone to when it is")
  func laterLines() {
    let text = (1...200_000).map { "line \($0)" }.joined(separator: "\n")
    var pager = LogPager(file: LogFile(bytes: Array(text.utf8)), columns: 80, rows: 10)
    let work = pager.start()
    #expect(pager.goToLine(150_000).isEmpty)
    #expect(pager.status.message == "line 150000 is shown as soon as it has been counted")
    #expect(pager.status.lineCount == nil)
    _ = pager.goToBottom()
    #expect(pager.cursorText == "line 200000")
    #expect(pager.rows.allSatisfy { $0.line == nil })
    _ = pager.goToLine(150_000)
    pager.settle(work)
    #expect(pager.cursorText == "line 150000")
    #expect(pager.status.cursorLine == 150_000)
    #expect(pager.status.lineCount == 200_000)
  }

  @Test("A line higher than the screen is scrolled before it is left")
  func highLine() {
    let text = "first\n" + String(repeating: "x", count: 95) + "\nlast\n"
    var pager = LogPager(text, columns: 10, rows: 4, options: .init(wraps: true))
    _ = pager.moveCursor(rows: 1)
    #expect(pager.rows.map(\.isFirst) == [true, true, false, false])
    for _ in 0..<7 { _ = pager.moveCursor(rows: 1) }
    #expect(pager.cursorText.count == 95)
    #expect(pager.texts == ["xxxxxxxxxx", "xxxxxxxxxx", "xxxxxxxxxx", "xxxxx"])
    _ = pager.moveCursor(rows: 1)
    #expect(pager.cursorText == "last")
    for _ in 0..<12 { _ = pager.moveCursor(rows: -1) }
    #expect(pager.cursorText == "first")
  }

  @Test("What is at the top stays there when the room changes")
  func resizing() {
    let text = (1...50).map { "\($0) " + String(repeating: "y", count: 30) }.joined(separator: "\n")
    var pager = LogPager(text, columns: 20, rows: 10, options: .init(wraps: true))
    _ = pager.scroll(rows: 20)
    let line = pager.rows[0].line
    _ = pager.resize(columns: 33, rows: 8)
    #expect(pager.rows[0].line == line)
    _ = pager.resize(columns: 7, rows: 3)
    #expect(pager.rows[0].line == line)
    _ = pager.setOptions(.init())
    #expect(pager.rows[0].line == line)
    checkInvariants(pager)
  }

  @Test("Sideways there is an end on either side")
  func sideways() {
    var pager = LogPager("short\n" + String(repeating: "0123456789", count: 10), columns: 20)
    _ = pager.scrollSideways(columns: 95)
    #expect(pager.texts == ["", "56789"])
    #expect(pager.status.column == 95)
    _ = pager.scrollSideways(columns: 1000)
    #expect(pager.texts[1] != "")
    _ = pager.scrollSideways(columns: -1000)
    #expect(pager.status.column == 0)
    #expect(pager.rows.map(\.isCutRight) == [false, true])
  }

  @Test("A slice is shown as if it were all there is")
  func slice() {
    let file = LogFile(bytes: Array(numbers.utf8))
    var pager = LogPager(file: file, columns: 80, rows: 5, slice: 21..<51)
    pager.settle(pager.start())
    #expect(pager.texts == ["11", "12", "13", "14", "15"])
    #expect(pager.rows.map(\.line) == [1, 2, 3, 4, 5])
    #expect(pager.status.lineCount == 10)
    pager.settle { $0.goToBottom() }
    #expect(pager.cursorText == "20")
    pager.settle { $0.goToLine(2) }
    #expect(pager.cursorText == "12")
    pager.settle { $0.search(try? LogPattern("2", isRegex: false)) }
    #expect(pager.status.hits?.count == 2)
    pager.settle { $0.setSlice(nil) }
    #expect(pager.cursorText == "12")
    #expect(pager.status.cursorLine == 12)
    #expect(pager.status.hits?.count == 20)
  }

  @Test("Scrolling down row by row shows what scrolling up does", arguments: [true, false])
  func downAndUp(wraps: Bool) {
    var generator = SeededGenerator(seed: 11)
    var text = ""
    for line in 0..<60 {
      if line % 9 == 0 { text += "##[group]heading \(line)\n" }
      if line % 9 == 7 { text += "##[endgroup]\n" }
      let alphabet = Array("abc 가나다✅\te\u{301}👩‍👩‍👧‍👦\u{1B}[31m")
      text += String(
        (0..<generator.next(below: 90)).compactMap { _ in alphabet.randomElement(using: &generator)
        })
      text += "\n"
    }
    for columns in [3, 17, 40] {
      var pager = LogPager(text, columns: columns, rows: 6, options: .init(wraps: wraps))
      var down = pager.rows.map(Drawn.init)
      while !pager.status.isAtEnd {
        _ = pager.scroll(rows: 1)
        down.append(Drawn(pager.rows[pager.rows.count - 1]))
      }
      _ = pager.goToBottom()
      var up = Array(pager.rows.map(Drawn.init).reversed())
      while up.count < down.count {
        _ = pager.scroll(rows: -1)
        up.append(Drawn(pager.rows[0]))
      }
      #expect(down == up.reversed())
    }
  }

  /// A row without the cursor.
  private struct Drawn: Equatable {
    var row: LogRow

    init(_ row: LogRow) {
      self.row = row
      self.row.isCursor = false
    }
  }

  @Test("A percentage that is gone to is the one that the status tells", arguments: [false, true])
  func percentages(wraps: Bool) {
    let text = (1...2000).map { "line \($0) \(String(repeating: "x", count: $0 % 97))\n" }.joined()
    var pager = LogPager(
      text, columns: 40, rows: 30, options: LogPager.Options(wraps: wraps))
    for percent in [2, 10, 50, 59, 99, 100] {
      pager.settle { $0.go(toPercent: percent) }
      #expect(pager.status.percent == percent)
      checkInvariants(pager, "\(percent)")
    }
    pager.settle { $0.go(toPercent: 0) }
    #expect(pager.rows.first?.line == 1)
    var empty = LogPager("")
    empty.settle { $0.go(toPercent: 50) }
    #expect(empty.rows.isEmpty)
  }
}
