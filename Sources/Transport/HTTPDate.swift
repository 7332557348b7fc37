package import Foundation

/// The dates of HTTP headers, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
  /// Reads a date; `nil` where it is none.
  ///
  /// Only the form that RFC 9110 section 5.6.7 lets a server send is read.
  package static func parse(_ text: String) -> Date? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT",
      let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])),
      let year = Int(parts[3])
    else { return nil }
    let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2]
    else { return nil }
    let moment = CivilTime(
      year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
    return moment.secondsSince1970.map { Date(timeIntervalSince1970: TimeInterval($0)) }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
