extension LineWalker {
  /// Passes over characters of the stretch that are plain, up to shortly before a target; gives the
  /// index of the next.
  ///
  /// Most of what is passed over is plain. This reads it without making units of it, so that a line
  /// of many megabytes is laid out in a moment.
  func skipPlain(
    in bytes: UnsafeRawBufferPointer, _ place: inout LinePlace, to target: Target, byte: Int
  ) -> Int {
    var end = bytes.count - 4
    if case .byte = target { end = min(end, byte - 4) }
    var room = Int.max / 4
    if let width { room = width }
    var row = place.row
    var column = place.column
    var index = position
    // Where the last character begins: what follows may join it, so that it is given back.
    var last = (index: index, row: row, column: column)
    while index < end {
      var most = end - index
      switch target {
      case .row(let wanted) where width != nil:
        most = min(most, (wanted - 1 - row) * room - column)
      case .column(let wanted): most = min(most, wanted - 2 - column)
      case .row, .byte, .end: break
      }
      guard most > 0 else { break }
      if 0x20..<0x7F ~= bytes[index] {
        let count = TextScanner.asciiEnd(in: bytes, index..<index + most) - index
        let columns = column + count - 1
        let full = count > 1 ? (columns - 1) / room : 0
        last = (index + count - 1, row + full, columns - full * room)
        (row, column) = (last.row, last.column)
        if column >= room { (row, column) = (row + 1, 0) }
        column += 1
        index += count
      } else if room > 1, Self.isWide(in: bytes, at: index) {
        last = (index, row, column)
        if column + 2 > room { (row, column) = (row + 1, 0) }
        column += 2
        index += 3
      } else {
        break
      }
    }
    (place.row, place.column) = (last.row, last.column)
    return last.index
  }

  /// Whether a plain character of two columns stands at an index; only of the most frequent ones.
  @inline(__always)
  private static func isWide(in bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
    let first = bytes[index]
    guard 0xE4...0xED ~= first, bytes[index + 1] & 0xC0 == 0x80, bytes[index + 2] & 0xC0 == 0x80
    else { return false }
    let value =
      UInt32(first & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
    return 0xAC00..<0xD7A4 ~= value || 0x4E00..<0xA000 ~= value
  }
}
