import Foundation
import Testing

@testable import Simulation

@Suite struct TimestampTests {
  @Test(
    "times are written as their readers expect",
    arguments: [
      (0.0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      (951_782_400.0, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
      (1_795_394_400.0, "2026-11-23T00:40:00Z", "Mon, 23 Nov 2026 00:40:00 GMT"),
      (4_102_444_799.0, "2099-12-31T23:59:59Z", "Thu, 31 Dec 2099 23:59:59 GMT"),
    ])
  func written(seconds: Double, iso: String, http: String) {
    let date = Date(timeIntervalSince1970: seconds)
    #expect(Timestamp.iso(date) == iso)
    #expect(Timestamp.http(date) == http)
    #expect(Timestamp.parseISO(iso) == date)
    #expect(Timestamp.parseBasic(iso.filter { $0 != "-" && $0 != ":" }) == date)
  }

  @Test func offsetsAreTakenOff() {
    #expect(
      Timestamp.parseISO("2026-11-23T09:40:00+09:00") == Date(timeIntervalSince1970: 1_795_394_400))
    #expect(Timestamp.parseISO("2026-11-23") == Date(timeIntervalSince1970: 1_795_392_000))
    #expect(Timestamp.parseISO("yesterday") == nil)
  }

  @Test func worldTimeRunsAtItsSpeedAndBackwardsNaturally() {
    let clock = WorldClock(startedAt: Fixture.start, speed: 6) { Fixture.start }
    #expect(clock.date(of: .start + .seconds(60)) == Fixture.start + 10)
    #expect(clock.date(of: .start + .seconds(-60)) == Fixture.start - 60)
    #expect(clock.instant(of: Fixture.start + 10) == .start + .seconds(60))
  }
}
