import Foundation
import Testing
import Transport

@Suite("Dates")
struct HTTPDateTests {
  @Test(
    "Reads the dates of headers",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
      ("Tue, 20 Jun 2023 06:27:04 GMT", 1_687_242_424),
    ])
  func readsDates(text: String, seconds: Int) {
    #expect(HTTPDate.parse(text) == Date(timeIntervalSince1970: TimeInterval(seconds)))
  }

  @Test(
    "Anything else is no date",
    arguments: [
      "", "60", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Foo 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 08:49 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
    ])
  func refusesOthers(text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }

  @Test("Counts days as Foundation's calendar does")
  func agreesWithTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for year in [1970, 1999, 2000, 2024, 2026, 2100] {
      for month in 1...12 {
        for day in [1, 15, 28] {
          let parts = DateComponents(year: year, month: month, day: day, hour: 13, minute: 7)
          let expected = try #require(calendar.date(from: parts))
          let moment = CivilTime(
            year: year, month: month, day: day, hour: 13, minute: 7, second: 0)
          #expect(moment.secondsSince1970 == Int(expected.timeIntervalSince1970))
        }
      }
    }
  }
}
