/// Writes data as RFC 1951 has it.
enum Deflate {
  /// Bytes that are packed and no shorter for it.
  static func stored(_ content: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var position = 0
    repeat {
      let count = min(content.count - position, 0xFFFF)
      let isLast = position + count == content.count
      out += header(count, isLast: isLast) + content[position..<(position + count)]
      position += count
    } while position < content.count
    return out
  }

  /// The head of a block that holds so many bytes as they are.
  static func header(_ count: Int, isLast: Bool) -> [UInt8] {
    let low = UInt8(count & 0xFF)
    let high = UInt8(count >> 8)
    return [isLast ? 1 : 0, low, high, ~low, ~high]
  }

  /// Zeros packed as tightly as deflate can: a block whose most frequent symbol, a repetition of
  /// 258 bytes, takes one bit, and its distance another.
  /// - Returns: The packed bytes and the number of zeros, at least as many as asked for.
  static func zeros(_ wanted: Int) -> (packed: [UInt8], count: Int) {
    let repeats = (wanted + 257) / 258
    var bits = BitWriter()
    bits.put(1, 1)  // the last block
    bits.put(2, 2)  // with codes of its own
    bits.put(29, 5)  // 286 literals and lengths
    bits.put(0, 5)  // 1 distance
    bits.put(14, 4)  // 18 lengths of the code that writes lengths
    // In the order 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1: 18 takes one bit, 2 and 1 take two.
    for length in [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2] { bits.put(length, 3) }
    let one: (Int, Int) = (0b01, 2)  // the code 10, its first bit first
    let two: (Int, Int) = (0b11, 2)
    func zeroLengths(_ count: Int) {
      bits.put(0, 1)
      bits.put(count - 11, 7)
    }
    bits.put(two.0, two.1)  // literal 0
    zeroLengths(138)
    zeroLengths(117)
    bits.put(two.0, two.1)  // the end of the block
    zeroLengths(28)
    bits.put(one.0, one.1)  // the repetition of 258 bytes
    bits.put(one.0, one.1)  // the distance of 1
    bits.put(0b01, 2)  // one literal 0
    for _ in 0..<repeats { bits.put(0, 2) }
    bits.put(0b11, 2)
    return (bits.finished, 1 + 258 * repeats)
  }
}
