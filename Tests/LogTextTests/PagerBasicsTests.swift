import LogText
import Testing

@Suite("A log on the screen")
struct PagerBasicsTests {
  @Test("The first rows are there at once")
  func opening() {
    let pager = LogPager("one\ntwo\nthree", rows: 2)
    #expect(pager.texts == ["one", "two"])
    #expect(pager.rows.map(\.line) == [1, 2])
    #expect(pager.rows.map(\.isCursor) == [true, false])
    #expect(pager.status.lineCount == 3)
    #expect(!pager.status.isAtEnd)
    #expect(pager.status.percent == 61)
  }

  @Test("An empty log has no rows, and everything can be asked of it")
  func empty() {
    var pager = LogPager("")
    pager.settle { $0.scroll(rows: 5) }
    pager.settle { $0.goToBottom() }
    pager.settle { $0.goToTop() }
    pager.settle { $0.moveCursor(rows: -3) }
    pager.settle { $0.goToLine(7) }
    pager.settle { $0.go(toByte: 99) }
    pager.settle { $0.toggleFold() }
    pager.settle { $0.nextProblem(isBackward: false) }
    pager.settle { $0.search(try? LogPattern("x", isRegex: false)) }
    pager.settle { $0.findNext(isBackward: true) }
    pager.settle { $0.filter(try? LogPattern("x", isRegex: false)) }
    #expect(pager.rows.isEmpty)
    #expect(pager.cursorText.isEmpty)
    #expect(pager.status.isAtEnd)
    #expect(pager.status.lineCount == 0)
  }

  @Test("One byte is a line", arguments: ["x", "\n", "\r", "\u{7}"])
  func oneByte(_ text: String) {
    let pager = LogPager(text)
    #expect(pager.rows.count == 1)
    #expect(pager.status.lineCount == 1)
    checkInvariants(pager)
  }

  @Test("A last line without an end is a line, and an end begins no further one")
  func finalNewline() {
    #expect(LogPager("a\nb").texts == ["a", "b"])
    #expect(LogPager("a\nb\n").texts == ["a", "b"])
    #expect(LogPager("a\nb\n").status.lineCount == 2)
    #expect(LogPager("a\n\n").texts == ["a", ""])
  }

  @Test("Timestamps are hidden, short or in full")
  func timestamps() {
    let text = """
      2026-11-23T04:03:53.1234567Z one
      2026-11-23T04:03:54Z two
      three

      """
    var pager = LogPager(text)
    #expect(pager.texts == ["one", "two", "three"])
    #expect(pager.rows.map(\.timestamp) == [nil, nil, nil])
    _ = pager.setOptions(.init(timestamps: .time))
    #expect(pager.rows.map(\.timestamp) == ["04:03:53", "04:03:54", nil])
    #expect(pager.rows.map(\.lead) == [9, 9, 9])
    _ = pager.setOptions(.init(timestamps: .full))
    #expect(
      pager.rows.map(\.timestamp) == [
        "2026-11-23T04:03:53.1234567Z", "2026-11-23T04:03:54Z", nil,
      ])
    #expect(pager.texts == ["one", "two", "three"])
  }

  @Test("A log without timestamps keeps no room for them")
  func noTimestamps() {
    let pager = LogPager("plain\n", options: .init(timestamps: .full))
    #expect(pager.rows.map(\.lead) == [0])
  }

  @Test("The agent's prefix in a build's log is its timestamp, in both of its forms")
  func buildTimestamps() {
    let text = """
      [Container] 2026/11/23 04:03:53.123456 Entering phase BUILD
      [Container] 2016/04/15 17:49:42 Entering phase BUILD
      """
    let pager = LogPager(text, options: .init(timestamps: .time))
    #expect(pager.texts == ["Entering phase BUILD", "Entering phase BUILD"])
    #expect(pager.rows.map(\.timestamp) == ["04:03:53", "17:49:42"])
  }

  @Test("Byte order marks are not seen, wherever they stand")
  func marks() {
    let text =
      "\u{FEFF}2026-11-23T04:03:53.1234567Z \u{FEFF}one\ntw\u{FEFF}o\n\u{FEFF}##[error]three"
    let pager = LogPager(text)
    #expect(pager.texts == ["one", "two", "Error: three"])
  }

  @Test("What a carriage return overwrites is not seen")
  func carriageReturns() {
    let pager = LogPager(
      "10%\r20%\r30%\nwindows\r\n50%\r\nkept\r\r\n\r\n2026-11-23T04:03:53Z a\rb\r")
    #expect(pager.texts == ["30%", "windows", "50%", "kept", "", "b"])
  }

  @Test("Tabs reach to the next stop, and other controls are shown as signs")
  func controls() {
    let pager = LogPager("a\tb\t12345678\tc\nbell\u{7}\u{8}end\u{0}\nrtl\u{202E}x\u{200B}y\n")
    #expect(
      pager.texts == ["a       b       12345678        c", "bell\u{FFFD}end\u{FFFD}", "rtlxy"])
  }

  @Test("Bytes that are no UTF-8 show as U+FFFD")
  func invalid() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x28, 0xE2, 0x82, 0x0A, 0xED, 0xA0, 0x80, 0x62]
    let pager = LogPager(opening: LogFile(bytes: bytes))
    #expect(
      pager.texts == [
        "a\u{FFFD}\u{FFFD}(\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}\u{FFFD}b",
      ])
    checkInvariants(pager)
  }

  @Test("Wide characters are broken between, and never halved")
  func wide() {
    var pager = LogPager("가나다라마바사\n", columns: 5, options: .init(wraps: true))
    #expect(pager.texts == ["가나", "다라", "마바", "사"])
    #expect(pager.rows.map(\.isFirst) == [true, false, false, false])
    _ = pager.setOptions(.init())
    #expect(pager.texts == ["가나"])
    #expect(pager.rows[0].isCutRight)
    _ = pager.scrollSideways(columns: 3)
    #expect(pager.texts == [" 다라"])
    #expect(pager.rows[0].isCutLeft)
    checkInvariants(pager)
  }

  @Test("Marks, emoji and flags keep their characters together")
  func clusters() {
    let text = "cafe\u{301} 👩‍👩‍👧‍👦 🇰🇷🇩🇪 ❤️ 1️⃣ ✅ done नमस्ते"
    let pager = LogPager(text)
    #expect(pager.texts == [text])
    checkInvariants(pager)
  }

  @Test("A screen narrower than a character shows a sign for it")
  func narrow() {
    for wraps in [true, false] {
      let pager = LogPager("가a나", columns: 1, options: .init(wraps: wraps))
      checkInvariants(pager)
      if wraps { #expect(pager.texts == ["\u{FFFD}", "a", "\u{FFFD}"]) }
    }
  }

  @Test("The line under the cursor can be copied, as text and as bytes")
  func copying() {
    let text = "one\n2026-11-23T04:03:53.1234567Z \u{1B}[31mred\u{1B}[0m\ttext\r\n"
    var pager = LogPager(text)
    _ = pager.moveCursor(rows: 1)
    #expect(pager.cursorText == "red     text")
    #expect(
      pager.cursorBytes
        == Array("2026-11-23T04:03:53.1234567Z \u{1B}[31mred\u{1B}[0m\ttext".utf8))
  }
}
