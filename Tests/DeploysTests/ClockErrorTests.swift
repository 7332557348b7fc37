import Deploys
import Foundation
import Testing

@Suite("A wrong clock")
struct ClockErrorTests {
  @Test("What answers and rounding explain is no error")
  func tolerance() {
    for seconds in [0.0, 1, 29.9, 30, -30] { #expect(ClockError(ahead: .seconds(seconds)) == nil) }
    for seconds in [30.1, -31, 3600] { #expect(ClockError(ahead: .seconds(seconds)) != nil) }
  }

  @Test("It is told in a few words that stand still")
  func words() throws {
    for (seconds, words) in [
      (45.4, "45s fast"), (-119, "119s slow"), (120, "2m fast"), (3599.2, "60m fast"),
      (-3600.4, "60m slow"), (7_200, "2h fast"), (86_400, "24h fast"), (-172_800, "2d slow"),
    ] {
      let error = try #require(ClockError(ahead: .seconds(seconds)))
      #expect(error.text == words)
    }
  }

  @Test("The servers' time is the machine's without the error")
  func correction() throws {
    let time = Date(timeIntervalSince1970: 1_795_395_723)
    let fast = try #require(ClockError(ahead: .seconds(3600)))
    let slow = try #require(ClockError(ahead: .seconds(-90)))
    #expect(fast.corrected(time) == time.addingTimeInterval(-3600))
    #expect(slow.corrected(time) == time.addingTimeInterval(90))
  }
}
