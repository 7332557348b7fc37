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

  @Test("A notice from outside commands nothing")
  func hostile() {
    let driver = Driver().send(.notice(Notice("a\u{1B}[2Jb\u{202E}c\nd", .error)))
    driver.expectScreen("abc d")
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
