import Foundation

/// Writes zips byte by byte, true ones and ones that no honest program would write.
struct ZipBuilder {
  /// One entry; everything that it says of itself can be bent.
  struct Entry {
    var name: [UInt8]
    /// The bytes as they stand in the archive.
    var packed: [UInt8]
    var method: UInt16 = 0
    var size: UInt64
    var checksum: UInt32
    var flags: UInt16 = 0x0800
    /// The system that it was made on: 3 is Unix, 0 is Windows.
    var system: UInt8 = 3
    var mode: UInt32 = 0o100644
    var directoryExtra: [UInt8] = []
    var localExtra: [UInt8] = []
    /// The time as MS-DOS packs it: 2026-11-12 13:23:26.
    var time: UInt32 = 0x5D6C_6AED
    /// What stands in its own header where that differs from the directory.
    var localName: [UInt8]?
    var localMethod: UInt16?
    var localSize: UInt64?
    var localChecksum: UInt32?
    /// The packed length that the directory tells where that is a lie.
    var toldPackedSize: UInt64?
    /// Where the directory says that it is, where that is a lie.
    var toldOffset: UInt64?
    /// Whether the directory has a record and no header of its own precedes it.
    var isRecordOnly = false
    var isZip64 = false

    init(_ name: String, _ content: [UInt8]) { self.init(bytes: Array(name.utf8), content) }

    init(_ name: String, _ content: String = "hello\n") { self.init(name, Array(content.utf8)) }

    init(bytes name: [UInt8], _ content: [UInt8]) {
      self.name = name
      packed = content
      size = UInt64(content.count)
      checksum = Checksum.of(content)
    }

    /// The same with a change.
    func with(_ change: (inout Entry) -> Void) -> Entry {
      var entry = self
      change(&entry)
      return entry
    }

    /// The same, deflated.
    var deflated: Entry {
      with {
        $0.packed = Deflate.stored(packed)
        $0.method = 8
      }
    }

    /// The same, with sizes and checksum after the data only.
    var described: Entry {
      with {
        $0.flags |= 8
        $0.localSize = 0
        $0.localChecksum = 0
      }
    }

    fileprivate var hasDescriptor: Bool { flags & 8 != 0 }
  }

  var entries: [Entry]
  /// What precedes the archive.
  var prefix: [UInt8] = []
  var comment: [UInt8] = []
  /// The number of entries that the last record tells, where that is a lie.
  var toldCount: Int?
  var disk: UInt16 = 0
  /// Whether the last record is a zip64 one.
  var isZip64 = false

  init(_ entries: Entry...) { self.entries = entries }
  init(_ entries: [Entry]) { self.entries = entries }

  var bytes: [UInt8] {
    var out = ByteWriter()
    var directory = ByteWriter()
    for entry in entries {
      let offset = entry.toldOffset ?? UInt64(out.bytes.count)
      if !entry.isRecordOnly { write(entry, to: &out) }
      record(entry, at: offset, to: &directory)
    }
    let start = out.bytes.count
    out.put(directory.bytes)
    let count = toldCount ?? entries.count
    if isZip64 {
      let position = UInt64(prefix.count + out.bytes.count)
      out.put([0x50, 0x4B, 6, 6])
      out.put(44, as: UInt64.self)
      out.put([45, 3, 45, 0] + [UInt8](repeating: 0, count: 8))
      out.put(UInt64(count), as: UInt64.self)
      out.put(UInt64(count), as: UInt64.self)
      out.put(UInt64(directory.bytes.count), as: UInt64.self)
      out.put(UInt64(start), as: UInt64.self)
      out.put([0x50, 0x4B, 6, 7, 0, 0, 0, 0])
      out.put(position, as: UInt64.self)
      out.put(1, as: UInt32.self)
    }
    out.put([0x50, 0x4B, 5, 6])
    out.put(disk, as: UInt16.self)
    out.put(disk, as: UInt16.self)
    out.put(isZip64 ? 0xFFFF : UInt16(truncatingIfNeeded: count), as: UInt16.self)
    out.put(isZip64 ? 0xFFFF : UInt16(truncatingIfNeeded: count), as: UInt16.self)
    out.put(isZip64 ? .max : UInt32(directory.bytes.count), as: UInt32.self)
    out.put(isZip64 ? .max : UInt32(start), as: UInt32.self)
    out.put(UInt16(comment.count), as: UInt16.self)
    return prefix + out.bytes + comment
  }

  private func write(_ entry: Entry, to out: inout ByteWriter) {
    let name = entry.localName ?? entry.name
    let size = entry.localSize ?? entry.size
    let checksum = entry.localChecksum ?? entry.checksum
    let packedSize = entry.hasDescriptor ? 0 : UInt64(entry.packed.count)
    out.put([0x50, 0x4B, 3, 4, entry.isZip64 ? 45 : 20, entry.system])
    out.put(entry.flags, as: UInt16.self)
    out.put(entry.localMethod ?? entry.method, as: UInt16.self)
    out.put(entry.time, as: UInt32.self)
    out.put(checksum, as: UInt32.self)
    out.put(entry.isZip64 ? .max : UInt32(truncatingIfNeeded: packedSize), as: UInt32.self)
    out.put(entry.isZip64 ? .max : UInt32(truncatingIfNeeded: size), as: UInt32.self)
    let extra = entry.localExtra + (entry.isZip64 ? Self.zip64([size, packedSize]) : [])
    out.put(UInt16(name.count), as: UInt16.self)
    out.put(UInt16(extra.count), as: UInt16.self)
    out.put(name + extra + entry.packed)
    if entry.hasDescriptor {
      out.put([0x50, 0x4B, 7, 8])
      out.put(entry.checksum, as: UInt32.self)
      out.put(UInt32(entry.packed.count), as: UInt32.self)
      out.put(UInt32(truncatingIfNeeded: entry.size), as: UInt32.self)
    }
  }

  private func record(_ entry: Entry, at offset: UInt64, to out: inout ByteWriter) {
    let packedSize = entry.toldPackedSize ?? UInt64(entry.packed.count)
    out.put([0x50, 0x4B, 1, 2, entry.isZip64 ? 45 : 20, entry.system, 20, 0])
    out.put(entry.flags, as: UInt16.self)
    out.put(entry.method, as: UInt16.self)
    out.put(entry.time, as: UInt32.self)
    out.put(entry.checksum, as: UInt32.self)
    out.put(entry.isZip64 ? .max : UInt32(truncatingIfNeeded: packedSize), as: UInt32.self)
    out.put(entry.isZip64 ? .max : UInt32(truncatingIfNeeded: entry.size), as: UInt32.self)
    let extra =
      entry.directoryExtra + (entry.isZip64 ? Self.zip64([entry.size, packedSize, offset]) : [])
    out.put(UInt16(entry.name.count), as: UInt16.self)
    out.put(UInt16(extra.count), as: UInt16.self)
    out.put([UInt8](repeating: 0, count: 6))
    out.put(entry.mode << 16, as: UInt32.self)
    out.put(entry.isZip64 ? .max : UInt32(truncatingIfNeeded: offset), as: UInt32.self)
    out.put(entry.name + extra)
  }

  private static func zip64(_ numbers: [UInt64]) -> [UInt8] {
    var out = ByteWriter()
    out.put(1, as: UInt16.self)
    out.put(UInt16(numbers.count * 8), as: UInt16.self)
    for number in numbers { out.put(number, as: UInt64.self) }
    return out.bytes
  }

  /// An extra field that gives an entry another name.
  static func unicodePath(_ name: String, over old: String) -> [UInt8] {
    var out = ByteWriter()
    out.put(0x7075, as: UInt16.self)
    out.put(UInt16(5 + name.utf8.count), as: UInt16.self)
    out.put([1])
    out.put(Checksum.of(Array(old.utf8)), as: UInt32.self)
    out.put(Array(name.utf8))
    return out.bytes
  }

  /// An extra field that tells a time in seconds since 1970.
  static func time(_ seconds: Int32) -> [UInt8] {
    var out = ByteWriter()
    out.put(0x5455, as: UInt16.self)
    out.put(5, as: UInt16.self)
    out.put([1])
    out.put(UInt32(bitPattern: seconds), as: UInt32.self)
    return out.bytes
  }
}
