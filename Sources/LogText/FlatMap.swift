/// Where the bytes of a flat text stand in the file.
struct FlatMap {
  /// From a flat offset on, flat and raw bytes go side by side.
  private struct Piece {
    var flat: Int
    var raw: Int
  }

  private var pieces: [Piece] = []

  /// Says that what comes next, at a flat offset, stands at a raw one.
  @inline(__always)
  mutating func begin(flat: Int, raw: Int) {
    if let last = pieces.last {
      if raw - flat == last.raw - last.flat { return }
      if last.flat == flat {
        pieces[pieces.count - 1].raw = raw
        return
      }
    }
    pieces.append(Piece(flat: flat, raw: raw))
  }

  /// Forgets everything.
  mutating func removeAll() { pieces.removeAll(keepingCapacity: true) }

  /// The raw offset of a flat one.
  func raw(at flat: Int, end: Int) -> Int {
    let after = pieces.partition { $0.flat <= flat }
    guard after > 0 else { return end }
    let offset = pieces[after - 1].raw + flat - pieces[after - 1].flat
    // A word of ours may be longer than what it stands for.
    return after < pieces.count ? min(offset, pieces[after].raw) : offset
  }

  /// The flat offset of a raw one.
  func flat(at raw: Int, end: Int) -> Int {
    let after = pieces.partition { $0.raw <= raw }
    guard after > 0 else { return 0 }
    let offset = pieces[after - 1].flat + raw - pieces[after - 1].raw
    return min(offset, after < pieces.count ? pieces[after].flat : end)
  }
}

extension Array {
  /// How many elements at the beginning a condition holds for, where it holds for none after them.
  func partition(where holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
