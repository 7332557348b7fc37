import Foundation
import LogText
import Testing

@Suite("A log that grows")
struct PagerGrowthTests {
  @Test("The end is followed until somebody looks elsewhere")
  func following() {
    let file = LogFile(bytes: [])
    var pager = LogPager(opening: file, rows: 3, options: .init(follows: true))
    #expect(pager.rows.isEmpty)
    for line in 1...10 {
      file.append("line \(line)\n".utf8)
      pager.settle { $0.grow() }
    }
    #expect(pager.texts == ["line 8", "line 9", "line 10"])
    #expect(pager.cursorText == "line 10")
    #expect(pager.status.isFollowing)
    _ = pager.scroll(rows: -2)
    #expect(!pager.status.isFollowing)
    file.append("line 11\n".utf8)
    pager.settle { $0.grow() }
    #expect(pager.texts == ["line 6", "line 7", "line 8"])
    #expect(pager.status.lineCount == 11)
    #expect(!pager.status.isAtEnd)
    _ = pager.goToBottom()
    #expect(pager.status.isFollowing)
    file.append("line 12\n".utf8)
    pager.settle { $0.grow() }
    #expect(pager.texts.last == "line 12")
    pager.settle { $0.finish() }
    #expect(!pager.status.isFollowing)
  }

  @Test("Without following, more only adds to what can be reached")
  func notFollowing() {
    let file = LogFile(bytes: Array("a\nb\n".utf8))
    var pager = LogPager(opening: file, rows: 5)
    file.append("c\n".utf8)
    #expect(pager.texts == ["a", "b"])
    pager.settle { $0.grow() }
    #expect(pager.texts == ["a", "b", "c"])
    #expect(pager.cursorText == "a")
  }

  @Test("A line that comes in parts is one line")
  func parts() {
    let file = LogFile(bytes: [])
    var pager = LogPager(opening: file, rows: 5)
    let line = "2026-11-23T04:03:53.1234567Z ##[error]배포 failed\n"
    for byte in (line + line).utf8 {
      file.append([byte])
      pager.settle { $0.grow() }
      checkInvariants(pager)
    }
    #expect(pager.texts == ["Error: 배포 failed", "Error: 배포 failed"])
    #expect(pager.status.errorCount == 2)
    #expect(pager.status.lineCount == 2)
  }

  @Test("Groups end when their end comes")
  func groups() {
    let file = LogFile(bytes: Array("##[group]one\na\n".utf8))
    var pager = LogPager(opening: file, rows: 10)
    _ = pager.foldAll()
    #expect(pager.rows.map(\.fold) == [.folded(1)])
    file.append("b\n".utf8)
    pager.settle { $0.grow() }
    #expect(pager.rows.map(\.fold) == [.folded(2)])
    file.append("##[endgroup]\nc\n##[group]two\nd".utf8)
    pager.settle { $0.grow() }
    #expect(pager.texts == ["one", "c", "two"])
    #expect(pager.rows.map(\.fold) == [.folded(2), nil, .folded(1)])
  }

  @Test("Hits and filtered lines are counted on from where they were")
  func counts() {
    let file = LogFile(bytes: Array("x\ny\nx".utf8))
    var pager = LogPager(opening: file, rows: 10)
    pager.settle { $0.search(try? LogPattern("x", isRegex: false)) }
    #expect(pager.status.hits == .init(count: 2, isComplete: true, current: 1))
    file.append("x\nx\n".utf8)
    pager.settle { $0.grow() }
    #expect(pager.status.hits == .init(count: 4, isComplete: true, current: 1))
    pager.settle { $0.search(nil) }
    pager.settle { $0.filter(try? LogPattern("x$", isRegex: true)) }
    #expect(pager.texts == ["x", "xx", "x"])
    file.append("ax".utf8)
    pager.settle { $0.grow() }
    #expect(pager.texts == ["x", "xx", "x", "ax"])
    file.append("b\nx\n".utf8)
    pager.settle { $0.grow() }
    #expect(pager.texts == ["x", "xx", "x", "x"])
    #expect(pager.status.filtered == .init(count: 4, isComplete: true))
  }

  @Test("What grows while work is under way is taken in by the work that follows")
  func whileWorking() {
    let file = LogFile(bytes: Array(String(repeating: "line\n", count: 100_000).utf8))
    var pager = LogPager(file: file, columns: 80, rows: 10)
    let index = pager.start()
    let search = pager.search(try? LogPattern("line", isRegex: false))
    file.append(String(repeating: "line\n", count: 100_000).utf8)
    #expect(pager.grow().isEmpty)
    pager.settle(index + search)
    #expect(pager.status.lineCount == 200_000)
    #expect(pager.status.hits?.count == 200_000)
  }

  @Test("A file is read as it grows, even without its name")
  func files() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("log-\(UUID().uuidString)").path
    try Data("one\n".utf8).write(to: URL(fileURLWithPath: path))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    var pager = LogPager(opening: try LogFile(path: path), options: .init(follows: true))
    try FileManager.default.removeItem(atPath: path)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("two\n".utf8))
    pager.settle { $0.grow() }
    #expect(pager.texts == ["one", "two"])
    // A file that somebody cut short gives what is left of it.
    try handle.truncate(atOffset: 5)
    _ = pager.scroll(rows: -1)
    checkInvariants(pager)
    try handle.close()
  }

  @Test("A file that cannot be opened says why and what to do")
  func missing() {
    let path = "/nonexistent/log"
    do {
      _ = try LogFile(path: path)
      Issue.record("opened")
    } catch {
      #expect(error.message == "/nonexistent/log cannot be opened: No such file or directory")
      #expect(!error.remedy.isEmpty)
    }
    #expect(throws: LogFileError.self) { try LogFile(path: "/") }
    #expect(throws: LogFileError.self) { try LogFile(path: "/dev/zero") }
  }
}
