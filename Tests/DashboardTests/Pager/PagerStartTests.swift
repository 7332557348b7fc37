import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

@Suite("Where the pager puts the reader")
struct PagerStartTests {
  typealias My = PagerFixture

  private func open(
    _ start: PagerRequest.Start, _ news: LogNews..., columns: Int = 80, rows: Int = 24
  ) -> PagerDriver {
    let driver = PagerDriver(columns: columns, rows: rows)
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title, start: start))
    driver.effects(.openLog(My.source))
    for news in news { driver.news(My.source, news) }
    return driver
  }

  @Test("At the top, at the end, at a byte")
  func places() {
    let whole = LogNews.opened(My.file(My.jobLog))
    #expect(open(.top, whole, .ended).cursorLine == 1)
    open(.end, whole, .ended).expectScreen("Cleaning up orphan processes", "100%")
    let offset = My.jobLog.utf8.count / 2
    let middle = open(.byte(offset), whole, .ended).cursorLine ?? 0
    #expect(middle > 10 && middle < 40)
  }

  @Test("At the first error, as soon as the whole log is there")
  func firstError() {
    let driver = open(.firstError, .opened(My.file(My.jobLog)))
    driver.expectScreen("then its place is looked for", "a shows at once")
    driver.expectNotOnScreen("Current runner version")
    driver.news(My.source, .ended)
    #expect(driver.cursorText?.contains("결제 모듈 빌드 실패") == true)
  }

  @Test("Without an error, at the last lines")
  func noError() {
    let driver = open(.firstError, .opened(My.file(My.runnerLog(1...90))), .ended)
    driver.expectScreen("Running command 90")
    #expect(driver.model.notice == nil)
  }

  @Test("On a step, which is shown alone")
  func step() {
    let driver = open(.step(3), .opened(My.file(My.jobLog)), .ended)
    driver.expectScreen("build › Run build-deploy.sh", "step 3 of 6", "Run ./build-deploy.sh")
    driver.expectNotOnScreen("Current runner version")
    driver.press("G").expectNotOnScreen("Post job cleanup")
  }

  @Test("On a step's first error")
  func errorInStep() {
    let driver = open(.errorInStep(3), .opened(My.file(My.jobLog)), .ended)
    driver.expectScreen("step 3 of 6")
    #expect(driver.cursorText?.contains("결제 모듈 빌드 실패") == true)
    // Who went somewhere meanwhile is left there.
    let other = open(.errorInStep(3), .opened(My.file(My.jobLog)))
    other.press("a").expectScreen("Current runner version").news(My.source, .ended)
    #expect(other.cursorLine == 1)
  }

  @Test("A step that wrote nothing leads to the whole log")
  func silentStep() {
    open(.step(4), .opened(My.file(My.jobLog)), .ended).expectScreen(
      "Current runner version", "job log")
  }

  @Test("A step whose times are not known leads to the whole log, and that is said")
  func untimedStep() {
    var job = My.job
    for index in job.job.steps.indices {
      job.job.steps[index].startedAt = nil
      job.job.steps[index].completedAt = nil
    }
    for start in [PagerRequest.Start.step(3), .errorInStep(3)] {
      let driver = PagerDriver(columns: 80, rows: 24)
      driver.open(.jobLog(of: job, in: My.run, title: My.title, start: start))
      driver.effects(.openLog(My.source))
      driver.news(My.source, .opened(My.file(My.jobLog)))
      #expect(driver.model.notice == nil)
      driver.news(My.source, .ended).expectNotice("the times of step 3 are not known", .warning)
      driver.expectScreen("job log")
    }
  }

  @Test("A log that is cut off is shown as far as it has come")
  func cutOff() {
    let failure = ReadFailure(message: "the connection was lost", remedy: "R tries again.")
    open(.firstError, .opened(My.file(My.jobLog)), .failed(failure)).expectScreen(
      "결제 모듈 빌드 실패", "cut off")
  }

  @Test("Steps follow one another, from the one under the cursor on, and back to the whole")
  func steps() {
    let driver = open(.top, .opened(My.file(My.jobLog)))
    driver.press("]").expectNotice("when all of the log has come", .warning)
    driver.news(My.source, .ended).press("]").expectScreen("step 1 of 6", "› Set up job")
    driver.press("]").expectScreen("step 2 of 6", "› Check out the tag")
    driver.press("]").expectScreen("step 3 of 6").press("]").expectScreen("step 5 of 6")
    driver.press("[").expectScreen("step 3 of 6").press("a").expectScreen("job log")
    driver.press("a").expectNotice("all of the text is shown", .warning)
    driver.press("[").expectScreen("step 3 of 6")
    driver.press("]", "]", "]", "]").expectNotice("no step after this one", .warning)
    driver.press("a", "g", "[", "[").expectNotice("no step before this one", .warning)
  }
}
