import Foundation
import Transport

/// The times of GitHub's JSON, such as `2026-11-23T01:02:03Z`.
enum Timestamp {
  /// Reads an ISO 8601 time with or without a fraction, in UTC or with an offset.
  ///
  /// Written out, because a listing holds hundreds of times and is read every few seconds.
  static func parse(_ text: String) -> Date? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Date? {
    guard bytes.count >= 20, bytes[4] == dash, bytes[7] == dash, bytes[10] | 0x20 == 0x74,
      bytes[13] == colon, bytes[16] == colon,
      let year = number(bytes, 0..<4), let month = number(bytes, 5..<7),
      let day = number(bytes, 8..<10), let hour = number(bytes, 11..<13),
      let minute = number(bytes, 14..<16), let second = number(bytes, 17..<19),
      let seconds = CivilTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second
      ).secondsSince1970
    else { return nil }
    var index = 19
    var fraction = 0.0
    if bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") {
      index += 1
      var scale = 0.1
      while index < bytes.count, let digit = digit(bytes[index]) {
        fraction += Double(digit) * scale
        scale /= 10
        index += 1
      }
    }
    guard let offset = offset(UnsafeBufferPointer(rebasing: bytes[index...])) else { return nil }
    return Date(timeIntervalSince1970: TimeInterval(seconds - offset) + fraction)
  }

  /// The offset from UTC in seconds: `Z`, `+09:00` or `+0900`.
  private static func offset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let sign = bytes.first else { return nil }
    if sign | 0x20 == 0x7A { return bytes.count == 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == dash else { return nil }
    let minutesStart = bytes.count == 6 && bytes[3] == colon ? 4 : 3
    guard bytes.count == minutesStart + 2, let hours = number(bytes, 1..<3),
      let minutes = number(bytes, minutesStart..<minutesStart + 2)
    else { return nil }
    let offset = hours * 3600 + minutes * 60
    return sign == dash ? -offset : offset
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      guard let digit = digit(bytes[index]) else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : nil
  }

  private static let dash = UInt8(ascii: "-")
  private static let colon = UInt8(ascii: ":")
}
