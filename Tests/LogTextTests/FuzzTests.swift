import Testing

@testable import LogText

@Suite("Random bytes")
struct FuzzTests {
  @Test("What is shown is harmless and fits, whatever the bytes are")
  func parser() {
    var generator = SeededGenerator(seed: 1)
    let count = 1500
    for round in 0..<count {
      let bytes = NastyBytes.log(generator.next(below: 40), using: &generator)
      let options = LogPager.Options(
        wraps: round % 2 == 0, timestamps: LogPager.Timestamps.allCases[round % 3])
      let pager = LogPager(
        opening: LogFile(bytes: bytes), columns: 1 + generator.next(below: 50), rows: 30,
        options: options)
      checkInvariants(pager, "input \(round)")
      let newlines = bytes.count { $0 == 0x0A }
      let lines = bytes.isEmpty || bytes.last == 0x0A ? newlines : newlines + 1
      if pager.status.lineCount != lines { Issue.record("input \(round) has \(lines) lines") }
    }
    print("parsed \(count) random logs")
  }

  @Test("Blocks of lines are searched as the lines by themselves are")
  func blocks() throws {
    var generator = SeededGenerator(seed: 2)
    let patterns = try ["needle", "한국", "e", "##["].map { try LogPattern($0, isRegex: false) }
    let count = 600
    for round in 0..<count {
      let file = LogFile(bytes: NastyBytes.log(generator.next(below: 80), using: &generator))
      let pattern = patterns[round % patterns.count]
      var pager = LogPager(opening: file)
      pager.settle { $0.search(pattern) }
      let expected = hits(of: pattern, in: file)
      if pager.status.hits?.count != expected {
        Issue.record("input \(round): \(pager.status.hits?.count ?? -1) hits, not \(expected)")
      }
    }
    print("searched \(count) random logs")
  }

  /// The hits, line by line.
  private func hits(of pattern: LogPattern, in file: LogFile) -> Int {
    var store = LineStore(file: file, bounds: 0..<file.count)
    var count = 0
    var start = 0
    while start < file.count {
      let line = store.line(at: start)
      let text = store.stretch(of: line, from: LinePlace(raw: line.text.lowerBound)).text.bytes
      text.withUnsafeBytes { bytes in
        guard let matcher = Matcher(pattern.compiled, steps: 1000) else { return }
        var start = 0
        while start < bytes.count, case .hit(let hit) = matcher.first(in: bytes, from: start) {
          count += 1
          start = hit.upperBound
        }
      }
      start = line.next
    }
    return count
  }

  @Test("A pager keeps its promises through whatever is asked of it")
  func operations() throws {
    var generator = SeededGenerator(seed: 3)
    let patterns = try [
      LogPattern("needle", isRegex: false), LogPattern("[a-z]+", isRegex: true),
      LogPattern("한|배", isRegex: true), LogPattern("absent", isRegex: false),
    ]
    var asked = 0
    let count = 60
    for round in 0..<count {
      let file = LogFile(bytes: NastyBytes.log(generator.next(below: 300), using: &generator))
      var pager = LogPager(
        file: file, columns: 1 + generator.next(below: 60), rows: 1 + generator.next(below: 12),
        options: .init(wraps: round % 2 == 0, follows: round % 5 == 0))
      var work = pager.start()
      for step in 0..<40 {
        asked += 1
        work += change(&pager, file, patterns, &generator)
        // Work is done late, early or never, as it is when threads do it.
        switch generator.next(below: 4) {
        case 0: work = []
        case 1: break
        default:
          pager.settle(work)
          work = []
        }
        checkInvariants(pager, "log \(round), step \(step)")
        if pager.status.percent > 100 || pager.status.percent < 0 {
          Issue.record("\(pager.status.percent) percent")
        }
      }
    }
    print("asked for \(asked) things of \(count) random logs")
  }

  private func change(
    _ pager: inout LogPager, _ file: LogFile, _ patterns: [LogPattern],
    _ generator: inout SeededGenerator
  ) -> [LogWork] {
    let flip = generator.next(below: 2) == 0
    let pattern = patterns[generator.next(below: patterns.count)]
    let place = generator.next(below: file.count + 20) - 10
    switch generator.next(below: 20) {
    case 0: return pager.scroll(rows: generator.next(below: 30) - 15)
    case 1: return pager.scroll(rows: flip ? 1 : -1)
    case 2: return pager.scrollSideways(columns: generator.next(below: 60) - 30)
    case 3: return pager.moveCursor(rows: generator.next(below: 20) - 10)
    case 4: return flip ? pager.goToTop() : pager.goToBottom()
    case 5: return pager.goToLine(place)
    case 6: return pager.go(toByte: place)
    case 7:
      return pager.resize(
        columns: generator.next(below: 90), rows: generator.next(below: 20))
    case 8:
      return pager.setOptions(
        .init(
          wraps: flip, timestamps: LogPager.Timestamps.allCases[generator.next(below: 3)],
          follows: generator.next(below: 3) == 0))
    case 9, 10: return pager.toggleFold()
    case 11: return flip ? pager.foldAll() : pager.unfoldAll()
    case 12: return pager.search(pattern, isBackward: flip)
    case 13: return pager.findNext(isBackward: flip)
    case 14: return pager.filter(flip ? pattern : nil)
    case 15: return pager.nextProblem(isBackward: flip)
    case 16: return pager.setSlice(flip ? min(max(0, place), 50)..<max(50, place) : nil)
    case 17:
      _ = pager.cursorText
      return pager.search(nil)
    default:
      file.append(NastyBytes.log(generator.next(below: 30), using: &generator))
      return pager.grow()
    }
  }

  @Test("Random lines are laid out alike from above and from below")
  func downAndUp() {
    var generator = SeededGenerator(seed: 4)
    for round in 0..<60 {
      let bytes = NastyBytes.log(generator.next(below: 100), using: &generator)
      var pager = LogPager(
        opening: LogFile(bytes: bytes), columns: 1 + generator.next(below: 40), rows: 4,
        options: .init(wraps: round % 4 != 0))
      var down = pager.rows.map(\.spans)
      while !pager.status.isAtEnd {
        _ = pager.scroll(rows: 1)
        down.append(pager.rows.last?.spans ?? [])
      }
      _ = pager.goToBottom()
      var up = Array(pager.rows.map(\.spans).reversed())
      while up.count < down.count {
        _ = pager.scroll(rows: -1)
        up.append(pager.rows.first?.spans ?? [])
      }
      if down != up.reversed() { Issue.record("log \(round) differs") }
    }
  }
}
