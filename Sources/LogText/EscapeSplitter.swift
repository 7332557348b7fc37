/// Goes through bytes from one escape sequence to the next.
struct EscapeSplitter {
  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  let end: Int
  private var isDone = false

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next text, and the sequence after it; at the end there is none.
  mutating func next() -> (text: Range<Int>, sequence: EscapeScan.Sequence?)? {
    guard !isDone else { return nil }
    let start = position
    var search = start
    while let escape = ByteScan.first(ByteScan.escape, in: bytes, search..<end) {
      if let sequence = EscapeScan.sequence(in: bytes, at: escape, limit: end) {
        position = sequence.end
        return (start..<escape, sequence)
      }
      search = escape + 1
    }
    isDone = true
    position = end
    return (start..<end, nil)
  }
}
