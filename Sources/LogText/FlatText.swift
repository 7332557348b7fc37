/// A stretch of a line without its escape sequences, and the way back to the bytes of the file.
///
/// What is searched, measured and drawn are these bytes. They still hold tabs, controls and what
/// is no UTF-8; ``TextScanner`` makes them harmless.
struct FlatText {
  /// From a flat offset on, text looks like this.
  struct StyleRun {
    var flat: Int
    var state: GraphicState
  }

  /// The bytes without escape sequences.
  private(set) var bytes: [UInt8] = []
  /// How text looks, from the beginning on; at most one run for each offset.
  private(set) var styles: [StyleRun]
  /// The raw offset after everything that was taken in.
  private(set) var rawEnd: Int
  private var map = FlatMap()

  /// Begins a stretch at a raw offset.
  init(rawStart: Int, state: GraphicState = .plain) {
    rawEnd = rawStart
    styles = [StyleRun(flat: 0, state: state)]
  }

  /// How text looks after everything that was taken in.
  var endState: GraphicState { styles[styles.count - 1].state }

  /// Adds a word of our own, in bold, which stands for the raw bytes up to `rawEnd`.
  mutating func append(word: StaticString, rawEnd: Int) {
    if word.utf8CodeUnitCount > 0 {
      map.begin(flat: bytes.count, raw: self.rawEnd)
      let after = endState
      set(after.bold)
      bytes.append(
        contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
      set(after)
    }
    self.rawEnd = rawEnd
  }

  /// Adds raw bytes, which begin where the last ended.
  ///
  /// - Parameters:
  ///   - raw: the bytes.
  ///   - isLast: whether the line ends with them; else a sequence that may go on is left out.
  mutating func append(_ raw: UnsafeRawBufferPointer, isLast: Bool) {
    let base = rawEnd
    let end = isLast ? raw.count : Self.safeEnd(of: raw)
    var splitter = EscapeSplitter(raw, 0..<end)
    map.begin(flat: bytes.count, raw: base)
    while let (text, sequence) = splitter.next() {
      if !text.isEmpty { bytes.append(contentsOf: raw[text]) }
      guard let sequence else { break }
      if let parameters = sequence.parameters {
        var state = endState
        state.apply(raw, parameters)
        set(state)
      }
      map.begin(flat: bytes.count, raw: base + sequence.end)
    }
    rawEnd = base + end
  }

  /// The end of what can be told without knowing what follows: before a sequence that may go on.
  private static func safeEnd(of raw: UnsafeRawBufferPointer) -> Int {
    let unsafe = max(0, raw.count - EscapeScan.longest)..<raw.count
    return ByteScan.first(ByteScan.escape, in: raw, unsafe) ?? raw.count
  }

  private mutating func set(_ state: GraphicState) {
    let run = StyleRun(flat: bytes.count, state: state)
    if styles[styles.count - 1].flat == run.flat {
      styles[styles.count - 1] = run
    } else if styles[styles.count - 1].state != state {
      styles.append(run)
    }
  }
}

extension FlatText {
  /// How text looks at a flat offset.
  func state(at flat: Int) -> GraphicState {
    styles[max(0, styles.partition { $0.flat <= flat } - 1)].state
  }

  /// The raw offset of a flat one; after the escape sequences that stand there.
  func raw(at flat: Int) -> Int { flat >= bytes.count ? rawEnd : map.raw(at: flat, end: rawEnd) }

  /// The flat offset of a raw one.
  func flat(at raw: Int) -> Int {
    raw >= rawEnd ? bytes.count : map.flat(at: raw, end: bytes.count)
  }
}
