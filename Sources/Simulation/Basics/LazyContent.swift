package import Foundation

/// Bytes of a known number that are made when they are asked for, any part of them at any time.
package struct LazyContent: Sendable {
  /// How many there are.
  package let count: Int
  private let make: @Sendable (Range<Int>) -> Data

  /// Bytes that somebody else makes.
  /// - Parameters:
  ///   - count: How many there are.
  ///   - make: Gives the bytes of a range; the same each time.
  init(count: Int, make: @escaping @Sendable (Range<Int>) -> Data) {
    self.count = count
    self.make = make
  }

  /// Bytes that are there already.
  init(_ data: Data) {
    let data = data.startIndex == 0 ? data : Data(data)
    self.init(count: data.count) { data[$0] }
  }

  /// Contents one behind another.
  init(joining parts: [LazyContent]) {
    var starts: [Int] = []
    var total = 0
    for part in parts {
      starts.append(total)
      total += part.count
    }
    let begins = starts
    self.init(count: total) { range in
      var result = Data(capacity: range.count)
      for (start, part) in zip(begins, parts) {
        let low = Swift.max(range.lowerBound, start)
        let high = Swift.min(range.upperBound, start + part.count)
        if low < high { result += part.bytes(in: (low - start)..<(high - start)) }
      }
      return result
    }
  }

  /// The bytes of a range; what lies behind the end is left out.
  package func bytes(in range: Range<Int>) -> Data {
    let clamped = range.clamped(to: 0..<count)
    return clamped.isEmpty ? Data() : make(clamped)
  }

  /// All bytes.
  package var whole: Data { bytes(in: 0..<count) }

  /// A part of the bytes as a content of its own.
  func part(_ range: Range<Int>) -> LazyContent {
    let clamped = range.clamped(to: 0..<count)
    return LazyContent(count: clamped.count) { inner in
      bytes(in: (inner.lowerBound + clamped.lowerBound)..<(inner.upperBound + clamped.lowerBound))
    }
  }

  /// All bytes in order, in pieces that are not too large to hold.
  func forEachPiece(
    of size: Int = 1 << 20, _ body: (Data) throws -> Void
  ) rethrows {
    var position = 0
    while position < count {
      try body(bytes(in: position..<(position + size)))
      position += size
    }
  }

  /// Noise that no compressor makes smaller.
  static func noise(count: Int, seed: UInt64) -> LazyContent {
    LazyContent(count: count) { range in
      let first = range.lowerBound / 8
      let count = (range.upperBound - 1) / 8 - first + 1
      var bytes = Data(count: count * 8)
      bytes.withUnsafeMutableBytes { buffer in
        var state = seed &+ UInt64(first) &* Randomness.step
        for index in 0..<count {
          buffer.storeBytes(
            of: Randomness.mix(state).littleEndian, toByteOffset: index * 8, as: UInt64.self)
          state &+= Randomness.step
        }
      }
      let start = range.lowerBound - first * 8
      return bytes.subdata(in: start..<(start + range.count))
    }
  }
}
