import Foundation

/// Checksums of the containers that the simulator writes.
enum Checksum {
  /// CRC-32 as zip, gzip and PNG use it.
  static func crc32(_ content: Data) -> UInt32 {
    var running = RunningCRC32()
    running.add(content)
    return running.value
  }

  /// Adler-32 (RFC 1950, section 9).
  static func adler32(_ content: Data) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in content {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}

/// A CRC-32 of bytes that come in pieces.
struct RunningCRC32 {
  private var state: UInt32 = 0xFFFF_FFFF

  /// The checksum of everything so far.
  var value: UInt32 { ~state }

  /// Eight bytes a turn: artifacts of many megabytes are summed in builds without optimization.
  mutating func add(_ content: Data) {
    var state = state
    Self.tables.withUnsafeBufferPointer { tables in
      content.withUnsafeBytes { bytes in
        var position = 0
        while position + 8 <= bytes.count {
          let word: UInt64 = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
          var rest: UInt64 = UInt64(littleEndian: word) ^ UInt64(state)
          state = 0
          var table = 1792
          while table >= 0 {
            let place: Int = table + Int(rest & 0xFF)
            state ^= tables[place]
            rest >>= 8
            table -= 256
          }
          position += 8
        }
        while position < bytes.count {
          state = tables[Int((state ^ UInt32(bytes[position])) & 0xFF)] ^ (state >> 8)
          position += 1
        }
      }
    }
    self.state = state
  }

  /// Eight tables of 256, each for a byte that lies one further back.
  private static let tables: [UInt32] = {
    var tables: [UInt32] = (0..<256).map { (index: UInt32) -> UInt32 in
      var value = index
      for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
      return value
    }
    for place in 256..<2048 {
      let before = tables[place - 256]
      tables.append(tables[Int(before & 0xFF)] ^ (before >> 8))
    }
    return tables
  }()
}
