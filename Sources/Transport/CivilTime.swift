/// A moment of the Gregorian calendar in UTC, as headers and JSON write it.
package struct CivilTime: Sendable, Hashable {
  /// The year.
  package var year: Int
  /// The month, from 1.
  package var month: Int
  /// The day of the month, from 1.
  package var day: Int
  /// The hour, 0 to 23.
  package var hour: Int
  /// The minute.
  package var minute: Int
  /// The second; 60 is a leap second.
  package var second: Int

  /// Creates a moment.
  package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// The seconds since the start of 1970; `nil` where a part is out of its range.
  ///
  /// Computed rather than asked of a calendar, because a listing holds hundreds of dates. The count
  /// of days is Howard Hinnant's `days_from_civil`.
  package var secondsSince1970: Int? {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return days * 86_400 + hour * 3600 + minute * 60 + second
  }
}
