import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("A machine whose clock is wrong")
struct WrongClockTests {
  private func wrong(_ seconds: Double) -> Snapshot {
    var snapshot = Fixture.snapshot
    snapshot.clock = ClockError(ahead: .seconds(seconds))
    return snapshot
  }

  @Test("The header says it, on every size of screen")
  func header() {
    for (columns, rows) in [(200, 60), (80, 24), (40, 10)] {
      Driver(wrong(3600), columns: columns, rows: rows).expectScreen("clock 60m fast")
      Driver(columns: columns, rows: rows).expectNotOnScreen("clock 60m")
    }
  }

  @Test("Ages go by the servers' clock")
  func ages() {
    let driver = Driver(wrong(3600))
    driver.send(.tick(Fixture.now.addingTimeInterval(3600)))
    #expect(driver.model.now == Fixture.now)
    let right = Driver()
    right.send(.tick(Fixture.now))
    #expect(
      driver.frame.lines.dropFirst(2) == right.frame.lines.dropFirst(2),
      "but for the header nothing differs")
  }

  @Test("A remark fades in its time, also when the error becomes known meanwhile")
  func fading() {
    let driver = Driver()
    driver.send(.notice(Notice("hello", .info))).send(.snapshot(wrong(3600)))
    driver.send(.tick(Fixture.now.addingTimeInterval(5))).expectScreen("hello")
    driver.send(.tick(Fixture.now.addingTimeInterval(6))).expectNotOnScreen("hello")
    driver.send(.notice(Notice("good bye", .info))).send(.snapshot(Fixture.snapshot))
    driver.send(.tick(Fixture.now.addingTimeInterval(11))).expectScreen("good bye")
    driver.send(.tick(Fixture.now.addingTimeInterval(12))).expectNotOnScreen("good bye")
  }
}
