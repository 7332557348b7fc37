import Foundation

/// Writes true zip files (PKWARE APPNOTE 6.3): names in UTF-8, deflated where that helps.
struct ZipWriter {
  /// A file of the zip.
  struct File: Sendable {
    var path: String
    var content: LazyContent

    init(_ path: String, _ content: LazyContent) {
      self.path = path
      self.content = content
    }

    init(_ path: String, _ text: String) { self.init(path, LazyContent(Data(text.utf8))) }
    init(_ path: String, _ data: Data) { self.init(path, LazyContent(data)) }
  }

  /// When its files were last changed.
  let modifiedAt: Date
  /// Whether sizes and checksum stand behind each file, as they do where a zip is written in one go.
  var isStreamed = false
  /// What is larger is stored: it would take long and mostly cannot be made smaller.
  var largestDeflated = 1 << 20

  private var parts: [LazyContent] = []
  private var size = 0
  private var directory = Data()
  private var count = 0

  init(modifiedAt: Date, isStreamed: Bool = false) {
    self.modifiedAt = modifiedAt
    self.isStreamed = isStreamed
  }

  /// A zip of some files.
  static func zip(_ files: [File], modifiedAt: Date, isStreamed: Bool = false) -> LazyContent {
    var writer = ZipWriter(modifiedAt: modifiedAt, isStreamed: isStreamed)
    for file in files { writer.add(file) }
    return writer.finish()
  }

  mutating func add(_ file: File) {
    var checksum = RunningCRC32()
    file.content.forEachPiece { checksum.add($0) }
    let isDeflated = file.content.count > 0 && file.content.count <= largestDeflated
    let body =
      isDeflated ? LazyContent(Deflate.compress(file.content.whole)) : file.content
    let hasDescriptor = isStreamed && isDeflated
    let offset = size
    let name = Data(file.path.utf8)
    var sizes = Data()
    sizes.append(little: checksum.value)
    sizes.append(little: UInt32(body.count))
    sizes.append(little: UInt32(file.content.count))
    var head = Data()
    head.append(little: UInt16(20))
    // Bit 11: the name is UTF-8. Bit 3: the sizes stand behind the file.
    head.append(little: UInt16(hasDescriptor ? 0x0808 : 0x0800))
    head.append(little: UInt16(isDeflated ? 8 : 0))
    head.append(little: dosTime)
    var tail = Data()
    tail.append(little: UInt16(name.count))
    tail.append(little: UInt16(0))
    var local = Data()
    local.append(little: UInt32(0x0403_4b50))
    local += head + (hasDescriptor ? Data(count: 12) : sizes) + tail + name
    append(LazyContent(local))
    append(body)
    if hasDescriptor {
      var descriptor = Data()
      descriptor.append(little: UInt32(0x0807_4b50))
      append(LazyContent(descriptor + sizes))
    }
    directory.append(little: UInt32(0x0201_4b50))
    // Made on Unix, so that the attributes below are a file mode.
    directory.append(little: UInt16(0x0314))
    directory += head + sizes + tail
    directory.append(little: UInt16(0))
    directory.append(little: UInt16(0))
    directory.append(little: UInt16(0))
    directory.append(little: UInt32(0o100644) << 16)
    directory.append(little: UInt32(offset))
    directory += name
    count += 1
  }

  mutating func finish() -> LazyContent {
    var end = Data()
    end.append(little: UInt32(0x0605_4b50))
    end.append(little: UInt32(0))
    end.append(little: UInt16(count))
    end.append(little: UInt16(count))
    end.append(little: UInt32(directory.count))
    end.append(little: UInt32(size))
    end.append(little: UInt16(0))
    return LazyContent(joining: parts + [LazyContent(directory + end)])
  }

  private mutating func append(_ part: LazyContent) {
    parts.append(part)
    size += part.count
  }

  /// Time and date in MS-DOS's form, in steps of two seconds.
  private var dosTime: UInt32 {
    let part = Timestamp.fields(of: modifiedAt)
    let time = part.hour << 11 | part.minute << 5 | part.second / 2
    let date = max(0, part.year - 1980) << 9 | part.month << 5 | part.day
    return UInt32(date << 16 | time)
  }
}
