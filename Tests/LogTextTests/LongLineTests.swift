import LogText
import Testing

@Suite("Long lines")
struct LongLineTests {
  /// A line of 10 MB between two short ones.
  private static let file: LogFile = {
    var bytes = Array("first\n".utf8)
    let plain = String(repeating: "0123456789abcdefghijklmnopqrstuvwxyz ", count: 50)
    let part = Array((plain + "\u{1B}[32mgreen\u{1B}[0m 한국어 ").utf8)
    bytes.reserveCapacity(10_600_000)
    while bytes.count < 10_000_000 { bytes += part }
    bytes += Array("needle at the end\nlast\n".utf8)
    return LogFile(bytes: bytes)
  }()

  @Test("A line of 10 MB is wrapped, scrolled and searched")
  func wrapped() {
    var pager = LogPager(opening: Self.file, rows: 24, options: .init(wraps: true))
    #expect(pager.rows[1].text.hasPrefix("0123456789"))
    #expect(pager.status.lineCount == 3)
    _ = pager.goToBottom()
    #expect(pager.texts.last == "last")
    checkInvariants(pager)
    for _ in 0..<20 { _ = pager.scroll(rows: -24) }
    checkInvariants(pager)
    _ = pager.goToTop()
    for _ in 0..<20 { _ = pager.scroll(rows: 24) }
    checkInvariants(pager)
    pager.settle { $0.search(try? LogPattern("needle", isRegex: false)) }
    #expect(pager.status.hits == .init(count: 1, isComplete: true, current: 1))
    #expect(pager.rows.contains { $0.spans.contains { $0.isCurrentHit } })
    checkInvariants(pager)
  }

  @Test("A line of 10 MB is looked at sideways")
  func sideways() {
    var pager = LogPager(opening: Self.file, rows: 24)
    #expect(pager.rows.count == 3)
    #expect(pager.rows[1].isCutRight)
    _ = pager.scrollSideways(columns: 1000)
    checkInvariants(pager)
    pager.settle { $0.search(try? LogPattern("needle", isRegex: false)) }
    #expect(pager.status.column > 8_000_000)
    #expect(pager.rows[1].spans.contains { $0.isCurrentHit && $0.text == "needle" })
    checkInvariants(pager)
    pager.settle { $0.search(try? LogPattern("GREEN", isRegex: false)) }
    #expect(pager.status.hits?.count == 0)
    pager.settle { $0.filter(try? LogPattern("needle", isRegex: false)) }
    #expect(pager.rows.map(\.line) == [2])
    pager.settle { $0.filter(nil) }
    #expect(pager.cursorBytes.count == 1024 * 1024)
    #expect(pager.cursorText.hasPrefix("0123456789abc"))
  }

  @Test("Hits are counted once, also where the pieces of a line meet")
  func pieces() {
    let text = String(repeating: "needle ", count: 30_000)
    var pager = LogPager("x\n" + text + "\ny\n")
    pager.settle { $0.search(try? LogPattern("needle", isRegex: false)) }
    #expect(pager.status.hits == .init(count: 30_000, isComplete: true, current: 1))
    pager.settle { $0.findNext(isBackward: true) }
    #expect(pager.status.hits?.current == 30_000)
    for _ in 0..<5 { pager.settle { $0.findNext(isBackward: true) } }
    #expect(pager.status.hits?.current == 29_995)
    pager.settle { $0.search(try? LogPattern("^needle|needle $", isRegex: true)) }
    #expect(pager.status.hits?.count == 2)
  }

  @Test("A line is laid out alike whether it is read in one piece or in many")
  func layout() {
    let part = "ab가\t나\u{1B}[31mc✅d\u{1B}[0me\u{301}"
    let long = String(repeating: part, count: 1000)
    var pager = LogPager(long, columns: 7, rows: 5, options: .init(wraps: true))
    _ = pager.goToBottom()
    let end = pager.texts
    _ = pager.goToTop()
    var down = pager.texts
    while !pager.status.isAtEnd {
      _ = pager.scroll(rows: 5)
      checkInvariants(pager)
      down = pager.texts
    }
    #expect(down == end)
  }

  @Test("What goes on for longer than a piece is shown all the same")
  func stubborn() {
    for part in ["\u{1B}[31m", "\u{301}", "\u{200D}", "\u{7}", "\u{1B}]0;"] {
      let text = "a" + String(repeating: part, count: 40_000) + "z\nnext\n"
      for wraps in [true, false] {
        var pager = LogPager(text, options: .init(wraps: wraps))
        checkInvariants(pager)
        _ = pager.goToBottom()
        #expect(pager.texts.last == "next")
        checkInvariants(pager)
      }
    }
  }
}
