import Foundation

/// A time as signatures write it, in UTC.
///
/// Computed here rather than with a formatter, because a signature must not depend on a locale.
struct SigningTime: Sendable, Hashable {
  /// The day, as in `20150830`.
  let day: String
  /// The form of `X-Amz-Date`, as in `20150830T123600Z`.
  let text: String

  /// The whole second in which a date falls.
  ///
  /// Days are counted from 1 March of year 0, so that a leap day ends its year (Howard Hinnant's
  /// `civil_from_days`).
  init(_ date: Date) {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down))
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = seconds - days * 86_400
    let shifted = days + 719_468
    let era = Int((Double(shifted) / 146_097).rounded(.down))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    day = Self.padded(year, 4) + Self.padded(month, 2) + Self.padded(dayOfMonth, 2)
    let clock = [rest / 3_600, rest % 3_600 / 60, rest % 60].map { Self.padded($0, 2) }
    text = "\(day)T\(clock.joined())Z"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
