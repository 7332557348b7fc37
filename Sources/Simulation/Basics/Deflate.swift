import Foundation

/// Compresses as zip and PNG have it (RFC 1951): one block of fixed codes, or stored blocks.
///
/// Simple on purpose: the simulator needs true streams of believable size, not the smallest.
enum Deflate {
  /// The compressed bytes of a content, without any frame.
  static func compress(_ content: Data) -> Data {
    var writer = BitWriter()
    writer.append(1, count: 1)
    writer.append(1, count: 2)
    content.withUnsafeBytes { bytes in Matcher(bytes: bytes).write(to: &writer) }
    writer.code(256)
    return writer.finish()
  }

  /// Stored blocks, for what cannot be made smaller.
  static func store(_ content: Data) -> Data {
    var result = Data(capacity: content.count + 5 * (content.count / 0xFFFF + 1))
    var position = 0
    repeat {
      let count = min(content.count - position, 0xFFFF)
      result.append(position + count == content.count ? 1 : 0)
      result.append(little: UInt16(count))
      result.append(little: ~UInt16(count))
      result += content.dropFirst(position).prefix(count)
      position += count
    } while position < content.count
    return result
  }

  /// A zlib stream (RFC 1950), as PNG wants it.
  static func zlib(_ content: Data) -> Data {
    var result = Data([0x78, 0x01]) + compress(content)
    result.append(big: Checksum.adler32(content))
    return result
  }

  /// A gzip stream (RFC 1952) of stored blocks: an answer is written often and never far away.
  static func gzip(_ content: Data) -> Data {
    var result = Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]) + store(content)
    result.append(little: Checksum.crc32(content))
    result.append(little: UInt32(truncatingIfNeeded: content.count))
    return result
  }
}

/// Finds what has been there before, within 32 KiB.
private struct Matcher {
  let bytes: UnsafeRawBufferPointer
  private static let longest = 258
  private static let window = 32_768

  func write(to writer: inout BitWriter) {
    var last = [Int32](repeating: -1, count: 1 << 15)
    var position = 0
    while position < bytes.count {
      let length = match(at: position, last: &last, writer: &writer)
      if length == 0 { writer.code(Int(bytes[position])) }
      position += max(length, 1)
    }
  }

  /// Writes a reference where the bytes from a place on have been seen; its length, or 0.
  private func match(at position: Int, last: inout [Int32], writer: inout BitWriter) -> Int {
    guard position + 4 <= bytes.count else { return 0 }
    let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
    let slot = Int((word &* 0x9E37_79B1) >> 17)
    let candidate = Int(last[slot])
    last[slot] = Int32(truncatingIfNeeded: position)
    guard candidate >= 0, position - candidate <= Self.window else { return 0 }
    var length = 0
    let most = min(Self.longest, bytes.count - position)
    while length < most, bytes[candidate + length] == bytes[position + length] { length += 1 }
    guard length >= 4 else { return 0 }
    writer.reference(length: length, distance: position - candidate)
    return length
  }
}

/// Collects bits, the lowest first.
private struct BitWriter {
  private var data = Data()
  private var pending: UInt64 = 0
  private var count = 0

  mutating func append(_ value: Int, count: Int) {
    pending |= UInt64(value) << UInt64(self.count)
    self.count += count
    while self.count >= 8 {
      data.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      self.count -= 8
    }
  }

  /// Huffman codes are written from their highest bit on.
  private mutating func append(reversed value: Int, count: Int) {
    var mirrored = 0
    for bit in 0..<count where value >> bit & 1 == 1 { mirrored |= 1 << (count - 1 - bit) }
    append(mirrored, count: count)
  }

  /// A literal, a length's symbol or the end, in the fixed code (section 3.2.6).
  mutating func code(_ symbol: Int) {
    switch symbol {
    case ..<144: append(reversed: 0x30 + symbol, count: 8)
    case ..<256: append(reversed: 0x190 + symbol - 144, count: 9)
    case ..<280: append(reversed: symbol - 256, count: 7)
    default: append(reversed: 0xC0 + symbol - 280, count: 8)
    }
  }

  mutating func reference(length: Int, distance: Int) {
    let place = Self.lengths.lastIndex { $0 <= length } ?? 0
    code(257 + place)
    // The longest has a symbol of its own and no more bits (section 3.2.5).
    let isLongest = place == Self.lengths.count - 1
    append(
      length - Self.lengths[place], count: isLongest || place < 8 ? 0 : (place - 4) / 4)
    let far = Self.distances.lastIndex { $0 <= distance } ?? 0
    append(reversed: far, count: 5)
    append(distance - Self.distances[far], count: far < 4 ? 0 : (far - 2) / 2)
  }

  mutating func finish() -> Data {
    if count > 0 { append(0, count: 8 - count) }
    return data
  }

  private static let lengths = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let distances = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12_289, 16_385, 24_577,
  ]
}
