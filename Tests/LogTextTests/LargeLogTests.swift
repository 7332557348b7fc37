import Testing

@testable import LogText

@Suite("A log of many blocks")
struct LargeLogTests {
  private struct Sample {
    var file: LogFile
    var lines: [String]
  }

  private static let sample: Sample = {
    var lines: [String] = []
    for number in 1...12_000 {
      switch number {
      case _ where number % 500 == 0: lines.append("##[error]broken \(number)")
      case _ where number % 97 == 0: lines.append("a \u{1B}[31mnee\u{1B}[0mdle 바늘 \(number)")
      case _ where number % 300 == 1: lines.append("##[group]group \(number)")
      case _ where number % 300 == 9: lines.append("##[endgroup]")
      default: lines.append("line \(number) " + String(repeating: "filler ", count: number % 9))
      }
    }
    // One that is longer than a block.
    lines[6000] = String(repeating: "0123456789 needle ", count: 20_000)
    let stamp = "2026-11-23T04:03:53.1234567Z "
    let text = lines.map { stamp + $0 }.joined(separator: "\n")
    return Sample(file: LogFile(bytes: Array(text.utf8)), lines: lines)
  }()

  private let sample = Self.sample

  @Test("Lines, groups and problems are those of the log")
  func index() {
    let pager = LogPager(opening: sample.file)
    #expect(pager.status.lineCount == 12_000)
    #expect(pager.status.errorCount == 24)
    #expect(pager.index.groups.count == sample.lines.count { $0.hasPrefix("##[group]") })
    #expect(pager.index.groups.allSatisfy { $0.end != nil && $0.hiddenLines == 7 })
  }

  @Test("Every line is found by its number")
  func numbers() {
    var pager = LogPager(opening: sample.file, rows: 3)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      let number = 1 + generator.next(below: 12_000)
      guard !sample.lines[number - 1].hasPrefix("##[endgroup]") else { continue }
      pager.settle { $0.goToLine(number) }
      #expect(pager.status.cursorLine == number)
    }
  }

  @Test("The search stops at every hit, in both directions, and knows its number")
  func hits() throws {
    var pager = LogPager(opening: sample.file, rows: 20)
    pager.settle { $0.search(try? LogPattern("바늘", isRegex: false)) }
    let numbers = sample.lines.indices.filter { sample.lines[$0].contains("바늘") }.map { $0 + 1 }
    #expect(pager.status.hits == .init(count: numbers.count, isComplete: true, current: 1))
    for (index, number) in numbers.enumerated() {
      #expect(pager.status.cursorLine == number)
      #expect(pager.status.hits?.current == index + 1)
      pager.settle { $0.findNext(isBackward: false) }
    }
    #expect(pager.status.hits?.current == 1)
    for (index, number) in numbers.enumerated().reversed() {
      pager.settle { $0.findNext(isBackward: true) }
      #expect(pager.status.cursorLine == number)
      #expect(pager.status.hits?.current == index + 1)
    }
  }

  @Test("Hits in a long line and across escape sequences are counted")
  func manyHits() {
    var pager = LogPager(opening: sample.file, rows: 20)
    pager.settle { $0.search(try? LogPattern("needle", isRegex: false)) }
    let plain = sample.lines.count { $0.contains("바늘") }
    #expect(pager.status.hits?.count == plain + 20_000)
    pager.settle { $0.goToLine(6001) }
    pager.settle { $0.findNext(isBackward: true) }
    #expect(pager.status.cursorLine == 6001)
    let before = sample.lines[..<6000].count { $0.contains("바늘") }
    #expect(pager.status.hits?.current == before + 20_000)
  }

  @Test("A filter shows what the log holds, and no more")
  func filter() {
    var pager = LogPager(opening: sample.file, rows: 100)
    pager.settle { $0.filter(try? LogPattern("바늘|0123|broken", isRegex: true)) }
    var numbers = pager.rows.compactMap(\.line)
    while !pager.status.isAtEnd {
      _ = pager.scroll(rows: 100)
      numbers += pager.rows.compactMap(\.line).filter { $0 > numbers.last ?? 0 }
    }
    let expected = sample.lines.indices.map { $0 + 1 }.filter {
      let line = sample.lines[$0 - 1]
      return line.contains("바늘") || line.contains("0123") || line.contains("broken")
    }
    #expect(numbers == expected)
    #expect(pager.status.filtered?.count == expected.count)
    var up: [Int] = []
    while pager.rows.first?.line != expected.first {
      _ = pager.scroll(rows: -100)
      up += pager.rows.compactMap(\.line)
    }
    #expect(Set(up).isSubset(of: expected))
  }

  @Test("Every problem is stopped at, in both directions")
  func problems() {
    var pager = LogPager(opening: sample.file, rows: 20)
    for round in 1...24 {
      pager.settle { $0.nextProblem(isBackward: false) }
      #expect(pager.status.cursorLine == round * 500)
    }
    for round in (1...23).reversed() {
      pager.settle { $0.nextProblem(isBackward: true) }
      #expect(pager.status.cursorLine == round * 500)
    }
  }
}
