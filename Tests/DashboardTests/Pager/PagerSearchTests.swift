import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

@Suite("Searching and filtering in the pager")
struct PagerSearchTests {
  typealias My = PagerFixture

  private func driver(
    _ text: String = My.jobLog, columns: Int = 80, rows: Int = 24
  ) -> PagerDriver {
    let driver = PagerDriver(columns: columns, rows: rows)
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title)).effects(.openLog(My.source))
    return driver.news(My.source, .opened(My.file(text)), .ended)
  }

  @Test("Words are looked for, hits are counted and marked, n and N go round")
  func search() {
    let driver = driver().press("/").expectPrompt("/", "ctrl-t for a regex")
    driver.type("완료").expectScreen("/완료").press("enter").expectScreen("1 of 20")
    #expect(driver.cursorText?.contains("[1/20]") == true)
    driver.press("n").expectScreen("2 of 20").press("N", "N").expectScreen("20 of 20")
    driver.expectNotice("the search went on from the bottom")
    driver.press("n").expectScreen("1 of 20").expectNotice("went on from the top")
    driver.press("escape").expectNotOnScreen(" of 20").press("n").expectNotice(
      "nothing was looked for")
  }

  @Test("The hit that one is at looks different from the others, and does without colours")
  func marks() {
    let driver = driver(columns: 120, rows: 40).press("/").type("module1").press("enter")
    let plane = driver.frame.stylePlane
    let current = plane.filter { $0.contains("reversed") }
    let others = plane.filter { $0.contains("underlined") }
    #expect(current.count == 1 && others.count >= 5)
    for style in [Style.accent.bold.reversed, Style.accent.bold.underlined] {
      let look = Theme.standard.appearance(of: style, depth: .none)
      #expect(look.isReversed || look.isUnderlined)
    }
  }

  @Test("Small letters fit both cases, an upper-case letter only itself")
  func smartCase() {
    let driver = driver().press("/").type("error").press("enter")
    #expect(driver.pager?.log?.status.hits?.count == 3)
    driver.press("/").type("ERR").press("enter")
    #expect(driver.pager?.log?.status.hits?.count == 1)
    driver.press("/").type("eRR").press("enter").expectNotice("not found: eRR", .warning)
  }

  @Test("Backward, from the cursor on")
  func backward() {
    let driver = driver().press("G").press("\\").expectPrompt("\\").type("module").press("enter")
    #expect(driver.cursorText?.contains("module7") == true)
    driver.press("n")
    #expect(driver.cursorText?.contains("module20") == true)
    driver.press("N")
    #expect(driver.cursorText?.contains("module7") == true)
  }

  @Test("A regular expression, told wrong while it is typed, and remembered as such")
  func regex() {
    let driver = driver().press("/", "ctrl-t").expectPrompt("regex /", "ctrl-t for words")
    driver.type("module(1|2").expectPrompt("regex /", isWrong: true).press("enter")
    driver.expectPrompt("regex /", isWrong: true).type(")\\.ts").expectPrompt("regex /")
    driver.press("enter")
    #expect(driver.pager?.log?.status.hits?.count == 2)
    driver.press("/").expectPrompt("regex /").press("ctrl-t").expectPrompt("/")
    driver.press("escape")
  }

  @Test("Earlier patterns come back with the arrows, in other texts too")
  func recall() {
    let driver = driver()
    for words in ["one", "two", "one"] { driver.press("/").type(words).press("enter") }
    driver.press("/").type("thr").press("up")
    #expect(driver.pager?.question?.field.text == "one")
    driver.press("up", "up")
    #expect(driver.pager?.question?.field.text == "two")
    driver.press("down", "down")
    #expect(driver.pager?.question?.field.text == "thr")
    driver.press("escape", "escape", "q").effects(.closeLog(My.source))
    driver.open(.attempt(2, of: My.run, title: [])).dropEffects()
    driver.news(.attempt(My.run, attempt: 2), .opened(My.file(My.jobLog)), .ended)
    driver.press("&", "up")
    #expect(driver.pager?.question?.field.text == "one")
  }

  @Test("Nothing typed means what was looked for last")
  func repetition() {
    let driver = driver().press("/", "enter")
    #expect(driver.pager?.prompt == nil && driver.pager?.log?.pattern == nil)
    driver.press("/").type("module").press("enter").press("/", "enter")
    #expect(driver.pager?.log?.pattern?.text == "module")
  }

  @Test("What is not there is said so")
  func missing() {
    driver().press("/").type("no such words").press("enter").expectNotice(
      "not found: no such", .warning
    )
    .expectScreen("0 hits")
  }

  @Test("A count that goes on is a plus sign, and a search that goes on is shown")
  func counting() {
    let driver = driver()
    driver.holdsWork = true
    driver.press("/").type("module").press("enter").expectScreen("searching")
    driver.finishWork().expectScreen("1 of ").expectNotOnScreen("searching", "+")
  }

  @Test("A filter shows only the lines that fit, with their numbers; none shows all again")
  func filter() {
    let driver = driver().press("&").expectPrompt("&").type("완료").press("enter")
    driver.expectScreen("&완료 20 lines", "[20/20]").expectNotOnScreen("Current runner")
    #expect(driver.pager?.log?.rows.allSatisfy { $0.text.contains("완료") } == true)
    #expect((driver.pager?.log?.rows.first?.line ?? 0) > 10)
    driver.press("&").expectScreen("&완료").press("ctrl-u", "enter").expectNotOnScreen("20 lines")
    driver.press("&").type("nothing at all").press("enter").expectScreen("No line fits the filter")
    driver.press("escape").expectScreen("docker build")
  }

  @Test("Escape takes off the search, then the filter, then leaves")
  func escape() {
    let driver = driver().press("&").type("module").press("enter").press("/").type("완료")
      .press("enter")
    driver.press("escape")
    #expect(driver.pager?.log?.pattern == nil && driver.pager?.log?.filterPattern != nil)
    driver.press("escape")
    #expect(driver.pager?.log?.filterPattern == nil)
    driver.press("escape").effects(.closeLog(My.source))
  }

  @Test("A line that is typed can be edited and given up")
  func editing() {
    let driver = driver().press("/").type("abc결제").press("backspace", "left", "ctrl-w")
    #expect(driver.pager?.question?.field.text == "결" || driver.pager?.question?.field.text == "제")
    driver.press("escape")
    #expect(driver.pager?.prompt == nil && driver.pager?.log?.pattern == nil)
  }
}
