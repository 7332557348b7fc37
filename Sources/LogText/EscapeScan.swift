/// Finds where an escape sequence ends among bytes, by the grammar of ECMA-48.
///
/// It reads as `Canvas` does for text: at the first byte that cannot belong to the sequence it
/// stops, so that a broken one hides nothing of what follows.
enum EscapeScan {
  /// No sequence is longer than that; what seems to be one is shown.
  static let longest = 4096

  /// An escape sequence.
  struct Sequence {
    /// The index after it.
    var end: Int
    /// The parameters of a sequence that selects colours and the like (SGR); else `nil`.
    var parameters: Range<Int>?
  }

  /// The sequence that an ESC begins; `nil` where it begins none.
  static func sequence(in bytes: UnsafeRawBufferPointer, at start: Int, limit: Int) -> Sequence? {
    let next = start + 1
    guard next < limit else { return nil }
    let limit = min(limit, start + longest)
    switch bytes[next] {
    case 0x5B:
      return controlSequence(in: bytes, from: next + 1, limit: limit)
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F:
      return Sequence(end: string(in: bytes, from: next + 1, limit: limit) ?? next + 1)
    default:
      let final = skip(0x20...0x2F, in: bytes, from: next, limit: limit)
      guard final < limit else { return Sequence(end: final) }
      if 0x30...0x7E ~= bytes[final] { return Sequence(end: final + 1) }
      return final > next ? Sequence(end: final) : nil
    }
  }

  private static func controlSequence(
    in bytes: UnsafeRawBufferPointer, from start: Int, limit: Int
  ) -> Sequence {
    let parameters = skip(0x30...0x3F, in: bytes, from: start, limit: limit)
    let final = skip(0x20...0x2F, in: bytes, from: parameters, limit: limit)
    guard final < limit, 0x40...0x7E ~= bytes[final] else { return Sequence(end: final) }
    let selectsGraphics = bytes[final] == 0x6D && final == parameters
    return Sequence(end: final + 1, parameters: selectsGraphics ? start..<parameters : nil)
  }

  /// The index after a string and its terminator; `nil` when it has none.
  private static func string(
    in bytes: UnsafeRawBufferPointer, from start: Int, limit: Int
  ) -> Int? {
    var index = start
    while index < limit {
      switch bytes[index] {
      case 0x07:
        return index + 1
      case 0x1B:
        return index + 1 < limit && bytes[index + 1] == 0x5C ? index + 2 : nil
      case 0x0A, 0x0D, 0x18, 0x1A:
        return nil
      case 0xC2 where index + 1 < limit && 0x80...0x9F ~= bytes[index + 1]:
        return bytes[index + 1] == 0x9C ? index + 2 : nil
      default:
        index += 1
      }
    }
    return nil
  }

  private static func skip(
    _ range: ClosedRange<UInt8>, in bytes: UnsafeRawBufferPointer, from start: Int, limit: Int
  ) -> Int {
    var index = start
    while index < limit, range ~= bytes[index] { index += 1 }
    return index
  }
}
