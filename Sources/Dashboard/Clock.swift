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

  private static func pad(_ value: Int?) -> String {
    let value = value ?? 0
    return value < 10 ? "0\(value)" : "\(value)"
  }
}
