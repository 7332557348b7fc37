#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Looks for single bytes at the C library's speed.
enum ByteScan {
  static let newline: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let escape: UInt8 = 0x1B

  /// The index of a byte's first place in a range; `nil` where it has none.
  @inline(__always)
  static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress, !range.isEmpty else { return nil }
    guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// The index of a byte's last place in a range; `nil` where it has none.
  static func last(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    // Not every C library can search backward; eight bytes at a time are fast enough.
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var end = range.upperBound
    while end - range.lowerBound >= 8 {
      let word = bytes.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self) ^ pattern
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { break }
      end -= 8
    }
    while end > range.lowerBound {
      end -= 1
      if bytes[end] == byte { return end }
    }
    return nil
  }

  /// How often a byte stands in a range.
  static func count(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var count = 0
    var start = range.lowerBound
    while let found = first(byte, in: bytes, start..<range.upperBound) {
      count += 1
      start = found + 1
    }
    return count
  }
}
