/// Goes through a line's text and lays it out on rows and columns.
///
/// A line that is broken fills each row up to its width; a character that finds no room begins the
/// next. A line that is not broken has one row. A long line is read stretch by stretch, and the
/// places between them are remembered, so that going on from the middle costs no more than a
/// stretch.
struct LineWalker {
  /// Where to stop.
  enum Target {
    /// At the first character on that row or a later one.
    case row(Int)
    /// At the character that covers that column or comes after it.
    case column(Int)
    /// At the character that holds that byte of the file or comes after it.
    case byte(Int)
    /// After the last character.
    case end
  }

  let line: ShownLine
  /// The columns of a row; `nil` where the line is not broken.
  let width: Int?
  /// Where the next character stands.
  private(set) var place: LinePlace
  /// The stretch that is being read.
  private(set) var stretch: FlatText
  /// The next character in it.
  private(set) var position = 0
  /// Whether the stretch is the line's last.
  private(set) var isLast: Bool
  /// Whether the stretch is read as if it were.
  private var isForced = false
  /// Where the stretch begins in the file.
  private var stretchStart: Int

  /// Begins as near before a target as the line is known.
  init(_ line: ShownLine, width: Int?, toward target: Target, in store: inout LineStore) {
    self.line = line
    self.width = width
    place = LinePlace(raw: line.text.lowerBound)
    if line.isLong { place = store.place(in: line, width: width, toward: target) }
    stretchStart = place.raw
    (stretch, isLast) = store.stretch(of: line, from: place)
  }

  /// Reads the stretch on from the next character.
  func scanner(_ bytes: UnsafeRawBufferPointer) -> TextScanner {
    TextScanner(bytes, from: position, isLast: isLast || isForced)
  }

  /// Goes on to a target, and gives whether it was reached before the line's end.
  mutating func skip(to target: Target, in store: inout LineStore) -> Bool {
    repeat {
      if skipInStretch(to: target) { return true }
    } while moveOn(in: &store)
    return false
  }

  private mutating func skipInStretch(to target: Target) -> Bool {
    var byte = Int.max / 2
    if case .byte(let raw) = target, isLast || raw < stretch.rawEnd { byte = stretch.flat(at: raw) }
    let (isReached, end, row, column) = stretch.bytes.withUnsafeBytes { bytes in
      var spot = LinePlace(raw: 0, row: place.row, column: place.column)
      let start = skipPlain(in: bytes, &spot, to: target, byte: byte)
      var scanner = TextScanner(bytes, from: start, isLast: isLast || isForced)
      var (row, column) = (spot.row, spot.column)
      while true {
        let limit: Int
        switch target {
        case .row(let wanted): limit = (wanted - row) * (width ?? 1) - column
        case .column(let wanted): limit = wanted - column
        case .byte: limit = byte - scanner.position
        case .end: limit = Int.max / 2
        }
        if limit <= 0 { return (true, scanner.position, row, column) }
        var most = min(limit, width.map { $0 - column } ?? limit) / 2
        // No character takes more than four bytes.
        if case .byte = target { most = limit / 4 }
        guard let unit = scanner.next(limit: limit, most: max(1, most)) else {
          return (false, scanner.position, row, column)
        }
        let spot = Self.spot(of: unit, row: row, column: column, width: width)
        switch target {
        case .row(let wanted) where spot.row >= wanted:
          return (true, unit.range.lowerBound, row, column)
        case .column(let wanted) where spot.column + spot.width * unit.count > wanted:
          return (true, unit.range.lowerBound, row, column)
        case .byte where unit.range.upperBound > byte:
          return (true, unit.range.lowerBound, row, column)
        case .row, .column, .byte, .end:
          (row, column) = spot.after(unit.count, width: width)
        }
      }
    }
    move(to: end, row: row, column: column)
    return isReached
  }

  /// Says that everything before an offset of the stretch has been laid out.
  mutating func move(to position: Int, row: Int, column: Int) {
    self.position = position
    place = LinePlace(
      raw: stretch.raw(at: position), state: stretch.state(at: position), row: row, column: column)
  }

  /// Goes on to the next stretch; false at the line's end.
  mutating func moveOn(in store: inout LineStore) -> Bool {
    guard !isLast else {
      if line.isLong { store.remember(end: place, of: line, width: width) }
      return false
    }
    let isStuck = place.raw == stretchStart
    // Some characters go on for longer than a stretch: such a stretch is read as it stands.
    if isStuck, isForced { return false }
    isForced = isStuck
    (stretch, isLast) = store.stretch(of: line, from: place, isForced: isForced)
    stretchStart = place.raw
    position = 0
    if line.isLong { store.remember(place, in: line, width: width) }
    return true
  }
}

extension LineWalker.Target {
  /// Whether a place comes before the target, so that going on from it leads there.
  func isAfter(_ place: LinePlace) -> Bool {
    switch self {
    case .row(let row): place.row < row
    case .column(let column): place.column <= column
    case .byte(let raw): place.raw <= raw
    case .end: true
    }
  }
}

extension LineWalker {
  /// Where a unit is drawn.
  struct Spot {
    var row: Int
    var column: Int
    /// The columns of each of its characters; a tab's depend on where it stands.
    var width: Int

    /// The row and column after so many characters.
    func after(_ count: Int, width room: Int?) -> (row: Int, column: Int) {
      // Only ASCII is given for more than a row at once.
      guard let room, count > 1, width == 1 else { return (row, column + width * count) }
      let columns = column + count
      let full = (columns - 1) / room
      return (row + full, columns - full * room)
    }
  }

  /// Where a unit is drawn that comes next at a row and column.
  static func spot(of unit: TextUnit, row: Int, column: Int, width room: Int?) -> Spot {
    var spot = Spot(row: row, column: column, width: unit.width)
    if case .tab = unit.content {
      if let room, column >= room { (spot.row, spot.column) = (row + 1, 0) }
      spot.width = 8 - spot.column % 8
      if let room { spot.width = min(spot.width, room - spot.column) }
      return spot
    }
    guard let room else { return spot }
    // What is wider than a whole row is drawn as one sign; see `RowCollector`.
    spot.width = unit.width <= room ? unit.width : 1
    if column + spot.width > room { (spot.row, spot.column) = (row + 1, 0) }
    return spot
  }
}
