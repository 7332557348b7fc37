import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Frames of a run's screen on file")
struct DetailGoldenTests {
  static let sizes = [(40, 10), (80, 24), (120, 40), (200, 60)]

  @Test("A failed step, its lines read", arguments: sizes)
  func failedStep(_ size: (Int, Int)) {
    let driver = Driver(Fixture.snapshot(Fixture.brokenStep), columns: size.0, rows: size.1)
    driver.open(Fixture.brokenStep).answerAll()
    expectGolden(driver.frame, "detail-failed-\(size.0)x\(size.1)")
  }

  @Test("A job whose runner never came", arguments: sizes)
  func noRunner(_ size: (Int, Int)) {
    let driver = Driver(Fixture.snapshot(Fixture.unclaimed), columns: size.0, rows: size.1)
    driver.open(Fixture.unclaimed).answer(.artifacts, .artifacts([]))
    expectGolden(driver.frame, "detail-no-runner-\(size.0)x\(size.1)")
  }

  @Test("Three sources that disagree", arguments: sizes)
  func disagreement(_ size: (Int, Int)) {
    let driver = Driver(Fixture.snapshot(Fixture.disagreeing), columns: size.0, rows: size.1)
    driver.open(Fixture.disagreeing).answerAll()
    expectGolden(driver.frame, "detail-disagree-\(size.0)x\(size.1)")
  }

  @Test("A run that goes on, and some minutes later", arguments: sizes)
  func running(_ size: (Int, Int)) {
    let driver = Driver(Fixture.snapshot(Fixture.inFlight), columns: size.0, rows: size.1)
    driver.open(Fixture.inFlight).answer(.artifacts, .artifacts([]))
    if size.0 < 80 { driver.press("tab") }
    expectGolden(driver.frame, "detail-running-\(size.0)x\(size.1)")
    driver.send(.tick(Fixture.now.addingTimeInterval(240)))
    expectGolden(driver.frame, "detail-running-later-\(size.0)x\(size.1)")
  }

  @Test("An older attempt", arguments: sizes)
  func older(_ size: (Int, Int)) {
    let driver = Driver(Fixture.snapshot(Fixture.brokenStep), columns: size.0, rows: size.1)
    driver.open(Fixture.brokenStep).answerAll().press("[")
      .effects(.inspect(Fixture.key(302), attempt: 1, .attempt))
    var first = Fixture.disagreeing
    first.run.key = Fixture.key(302)
    driver.answer(.attempt, .attempt(first), attempt: 1).drain()
    expectGolden(driver.frame, "detail-older-\(size.0)x\(size.1)")
  }

  @Test("The legs of a matrix and the jobs of a called workflow", arguments: sizes)
  func groups(_ size: (Int, Int)) {
    let driver = Driver(Fixture.snapshot(Fixture.groups), columns: size.0, rows: size.1)
    driver.open(Fixture.groups).drain()
    if size.0 < 80 { driver.press("shift-tab", "shift-tab") }
    expectGolden(driver.frame, "detail-groups-\(size.0)x\(size.1)")
  }

  @Test("An approval of two days beside minutes of work", arguments: sizes)
  func gap(_ size: (Int, Int)) {
    let driver = Driver(Fixture.snapshot(Fixture.approved), columns: size.0, rows: size.1)
    driver.open(Fixture.approved).drain()
    if size.0 < 80 { driver.press("tab") }
    expectGolden(driver.frame, "detail-gap-\(size.0)x\(size.1)")
  }

  @Test("The same without Unicode signs")
  func ascii() {
    let driver = Driver(
      Fixture.snapshot(Fixture.brokenStep), columns: 80, rows: 24, glyphs: .ascii)
    driver.open(Fixture.brokenStep).answerAll()
    expectGolden(driver.frame, "detail-ascii-80x24")
  }
}
