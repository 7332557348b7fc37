/// Numbers of a zip, the least byte first.
///
/// Who asks has made sure that the bytes are there; beyond the end they count as zero.
struct LittleEndian {
  var bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }
  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  func word16(_ offset: Int) -> Int { Int(number(offset, count: 2)) }
  func word32(_ offset: Int) -> Int { Int(number(offset, count: 4)) }

  /// A number of eight bytes; `nil` where it is larger than any size can be.
  func word64(_ offset: Int) -> Int? { Int(exactly: number(offset, count: 8)) }

  private func number(_ offset: Int, count: Int) -> UInt64 {
    let start = bytes.startIndex + offset
    guard start >= bytes.startIndex, start + count <= bytes.endIndex else { return 0 }
    var value: UInt64 = 0
    for index in (start..<(start + count)).reversed() { value = value << 8 | UInt64(bytes[index]) }
    return value
  }
}
