import Foundation
import Transport

/// A time as AWS's answers give it: seconds since 1970 as a number, or ISO 8601 text.
///
/// CodeBuild sends numbers; stand-ins for it, such as moto, send text. Text that is no time gives
/// `nil` and breaks nothing.
struct Timestamp: Decodable {
  let date: Date?

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let seconds = try? container.decode(Double.self) {
      date = Date(timeIntervalSince1970: seconds)
    } else if let text = try? container.decode(String.self) {
      date = Self.date(iso8601: text)
    } else {
      date = nil
    }
  }

  /// Reads ISO 8601 with or without fractions and zone; without a zone it is UTC.
  static func date(iso8601 text: String) -> Date? {
    let pattern =
      /(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d):?(\d\d)(\.\d+)? ?(Z|UTC|[+\-]\d\d(?::?\d\d)?)?/
    guard let match = text.wholeMatch(of: pattern.ignoresCase()) else { return nil }
    let numbers = [match.1, match.2, match.3, match.4, match.5, match.6].compactMap { Int($0) }
    guard numbers.count == 6 else { return nil }
    let civil = CivilTime(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
      second: numbers[5])
    guard let whole = civil.secondsSince1970 else { return nil }
    let fraction = match.7.flatMap { Double("0" + $0) } ?? 0
    let offset = match.8.map { seconds(ofZone: $0) } ?? 0
    return Date(timeIntervalSince1970: Double(whole) + fraction - offset)
  }

  private static func seconds(ofZone zone: Substring) -> Double {
    let digits = zone.filter(\.isNumber)
    guard let hours = Double(digits.prefix(2)) else { return 0 }
    let minutes = Double(digits.dropFirst(2)) ?? 0
    return (hours * 3_600 + minutes * 60) * (zone.hasPrefix("-") ? -1 : 1)
  }
}
