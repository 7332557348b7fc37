import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

@Suite("The keys of the pager")
struct PagerKeyTests {
  typealias My = PagerFixture

  private func driver(
    _ text: String = My.jobLog, columns: Int = 80, rows: Int = 24
  ) -> PagerDriver {
    let driver = PagerDriver(columns: columns, rows: rows)
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title)).effects(.openLog(My.source))
    return driver.news(My.source, .opened(My.file(text)), .ended)
  }

  private static let numbered = (1...500).map { "line \($0)\n" }.joined()

  /// The numbers of the lines on the screen.
  private func lines(_ driver: PagerDriver) -> ClosedRange<Int>? {
    let numbers = driver.pager?.log?.rows.compactMap(\.line) ?? []
    guard let first = numbers.first, let last = numbers.last else { return nil }
    return first...last
  }

  @Test("The cursor goes by lines, with arrows and with letters")
  func cursor() {
    let driver = driver(Self.numbered)
    #expect(driver.cursorLine == 1)
    driver.press("down", "j", "j")
    #expect(driver.cursorLine == 4)
    driver.press("up", "k")
    #expect(driver.cursorLine == 2)
    #expect(lines(driver) == 1...22)
  }

  @Test(
    "Pages, half pages and rows",
    arguments: [
      (["pgdn"], 22), (["ctrl-f"], 22), (["space"], 22), (["pgdn", "pgdn", "pgup"], 22),
      (["space", "space", "b"], 22), (["space", "space", "ctrl-b"], 22), (["d"], 12),
      (["ctrl-d"], 12), (["d", "d", "u"], 12), (["d", "d", "ctrl-u"], 12), (["ctrl-e"], 2),
      (["ctrl-e", "ctrl-e", "ctrl-y"], 2),
    ] as [([Key], Int)])
  func scrolling(keys: [Key], top: Int) {
    let driver = driver(Self.numbered)
    for key in keys { driver.press(key) }
    #expect(lines(driver)?.lowerBound == top)
    #expect(lines(driver)?.count == 22)
  }

  @Test("The ends")
  func ends() {
    let driver = driver(Self.numbered).press("G")
    #expect(lines(driver)?.upperBound == 500 && driver.cursorLine == 500)
    driver.expectScreen("line 500 of 500 100%").press("g")
    #expect(lines(driver)?.lowerBound == 1 && driver.cursorLine == 1)
    driver.press("end").press("home")
    #expect(driver.cursorLine == 1)
  }

  @Test("A line by its number, or a percentage")
  func places() {
    let driver = driver(Self.numbered).press(":").expectPrompt(":", "a line, or a percentage")
    driver.type("250").press("enter")
    #expect(driver.cursorLine == 250)
    driver.press(":").type("50%").press("enter")
    #expect((240...260).contains(driver.cursorLine ?? 0))
    driver.expectScreen(" 50%").press(":").type("97%").press("enter").expectScreen(" 97%")
    driver.press(":").type("100%").press("enter")
    #expect(driver.cursorLine == 500)
    driver.press(":").type("0 %").press("enter")
    #expect(driver.cursorLine == 1)
    driver.press(":").type("nowhere").expectPrompt(":", isWrong: true).press("enter")
    driver.expectPrompt(":", "type a line, such as 120", isWrong: true).press("backspace")
    driver.expectPrompt(":", "a line, or a percentage", isWrong: true)
    driver.press("escape").press(":").press("enter")
    #expect(driver.pager?.prompt == nil && driver.cursorLine == 1)
    driver.press(":").type("99999").press("enter")
    #expect(driver.pager?.prompt == nil)
  }

  @Test("Sideways")
  func sideways() {
    let driver = driver().press("G", "k", "k", "k", "k", "k", "k")
    #expect(driver.cursorText?.contains("docker build") == true)
    driver.expectScreen("docker build --progress").press("right").expectScreen("column ")
    driver.expectNotOnScreen("docker build --progress").press("left")
    driver.expectScreen("docker build --progress").press("l", "l", "0")
    driver.expectScreen("docker build --progress").expectNotOnScreen("column ")
    driver.press("w").expectNotice("long lines are broken").expectScreen("Dockerfile .")
    driver.press("right").expectNotice("w lets them run on").press("W")
    driver.expectNotOnScreen("Dockerfile .").expectNotice("run on")
  }

  @Test("Errors, and errors with warnings")
  func problems() {
    let driver = driver()
    // What the log marks, and what a tool says in words of its own.
    for (key, words) in [
      ("e", "failed to solve"), ("e", "결제 모듈 빌드 실패"), ("e", "Process completed"),
      ("E", "결제 모듈 빌드 실패"), ("E", "failed to solve"), ("P", "module7"), ("P", "얕은 복제본"),
      ("p", "module7"), ("p", "failed to solve"),
    ] as [(Key, String)] {
      driver.press(key)
      #expect(driver.cursorText?.contains(words) == true, "\(key): \(words)")
    }
    driver.expectScreen("✗2 !1")
  }

  @Test("Groups are folded and opened, one and all")
  func folds() {
    let driver = driver().expectScreen("Version: 20261101.1").press("j", "j", "z")
    driver.expectNotOnScreen("Version: 20261101.1").expectScreen("▸ Runner Image ∙ ")
    driver.press("enter").expectScreen("Version: 20261101.1", "▾ Runner Image")
    driver.press("Z").expectNotOnScreen("Version: 20261101.1", "repository: acme/shop ")
    driver.press("Z").expectScreen("Version: 20261101.1")
  }

  @Test("Times: none, of day, whole")
  func times() {
    let driver = driver().expectNotOnScreen("13:31:47").press("t").expectNotice("times of day")
    driver.expectScreen("13:31:47 Current").press("T").expectScreen("2026-11-12")
    driver.press("t").expectNotOnScreen("13:31").expectNotice("hidden")
  }

  @Test("Lines are numbered where there is room, and wherever they are wanted")
  func numbers() {
    let wide = driver(Self.numbered).expectScreen("▐  1  line 1").press("#")
    wide.expectScreen("▐  line 1").press("#").expectScreen("▐  1  line 1")
    let narrow = driver(Self.numbered, columns: 40, rows: 10).expectScreen("▐  line 1")
    narrow.press("#").expectScreen("▐  1  line 1")
  }

  @Test("What is chosen about the view is kept for the next text")
  func habits() {
    let driver = driver().press("t", "w", "#").press("q").effects(.closeLog(My.source))
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title)).effects(.openLog(My.source))
    driver.news(My.source, .opened(My.file(My.jobLog)), .ended)
    driver.expectScreen("▐  13:31:47 Current")
    #expect(driver.pager?.log?.options.wraps == true)
  }

  @Test("A line is copied; the text is lent to a pager and to an editor; the page is opened")
  func taking() {
    let driver = driver().press("y").effects(.copy("Current runner version: '2.329.0'"))
    driver.expectNotice("copied", .success)
    driver.press("v").effects(.lendLog(My.source, to: .editor))
    driver.press("|").effects(.lendLog(My.source, to: .pager))
    driver.press("o").effects(.openInBrowser(My.job.job.url))
  }

  @Test("Help shows every key of the pager, and of a line that is typed")
  func help() {
    let driver = driver(columns: 120, rows: 120).press("?")
    for command in Command.allCases where !command.keys(in: .pager).isEmpty {
      let words = command.entry.summary.split(separator: " ").prefix(4).joined(separator: " ")
      driver.expectScreen(words)
    }
    driver.expectScreen("Not now: all of the text is shown").press("escape")
    #expect(driver.pager != nil)
    driver.press("/").press("f1").expectScreen("Take what is typed as a regular expression")
    driver.press("escape").expectPrompt("/")
  }

  @Test("The footer names the keys in the order of their use")
  func footer() {
    let footer = driver().frame.lines.last ?? ""
    #expect(
      footer.hasPrefix("? keys  / search  esc back  e error  ] step  L other log  z fold  & filter")
    )
  }

  @Test("Every key does something or says why not, with a text and without one")
  func everyKey() {
    let keys = Set(Command.allCases.flatMap { $0.keys(in: .pager) })
    for key in keys {
      let waiting = PagerDriver().open(.jobLog(of: My.job, in: My.run, title: My.title))
      for driver in [driver(), waiting.dropEffects()] {
        driver.press(key).dropEffects()
        let words = driver.model.notice?.notice.text
        #expect(words?.contains("does nothing here") != true, "\(key)")
      }
    }
    #expect(keys.count > 50)
  }
}
