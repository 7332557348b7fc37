/// The directory at the end of a zip, read with our own eyes before libarchive takes the archive.
///
/// libarchive holds the whole directory in memory before it gives out the first entry, tells no
/// packed sizes, cuts names at a NUL and passes over entries that share their bytes. So the
/// directory is counted and checked first, and an archive whose parts contradict each other is
/// given up. It is looked for where and as libarchive looks for it, so that both see the same one.
struct ZipDirectory: Sendable, Equatable {
  /// Its records, in the order in which their data stand in the archive.
  private(set) var records: [ZipRecord] = []

  /// How far from the end of the file libarchive looks for the record that ends the directory.
  private static let tailLength = 16 << 10
  private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let locatorSignature: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
  private static let zip64EndSignature: [UInt8] = [0x50, 0x4B, 0x06, 0x06]

  /// Where the directory stands and what it says of itself.
  private struct Place {
    var start: Int
    var end: Int
    /// Where it would stand if nothing preceded the archive.
    var statedStart: Int
    var count: Int
    /// How many bits of the count there are.
    var isCountWhole: Bool
  }

  init(of file: borrowing OpenedFile, limits: ArchiveLimits) throws(ArchiveError) {
    let place = try Self.find(in: file)
    try readRecords(at: place, of: file, limits: limits)
    let isCountRight =
      place.isCountWhole
      ? records.count == place.count : records.count & 0xFFFF == place.count
    guard isCountRight else {
      throw Self.damaged(
        file, "its directory says that it holds \(place.count) entries and holds \(records.count)")
    }
    records.sort { $0.offset < $1.offset }
    try checkOverlaps(place, of: file)
  }

  // MARK: - Finding it

  private static func find(in file: borrowing OpenedFile) throws(ArchiveError) -> Place {
    let tailStart = max(0, file.size - tailLength)
    let tail = try file.read(at: tailStart, count: tailLength)
    guard let found = lastEnd(in: tail) else {
      let beginning = try file.read(at: 0, count: 512)
      guard beginning.starts(with: [0x50, 0x4B]) else {
        throw .notArchive(file.name, beginning: FileBeginning.words(beginning))
      }
      throw .cutOff(file.name, reason: "the directory at its end is missing")
    }
    let end = LittleEndian(tail[found...])
    let position = tailStart + found
    guard end.word16(4) == 0, end.word16(6) == 0, end.word16(8) == end.word16(10) else {
      throw damaged(file, "it is one part of several")
    }
    if found >= 20, tail[(found - 20)...].starts(with: locatorSignature) {
      return try zip64Place(LittleEndian(tail[(found - 20)...]), before: position - 20, of: file)
    }
    let (length, stated) = (end.word32(12), end.word32(16))
    guard stated + length <= position else {
      throw .cutOff(file.name, reason: "its directory should begin beyond what there is of it")
    }
    return Place(
      start: position - length, end: position, statedStart: stated, count: end.word16(10),
      isCountWhole: false)
  }

  private static func lastEnd(in tail: [UInt8]) -> Int? {
    guard tail.count >= 22 else { return nil }
    return (0...(tail.count - 22)).last {
      tail[$0] == 0x50 && tail[$0...].starts(with: endSignature)
    }
  }

  private static func zip64Place(
    _ locator: LittleEndian, before limit: Int, of file: borrowing OpenedFile
  ) throws(ArchiveError) -> Place {
    guard let position = locator.word64(8), position + 56 <= limit else {
      throw damaged(file, "its zip64 directory is not where it says")
    }
    let bytes = try file.read(at: position, count: 56)
    let end = LittleEndian(bytes)
    guard bytes.starts(with: zip64EndSignature), locator.word32(4) == 0, locator.word32(16) == 1,
      end.word32(16) == 0, end.word32(20) == 0, end.word64(24) == end.word64(32),
      let count = end.word64(32), let length = end.word64(40), let start = end.word64(48),
      let ownLength = end.word64(4), (44...16_372).contains(ownLength),
      // Differences, for a sum of such numbers could overflow.
      start <= position, length == position - start
    else { throw damaged(file, "its zip64 directory contradicts itself") }
    return Place(
      start: start, end: position, statedStart: start, count: count, isCountWhole: true)
  }

  // MARK: - Reading it

  private mutating func readRecords(
    at place: Place, of file: borrowing OpenedFile, limits: ArchiveLimits
  ) throws(ArchiveError) {
    let pieceLength = 1 << 18
    var position = place.start
    var piece: [UInt8] = []
    var used = 0
    while position < place.end {
      // The longest record has three texts of 65,535 bytes.
      if piece.count - used < ZipRecord.fixedLength + 3 * 0xFFFF,
        position + piece.count - used < place.end
      {
        piece = try file.read(at: position, count: min(pieceLength, place.end - position))
        used = 0
      }
      let rest = piece[used...]
      guard rest.starts(with: ZipRecord.signature), rest.count >= ZipRecord.fixedLength else {
        throw Self.damaged(file, "its directory breaks off")
      }
      let head = LittleEndian(rest)
      let length =
        ZipRecord.fixedLength + head.word16(28) + head.word16(30) + head.word16(32)
      guard length <= rest.count, let record = ZipRecord(rest.prefix(length)) else {
        throw Self.damaged(file, "its directory breaks off")
      }
      guard records.count < limits.mostEntries else {
        throw .limit(
          .mostEntries, allowed: limits.mostEntries, subject: file.name)
      }
      records.append(record)
      used += length
      position += length
    }
  }

  /// Entries that share bytes unpack to far more than the archive's length: so bombs are made.
  private func checkOverlaps(
    _ place: Place, of file: borrowing OpenedFile
  ) throws(ArchiveError) {
    var free = 0
    for record in records {
      guard record.offset >= free else {
        throw Self.damaged(file, "several of its files share the same bytes, as in zip bombs")
      }
      // Its own header takes 30 bytes and repeats the name. No sums: they could overflow.
      let room = place.statedStart - 30
      guard record.offset <= room, record.packedSize <= room - record.offset else {
        throw Self.damaged(file, "files stand beyond its directory")
      }
      free = record.offset + 30 + record.packedSize
    }
  }

  private static func damaged(
    _ file: borrowing OpenedFile, _ reason: String
  ) -> ArchiveError {
    .damaged(file.name, reason: reason)
  }
}
