/// A scalar that stands well formed among bytes.
struct UTF8Scalar {
  /// The scalar's number.
  var value: UInt32
  /// The bytes that it takes.
  var length: Int

  /// Reads the scalar at an index; `nil` where the bytes are no UTF-8 (Unicode 17, table 3-7).
  init?(_ bytes: UnsafeRawBufferPointer, at index: Int) {
    let first = UInt32(bytes[index])
    switch first {
    case 0..<0x80:
      (value, length) = (first, 1)
    case 0xC2..<0xE0:
      guard let second = Self.tail(bytes, index + 1) else { return nil }
      (value, length) = ((first & 0x1F) << 6 | second, 2)
    case 0xE0..<0xF0:
      guard let second = Self.tail(bytes, index + 1), let third = Self.tail(bytes, index + 2) else {
        return nil
      }
      (value, length) = ((first & 0x0F) << 12 | second << 6 | third, 3)
      if value < 0x800 || 0xD800..<0xE000 ~= value { return nil }
    case 0xF0..<0xF5:
      guard let second = Self.tail(bytes, index + 1), let third = Self.tail(bytes, index + 2),
        let fourth = Self.tail(bytes, index + 3)
      else { return nil }
      (value, length) = ((first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
      if value < 0x10000 || value > 0x10FFFF { return nil }
    default:
      return nil
    }
  }

  /// The columns of a scalar that is harmless and joins nothing, whatever stands around it; `nil`
  /// where that takes a closer look.
  ///
  /// A subset of what `PlainText` calls harmless; most of what logs are written in.
  var plainWidth: Int? {
    switch value {
    case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x3A3..<0x483, 0x48A..<0x530: 1
    case 0x2010..<0x2028, 0x2190..<0x2300, 0x2500..<0x25FD: 1
    case 0x3001..<0x302A, 0x3041..<0x3097, 0x30A1..<0x3100, 0x3131..<0x3164: 2
    case 0x4E00..<0xA000, 0xAC00..<0xD7A4: 2
    default: nil
    }
  }

  private static func tail(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32? {
    guard index < bytes.count, bytes[index] & 0xC0 == 0x80 else { return nil }
    return UInt32(bytes[index] & 0x3F)
  }
}
