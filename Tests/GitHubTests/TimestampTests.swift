import Foundation
import Testing

@testable import GitHub

@Suite("Times of GitHub's JSON")
struct TimestampTests {
  @Test(
    "Reads fractions and offsets",
    arguments: [
      ("2026-11-23T01:02:03Z", 1_795_395_723.0), ("2026-11-23T01:02:03.250Z", 1_795_395_723.25),
      ("2026-11-23T10:02:03+09:00", 1_795_395_723), ("2026-11-22T20:02:03-0500", 1_795_395_723),
      ("2026-11-23t01:02:03z", 1_795_395_723), ("1970-01-01T00:00:00Z", 0),
      ("2020-02-29T23:59:59.123456789Z", 1_583_020_799.123456789),
    ])
  func reads(text: String, seconds: Double) throws {
    let date = try #require(Timestamp.parse(text))
    #expect(abs(date.timeIntervalSince1970 - seconds) < 1e-6)
  }

  @Test(
    "Refuses anything else",
    arguments: [
      "", "2026-11-23", "2026-11-23T01:02:03", "2026-11-23 01:02:03Z", "2026-13-23T01:02:03Z",
      "2026-11-23T25:02:03Z", "2026-11-23T01:02:03+09", "2026-11-23T01:02:03Zx",
      "2026-11-23T01:02:0xZ", "2026/11/23T01:02:03Z", "2026-11-23T01:02:03+", "배포배포배포배포",
    ])
  func refuses(text: String) {
    #expect(Timestamp.parse(text) == nil)
  }
}
