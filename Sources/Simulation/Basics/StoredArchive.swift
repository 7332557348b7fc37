import Foundation

/// Containers that hold their content uncompressed, which every reader of them accepts.
///
/// The simulator needs true zip and gzip bytes, not small ones.
enum StoredArchive {
  /// A zip file (PKWARE APPNOTE, method 0, names in UTF-8).
  static func zip(_ files: [(name: String, content: Data)]) -> Data {
    var body = Data()
    var directory = Data()
    for file in files {
      let name = Data(file.name.utf8)
      let offset = UInt32(body.count)
      var common = Data()
      common.append(little: UInt16(20))
      common.append(little: UInt16(0x0800))
      common.append(little: UInt16(0))
      common.append(little: UInt32(0x0021_0000))
      common.append(little: checksum(of: file.content))
      common.append(little: UInt32(file.content.count))
      common.append(little: UInt32(file.content.count))
      common.append(little: UInt16(name.count))
      common.append(little: UInt16(0))
      body.append(little: UInt32(0x0403_4b50))
      body += common + name + file.content
      directory.append(little: UInt32(0x0201_4b50))
      directory.append(little: UInt16(20))
      directory += common
      directory.append(little: UInt16(0))
      directory.append(little: UInt16(0))
      directory.append(little: UInt16(0))
      directory.append(little: UInt32(0))
      directory.append(little: offset)
      directory += name
    }
    var end = Data()
    end.append(little: UInt32(0x0605_4b50))
    end.append(little: UInt32(0))
    end.append(little: UInt16(files.count))
    end.append(little: UInt16(files.count))
    end.append(little: UInt32(directory.count))
    end.append(little: UInt32(body.count))
    end.append(little: UInt16(0))
    return body + directory + end
  }

  /// A gzip stream of stored blocks (RFC 1952 and RFC 1951, section 3.2.4).
  static func gzip(_ content: Data) -> Data {
    var result = Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    let bytes = Array(content)
    var position = 0
    repeat {
      let count = min(bytes.count - position, 0xFFFF)
      result.append(position + count == bytes.count ? 1 : 0)
      result.append(little: UInt16(count))
      result.append(little: ~UInt16(count))
      result += bytes[position..<(position + count)]
      position += count
    } while position < bytes.count
    result.append(little: checksum(of: content))
    result.append(little: UInt32(truncatingIfNeeded: bytes.count))
    return result
  }

  /// CRC-32 as zip and gzip use it.
  static func checksum(of content: Data) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in content { value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ (value >> 8) }
    return ~value
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}

extension Data {
  fileprivate mutating func append(little value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
