import Foundation
import Testing

@testable import AWS

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-11-23T01:02:03Z", 1_795_395_723.0),
    ("2026-11-23T01:02:03", 1_795_395_723),
    ("2026-11-23 01:02:03.250", 1_795_395_723.25),
    ("2026-11-23T10:02:03+09:00", 1_795_395_723),
    ("2026-11-22T20:32:03-0430", 1_795_395_723),
    ("2026-11-23T01:02:03UTC", 1_795_395_723),
    ("20261123T010203Z", 1_795_395_723),
    ("1970-01-01T00:00:00Z", 0),
    ("1969-12-31T23:59:59Z", -1),
    ("2024-02-29T12:00:00Z", 1_709_208_000),
  ])
  func readsISO8601(_ text: String, _ seconds: Double) {
    #expect(Timestamp.date(iso8601: text)?.timeIntervalSince1970 == seconds)
  }

  @Test(arguments: ["", "yesterday", "2026-13-01T00:00:00Z", "2026-11-23", "1795395723"])
  func takesOtherTextForNoTime(_ text: String) {
    #expect(Timestamp.date(iso8601: text) == nil)
  }

  @Test func readsNumbersTextAndNonsense() throws {
    let json = #"[1795395723.5, "2026-11-23T01:02:03Z", "soon", true, {}]"#
    let times = try JSONDecoder().decode([Timestamp].self, from: Data(json.utf8))
    #expect(
      times.map { $0.date?.timeIntervalSince1970 }
        == [1_795_395_723.5, 1_795_395_723, nil, nil, nil])
  }

  @Test(arguments: [0, -1, 951_782_399, 951_782_400, 1_709_164_800, 4_107_542_400, -2_203_891_200])
  func whatIsSignedReadsBackAsTheSameTime(_ seconds: Int) {
    let date = Date(timeIntervalSince1970: Double(seconds))
    #expect(Timestamp.date(iso8601: SigningTime(date).text) == date)
  }

  @Test func writesTheFormThatIsSigned() {
    #expect(SigningTime(testTime).text == "20261123T010203Z")
    #expect(SigningTime(Date(timeIntervalSince1970: 951_782_400)).text == "20000229T000000Z")
    #expect(SigningTime(testTime.addingTimeInterval(0.9)).text == "20261123T010203Z")
  }
}
