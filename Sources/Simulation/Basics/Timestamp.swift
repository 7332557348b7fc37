import Foundation

/// The forms in which GitHub and AWS write times, all of them in UTC.
enum Timestamp {
  /// A time in its calendar fields.
  struct Fields {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    var milliseconds: Int
    var weekday: Int
  }

  /// `2026-11-23T00:40:00Z`.
  static func iso(_ date: Date) -> String {
    let part = fields(of: date)
    return "\(part.year)-\(two(part.month))-\(two(part.day))T\(clock(part))Z"
  }

  /// `2026-11-23T00:40:00.000Z`, which is how GitHub writes the times of steps.
  static func isoOfStep(_ date: Date) -> String { "\(iso(date).dropLast()).000Z" }

  /// `2026-11-23T00:40:00.1234567Z`, which stands before each line of a job's log.
  /// - Parameter ticks: Tenths of a microsecond since 1970.
  /// - Returns: The time in 28 characters.
  static func isoOfLogLine(ticks: Int64) -> String {
    let seconds = iso(Date(timeIntervalSince1970: Double(ticks / 10_000_000)))
    let fraction = String(10_000_000 + ticks % 10_000_000).dropFirst()
    return "\(seconds.dropLast()).\(fraction)Z"
  }

  /// A time in tenths of a microsecond since 1970, which the runner's clock counts.
  static func ticks(of date: Date) -> Int64 {
    Int64((date.timeIntervalSince1970 * 1000).rounded()) * 10_000
  }

  /// `Mon, 23 Nov 2026 00:40:00 GMT`.
  static func http(_ date: Date) -> String {
    let part = fields(of: date)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(days[part.weekday]), \(two(part.day)) \(months[part.month - 1]) \(part.year) "
      + "\(clock(part)) GMT"
  }

  /// `2026/11/23 00:40:00.123000`, which stands before each line of a build's log.
  static func build(_ date: Date) -> String {
    let part = fields(of: date)
    return "\(part.year)/\(two(part.month))/\(two(part.day)) \(clock(part))."
      + "\(three(part.milliseconds))000"
  }

  /// `2026-11-23 00:40:00Z`, which the runner's listener writes.
  static func listener(_ date: Date) -> String {
    let part = fields(of: date)
    return "\(part.year)-\(two(part.month))-\(two(part.day)) \(clock(part))Z"
  }

  /// `20261123`.
  static func day(_ date: Date) -> String {
    let part = fields(of: date)
    return "\(part.year)\(two(part.month))\(two(part.day))"
  }

  /// `20261123T004000Z`.
  static func basic(_ date: Date) -> String {
    let part = fields(of: date)
    return "\(day(date))T\(two(part.hour))\(two(part.minute))\(two(part.second))Z"
  }

  /// Reads `20261123T004000Z`.
  static func parseBasic(_ text: String) -> Date? {
    let bytes = Array(text.utf8)
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z")
    else { return nil }
    func digits(_ range: Range<Int>) -> Int? { Int(String(decoding: bytes[range], as: UTF8.self)) }
    guard let year = digits(0..<4), let month = digits(4..<6), let day = digits(6..<8),
      let hour = digits(9..<11), let minute = digits(11..<13), let second = digits(13..<15)
    else { return nil }
    return date(year: year, month: month, day: day, seconds: hour * 3600 + minute * 60 + second)
  }

  /// Reads `2026-11-23` or `2026-11-23T00:40:00Z`, with an offset or a fraction.
  static func parseISO(_ text: String) -> Date? {
    let pattern =
      /(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:[Zz]|([+-])(\d\d):?(\d\d))?)?/
    guard let match = text.wholeMatch(of: pattern), let year = Int(match.1),
      let month = Int(match.2), let day = Int(match.3)
    else { return nil }
    func number(_ text: Substring?) -> Int { text.flatMap { Int($0) } ?? 0 }
    let seconds = number(match.4) * 3600 + number(match.5) * 60 + number(match.6)
    let offset = number(match.8) * 3600 + number(match.9) * 60
    return date(
      year: year, month: month, day: day, seconds: seconds - (match.7 == "-" ? -offset : offset))
  }

  /// Days to years by Howard Hinnant's `civil_from_days`; a formatter would be 50 times slower.
  static func fields(of date: Date) -> Fields {
    let total = Int((date.timeIntervalSince1970 * 1000).rounded(.down))
    let milliseconds = ((total % 1000) + 1000) % 1000
    let seconds = (total - milliseconds) / 1000
    let ofDay = ((seconds % 86_400) + 86_400) % 86_400
    let days = (seconds - ofDay) / 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return Fields(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, hour: ofDay / 3600,
      minute: ofDay / 60 % 60, second: ofDay % 60, milliseconds: milliseconds,
      weekday: ((days % 7) + 11) % 7)
  }

  private static func date(year: Int, month: Int, day: Int, seconds: Int) -> Date? {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return Date(timeIntervalSince1970: Double(days * 86_400 + seconds))
  }

  private static func clock(_ part: Fields) -> String {
    "\(two(part.hour)):\(two(part.minute)):\(two(part.second))"
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func three(_ value: Int) -> String {
    value < 10 ? "00\(value)" : value < 100 ? "0\(value)" : "\(value)"
  }
}
