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

  /// Reads ISO 8601 with or without separators, fractions and zone; without a zone it is UTC.
  ///
  /// Read by hand, because a listing holds thousands of times.
  static func date(iso8601 text: String) -> Date? {
    var reader = Reader(rest: text.utf8[...])
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2), reader.skip("Tt "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
      reader.skip(":"), let second = reader.number(2),
      let whole = CivilTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second
      ).secondsSince1970
    else { return nil }
    let fraction = reader.fraction()
    _ = reader.skip(" ")
    guard let offset = reader.zone(), reader.rest.isEmpty else { return nil }
    return Date(timeIntervalSince1970: Double(whole - offset) + fraction)
  }

  private struct Reader {
    var rest: Substring.UTF8View

    /// Reads exactly so many digits.
    mutating func number(_ count: Int) -> Int? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy(Self.isDigit) else { return nil }
      rest = rest.dropFirst(count)
      return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Passes one of some characters, if it is next; always succeeds, for every one may be left out.
    mutating func skip(_ characters: String) -> Bool {
      if let next = rest.first, characters.utf8.contains(next) { rest = rest.dropFirst() }
      return true
    }

    /// Reads `.` and digits as a part of a second; nothing is 0.
    mutating func fraction() -> Double {
      guard rest.first == UInt8(ascii: ".") else { return 0 }
      let digits = rest.dropFirst().prefix(while: Self.isDigit)
      rest = rest.dropFirst(digits.count + 1)
      return Double("0.\(Substring(digits))") ?? 0
    }

    /// Reads a zone as seconds ahead of UTC; nothing is UTC.
    mutating func zone() -> Int? {
      switch Substring(rest).uppercased() {
      case "", "Z", "UTC", "GMT":
        rest = rest.suffix(0)
        return 0
      default:
        guard let first = rest.first, "+-".utf8.contains(first) else { return nil }
        let sign = first == UInt8(ascii: "-") ? -1 : 1
        guard skip("+-"), let hours = number(2), skip(":") else { return nil }
        let minutes = rest.isEmpty ? 0 : number(2)
        return minutes.map { sign * (hours * 3_600 + $0 * 60) }
      }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }
}
