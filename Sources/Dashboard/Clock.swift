import Foundation

/// Times of day, for people.
struct Clock: Sendable {
  private var calendar: Calendar

  init(_ timeZone: TimeZone) {
    calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
  }

  /// Such as `09:05`.
  func minutes(_ date: Date) -> String {
    let parts = calendar.dateComponents([.hour, .minute], from: date)
    return "\(Self.pad(parts.hour)):\(Self.pad(parts.minute))"
  }

  /// Such as `09:05:59`.
  func seconds(_ date: Date) -> String {
    let parts = calendar.dateComponents([.second], from: date)
    return "\(minutes(date)):\(Self.pad(parts.second))"
  }

  /// Such as `2026-11-12`.
  func day(_ date: Date) -> String {
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    return "\(Self.pad(parts.year))-\(Self.pad(parts.month))-\(Self.pad(parts.day))"
  }

  /// Whether two moments lie on the same day.
  func isSameDay(_ left: Date, _ right: Date) -> Bool {
    calendar.isDate(left, inSameDayAs: right)
  }

  private static func pad(_ value: Int?) -> String {
    let value = value ?? 0
    return value < 10 ? "0\(value)" : "\(value)"
  }
}
