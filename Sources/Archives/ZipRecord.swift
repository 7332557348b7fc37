import Foundation

/// What the directory of a zip says of one entry.
///
/// Source: PKWARE's APPNOTE.TXT, section 4.3.12, and 4.5.3 for zip64.
struct ZipRecord: Sendable, Equatable {
  /// The record's length without its name, extra fields and comment.
  static let fixedLength = 46
  static let signature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]

  /// The name's bytes as they are.
  var name: [UInt8]
  /// Whether an extra field gives another name, which then counts.
  var hasOtherName = false
  /// How it is packed; 0 is stored and 8 is deflated.
  var method: Int
  /// Its length in the archive.
  var packedSize: Int
  /// Its length when unpacked.
  var size: Int
  /// Where its own header begins, as the directory counts.
  var offset: Int
  /// When it was last changed.
  var modifiedAt: Date?

  /// Reads a record out of its bytes, name and extra fields included; `nil` where a number in it
  /// cannot be.
  init?(_ bytes: ArraySlice<UInt8>) {
    let fields = LittleEndian(bytes)
    method = fields.word16(10)
    packedSize = fields.word32(20)
    size = fields.word32(24)
    offset = fields.word32(42)
    let nameStart = bytes.startIndex + Self.fixedLength
    let nameEnd = nameStart + fields.word16(28)
    let extraEnd = nameEnd + fields.word16(30)
    guard extraEnd <= bytes.endIndex else { return nil }
    name = Array(bytes[nameStart..<nameEnd])
    modifiedAt = Self.time(date: fields.word16(14), time: fields.word16(12))
    guard readExtraFields(bytes[nameEnd..<extraEnd]) else { return nil }
  }

  private mutating func readExtraFields(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while rest.count >= 4 {
      let head = LittleEndian(rest)
      let (kind, length) = (head.word16(0), head.word16(2))
      guard rest.count >= 4 + length else { return true }
      let field = rest.dropFirst(4).prefix(length)
      switch kind {
      case 0x0001: guard readZip64(LittleEndian(field)) else { return false }
      case 0x5455:
        // The time in seconds since 1970, where the first bit says that it is there.
        let time = LittleEndian(field)
        if length >= 5, field.first.map({ $0 & 1 == 1 }) == true {
          let seconds = Int32(truncatingIfNeeded: time.word32(1))
          modifiedAt = Date(timeIntervalSince1970: Double(seconds))
        }
      case 0x7075: hasOtherName = true
      default: break
      }
      rest = rest.dropFirst(4 + length)
    }
    return true
  }

  /// Takes what did not fit into the record, in the order of the specification.
  private mutating func readZip64(_ field: LittleEndian) -> Bool {
    var place = 0
    func next() -> Int? {
      guard place + 8 <= field.bytes.count else { return nil }
      defer { place += 8 }
      return field.word64(place)
    }
    for part in [\ZipRecord.size, \.packedSize, \.offset] where self[keyPath: part] == 0xFFFF_FFFF {
      guard let value = next() else { return false }
      self[keyPath: part] = value
    }
    return true
  }

  /// A time as MS-DOS packs it, taken for UTC: so GitHub's `upload-artifact` writes it.
  private static func time(date: Int, time: Int) -> Date? {
    let (year, month, day) = (1980 + date >> 9, date >> 5 & 15, date & 31)
    guard (1...12).contains(month), day >= 1 else { return nil }
    // Days since 1970 with years that begin in March, so that a leap day is a year's last.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    let seconds = (time >> 11) * 3600 + (time >> 5 & 63) * 60 + (time & 31) * 2
    return Date(timeIntervalSince1970: Double(days * 86_400 + seconds))
  }
}
