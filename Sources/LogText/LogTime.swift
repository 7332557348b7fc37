/// A moment that a log's line names, in tenths of a microsecond since 1970.
struct LogTime: Comparable {
  var ticks: Int64

  /// The ticks of a second.
  static let second: Int64 = 10_000_000

  init(ticks: Int64) { self.ticks = ticks }

  /// The whole seconds since 1970.
  var second: Int64 { ticks / Self.second }

  /// Reads `2026-11-23T04:03:53.1234567Z` or `2026/11/23 04:03:53.123456`, without a look at what
  /// stands between the digits.
  init?(_ text: UnsafeRawBufferPointer) {
    guard text.count >= 19,
      let year = Self.number(text, 0..<4), let month = Self.number(text, 5..<7),
      let day = Self.number(text, 8..<10), let hour = Self.number(text, 11..<13),
      let minute = Self.number(text, 14..<16), let second = Self.number(text, 17..<19),
      1...12 ~= month
    else { return nil }
    var fraction: Int64 = 0
    var scale = Self.second
    if text.count > 20, text[19] == 0x2E {
      for index in 20..<min(text.count, 27) where text[index] &- 0x30 <= 9 {
        scale /= 10
        fraction += Int64(text[index] - 0x30) * scale
      }
    }
    let seconds = ((Self.days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second
    ticks = Int64(seconds) * Self.second + fraction
  }

  static func < (left: LogTime, right: LogTime) -> Bool { left.ticks < right.ticks }

  private static func number(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    var number = 0
    for index in range {
      guard text[index] &- 0x30 <= 9 else { return nil }
      number = number * 10 + Int(text[index] - 0x30)
    }
    return number
  }

  /// The days from the first of January 1970 to a day of the Gregorian calendar.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // Counted in years that begin in March, so that the leap day is the last of them.
    let year = month <= 2 ? year - 1 : year
    let month = month <= 2 ? month + 9 : month - 3
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469
  }
}
