import Foundation

/// A true PNG picture (W3C PNG, third edition): stripes and a little noise.
struct PNGImage {
  let width: Int
  let height: Int
  let seed: UInt64

  /// The file.
  var data: Data {
    var header = Data()
    header.append(big: UInt32(width))
    header.append(big: UInt32(height))
    // Eight bits of red, green and blue each, not interlaced.
    header += [8, 2, 0, 0, 0]
    return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) + Self.chunk("IHDR", header)
      + Self.chunk("IDAT", Deflate.zlib(rows)) + Self.chunk("IEND", Data())
  }

  private var rows: Data {
    var rows = Data(capacity: height * (1 + width * 3))
    for row in 0..<height {
      rows.append(0)
      let noise = UInt8(truncatingIfNeeded: Randomness.mix(seed &+ UInt64(row)) & 31)
      for column in 0..<width {
        let stripe = UInt8((column / 16 + row / 16) % 2 == 0 ? 208 : 64)
        rows += [stripe, noise &+ 96, UInt8(row * 255 / max(1, height))]
      }
    }
    return rows
  }

  private static func chunk(_ name: String, _ content: Data) -> Data {
    let body = Data(name.utf8) + content
    var chunk = Data()
    chunk.append(big: UInt32(content.count))
    chunk += body
    chunk.append(big: Checksum.crc32(body))
    return chunk
  }
}
