import Foundation

/// A zip of stored files, for tests.
enum TestZip {
  static func of(_ files: [(name: String, content: Data)]) -> Data {
    var body = Data()
    var directory = Data()
    for file in files {
      let name = Data(file.name.utf8)
      var common = Data()
      for value in [20, 0x0800, 0, 0, 0x21] as [UInt16] { common.append(value) }
      common.append(checksum(file.content))
      common.append(UInt32(file.content.count))
      common.append(UInt32(file.content.count))
      common.append(UInt16(name.count))
      common.append(UInt16(0))
      directory.append(0x0201_4b50 as UInt32)
      directory.append(20 as UInt16)
      directory.append(common)
      for _ in 0..<3 { directory.append(0 as UInt16) }
      directory.append(0 as UInt32)
      directory.append(UInt32(body.count))
      directory.append(name)
      body.append(0x0403_4b50 as UInt32)
      body.append(common)
      body.append(name)
      body.append(file.content)
    }
    var end = Data()
    end.append(0x0605_4b50 as UInt32)
    end.append(0 as UInt32)
    end.append(UInt16(files.count))
    end.append(UInt16(files.count))
    end.append(UInt32(directory.count))
    end.append(UInt32(body.count))
    end.append(0 as UInt16)
    return body + directory + end
  }

  static func of(_ files: [(name: String, text: String)]) -> Data {
    of(files.map { ($0.name, Data($0.text.utf8)) })
  }

  private static func checksum(_ content: Data) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in content {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    return ~value
  }
}

extension Data {
  fileprivate mutating func append(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
