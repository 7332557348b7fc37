import Canvas

/// Reads bytes as text, unit by unit, so that each is harmless and its width is known.
struct TextScanner {
  /// So many scalars are at most read as one character.
  static let longestCluster = 128

  let bytes: UnsafeRawBufferPointer
  /// Whether nothing follows the bytes; else what may go on is left for later.
  let isLast: Bool
  /// The index of the next unit.
  private(set) var position: Int
  /// Characters that were read together and not given yet; in reverse.
  private var pending: [TextUnit] = []

  init(_ bytes: UnsafeRawBufferPointer, from position: Int = 0, isLast: Bool) {
    self.bytes = bytes
    self.position = position
    self.isLast = isLast
  }

  /// The next unit; `nil` at the end, or where only what follows can tell.
  ///
  /// `limit` is the most ASCII characters to give as one unit, `most` the most of others.
  mutating func next(limit: Int, most: Int) -> TextUnit? {
    if let unit = pending.popLast() {
      position = unit.range.upperBound
      return unit
    }
    guard position < bytes.count else { return nil }
    let unit = read(limit: limit, most: most)
    if let unit { position = unit.range.upperBound }
    return unit
  }

  private mutating func read(limit: Int, most: Int) -> TextUnit? {
    let start = position
    let first = bytes[start]
    if 0x20..<0x7F ~= first {
      let end = asciiEnd(from: start, limit: limit)
      let kept = joinsNext(at: end) ? end - 1 : end
      if kept > start {
        return TextUnit(range: start..<kept, width: 1, count: kept - start, content: .verbatim)
      }
      return readCluster(from: start)
    }
    if first < 0x80 { return readControl(first, at: start) }
    guard let scalar = UTF8Scalar(bytes, at: start) else {
      if !isLast, bytes.count - start < 4 { return nil }
      return TextUnit(range: start..<start + 1, width: 1, content: .text("\u{FFFD}"))
    }
    guard let width = scalar.plainWidth else { return readCluster(from: start) }
    return readPlain(from: start, first: scalar, width: width, limit: most)
  }

  /// Reads characters beyond ASCII that are drawn as they are and take the same columns.
  private mutating func readPlain(
    from start: Int, first: UTF8Scalar, width: Int, limit: Int
  ) -> TextUnit? {
    var end = start + first.length
    var last = first.length
    var count = 1
    while end < bytes.count, bytes[end] >= 0x80 {
      guard let scalar = UTF8Scalar(bytes, at: end) else {
        if !isLast, bytes.count - end < 4 { (end, count) = (end - last, count - 1) }
        break
      }
      guard let next = scalar.plainWidth else {
        // It may join the character before it.
        (end, count) = (end - last, count - 1)
        break
      }
      guard next == width, count < limit else { break }
      end += scalar.length
      last = scalar.length
      count += 1
    }
    if end == bytes.count, !isLast { (end, count) = (end - last, count - 1) }
    if count <= 0 { return readCluster(from: start) }
    return TextUnit(range: start..<end, width: width, count: count, content: .verbatim)
  }

  private func readControl(_ byte: UInt8, at start: Int) -> TextUnit {
    switch byte {
    case 0x09:
      return TextUnit(range: start..<start + 1, width: 1, content: .tab)
    case 0x0B, 0x0C:
      return TextUnit(range: start..<start + 1, width: 1, content: .text(" "))
    default:
      // As in a line of ours, a run of controls is one sign.
      var end = start + 1
      while end < bytes.count, bytes[end] < 0x20 || bytes[end] == 0x7F, bytes[end] != 0x09 {
        end += 1
      }
      return TextUnit(range: start..<end, width: 1, content: .text("\u{FFFD}"))
    }
  }

  /// The end of the printable ASCII from an index on.
  private func asciiEnd(from start: Int, limit: Int) -> Int {
    Self.asciiEnd(in: bytes, start..<min(bytes.count, start + max(1, limit)))
  }

  /// The end of the printable ASCII that a range begins with; its first byte is such.
  static func asciiEnd(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    let end = range.upperBound
    var index = range.lowerBound + 1
    // Eight at a time: no high bit, nothing below 0x20, no 0x7F.
    while index + 8 <= end {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let belowSpace = (word &- 0x2020_2020_2020_2020) & ~word
      let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
      let isDelete = (delete &- 0x0101_0101_0101_0101) & ~delete
      if (word | belowSpace | isDelete) & 0x8080_8080_8080_8080 != 0 { break }
      index += 8
    }
    while index < end, 0x20..<0x7F ~= bytes[index] { index += 1 }
    return index
  }

  /// Whether what comes at an index may join the character before it.
  private func joinsNext(at index: Int) -> Bool {
    guard index < bytes.count else { return !isLast }
    guard bytes[index] >= 0x80 else { return false }
    guard let scalar = UTF8Scalar(bytes, at: index) else {
      return !isLast && bytes.count - index < 4
    }
    return scalar.plainWidth == nil
  }

  /// Reads scalars that need a closer look, with the one before them, as whole characters.
  private mutating func readCluster(from start: Int) -> TextUnit? {
    var end = start
    var count = 0
    while end < bytes.count, count < Self.longestCluster {
      if count > 0, bytes[end] < 0x80 { break }
      guard let scalar = UTF8Scalar(bytes, at: end) else {
        if !isLast, bytes.count - end < 4 { return nil }
        break
      }
      if count > 0, scalar.plainWidth != nil { break }
      end += scalar.length
      count += 1
    }
    if end == bytes.count, !isLast, count < Self.longestCluster { return nil }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    var units: [TextUnit] = []
    var index = start
    for character in text {
      let after = index + character.utf8.count
      let clean = PlainText.sanitized(String(character))
      units.append(
        TextUnit(range: index..<after, width: DisplayWidth.of(clean), content: .text(clean)))
      index = after
    }
    // Where the reading had to stop, the last character may go on: it begins the next reading.
    if count == Self.longestCluster, units.count > 1 { units.removeLast() }
    pending = units.reversed()
    return pending.popLast()
  }
}
