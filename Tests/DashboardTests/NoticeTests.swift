import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Notices")
struct NoticeTests {
  @Test("A remark fades; an error stays until a key is pressed")
  func fading() {
    let driver = Driver().send(.notice(Notice("hello", .info))).expectScreen("hello")
    driver.send(.tick(Fixture.now.addingTimeInterval(5))).expectScreen("hello")
    driver.send(.tick(Fixture.now.addingTimeInterval(6))).expectNotOnScreen("hello")
    driver.send(.notice(Notice("broken", .error)))
    driver.send(.tick(Fixture.now.addingTimeInterval(6000))).expectScreen("broken")
    driver.press("j").expectNotOnScreen("broken")
  }

  @Test("q asks once more while something is under way, and any other key takes that back")
  func quitting() {
    Driver().press("q").effects(.quit)
    let request = RetryRequest(
      run: Fixture.key(302), attempt: 2, scope: .failedJobs, environment: "prd")
    let driver = Driver().act {
      $0.underway = .retry(request)
      return []
    }
    driver.press("q").effects().expectNotice("q again ends cdtop", .warning)
    driver.press("j", "q").effects().press("q").effects(.quit)
    driver.press("ctrl-c").effects(.quit)
  }

  @Test("A notice from outside commands nothing")
  func hostile() {
    let driver = Driver().send(.notice(Notice("a\u{1B}[2Jb\u{202E}c\nd", .error)))
    driver.expectScreen("abc d")
  }

  @Test("A message too long for a line takes more of them")
  func long() {
    let words = "the run could not be opened in the browser, because there is no browser at all"
    let driver = Driver(columns: 40, rows: 10).send(.notice(Notice(words, .error)))
    #expect(
      driver.frame.lines.suffix(3) == [
        "✗ the run could not be opened in the", "browser, because there is no browser at",
        "all",
      ])
  }

  @Test("Environments that a small header has no room for are hinted at, the calm ones first")
  func manyEnvironments() {
    var snapshot = Fixture.snapshot
    for index in 0..<6 {
      snapshot.sections.insert(
        Snapshot.Section(
          environment: Fixture.environment("qa\(index)"), deploys: [], sources: []), at: 0)
    }
    let header = Driver(snapshot, columns: 40, rows: 10).frame.lines[0]
    #expect(header.contains("dev 3◉1◌ stg?1◌ prd 1✗1◔ …"))
  }

  @Test("The budget and the pause are told")
  func budget() {
    var snapshot = Fixture.snapshot
    snapshot.rateLimit = RateLimit(
      limit: 5000, remaining: 480, used: 4520, resetsAt: Fixture.ago(-600))
    Driver(snapshot).expectScreen("API 480/5000 until 14:13")
    snapshot.pausedUntil = Fixture.ago(-300)
    let driver = Driver(snapshot).expectScreen("GitHub paused until 14:08")
    driver.press("R").effects(.refreshNow).expectNotice("until 14:08", .warning)
    driver.send(.nextRefresh(Fixture.ago(-7)))
    driver.send(.tick(Fixture.now.addingTimeInterval(400))).expectNotOnScreen("paused")
  }

  @Test("The countdown is shown while it is known")
  func countdown() {
    Driver().send(.nextRefresh(Fixture.ago(-7))).expectScreen("next in 7s")
      .send(.nextRefresh(nil)).expectNotOnScreen("next in")
  }
}
