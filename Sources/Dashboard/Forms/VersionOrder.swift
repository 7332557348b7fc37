/// The order of names that hold version numbers, days or counts.
enum VersionOrder {
  /// Whether the first name is the later one: `v1.10` comes after `v1.9`, and `v1.0.0` after its
  /// own `v1.0.0-rc1`.
  static func isLater(_ left: String, than right: String) -> Bool {
    compare(Array(left.utf8)[...], Array(right.utf8)[...]) > 0
  }

  /// Below zero where the first comes before the second, zero where they are the same.
  static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    var (left, right) = (left, right)
    while let first = left.first, let second = right.first {
      if isDigit(first), isDigit(second) {
        let (one, other) = (number(&left), number(&right))
        if one.count != other.count { return one.count - other.count }
        if let (a, b) = zip(one, other).first(where: { $0 != $1 }) { return Int(a) - Int(b) }
        continue
      }
      guard first == second else { return Int(first) - Int(second) }
      left = left.dropFirst()
      right = right.dropFirst()
    }
    if isPreview(left) != isPreview(right) { return isPreview(left) ? -1 : 1 }
    return left.count - right.count
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Takes the digits off the beginning, without the zeros that lead them.
  private static func number(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = text.prefix(while: isDigit)
    text = text.dropFirst(digits.count)
    return digits.drop { $0 == UInt8(ascii: "0") }
  }

  /// Whether a rest such as `-rc1` makes a name an earlier one than without it.
  private static func isPreview(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.count > 1, rest.first == UInt8(ascii: "-"), let next = rest.dropFirst().first else {
      return false
    }
    return !isDigit(next)
  }
}
