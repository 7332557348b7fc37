/// Puts numbers down, the least byte first.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func put(_ more: [UInt8]) { bytes += more }

  mutating func put<Number: FixedWidthInteger>(_ number: Number, as type: Number.Type) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }
}
