import Foundation

/// As many lines of a believable log as are wanted, made when they are read.
///
/// It consists of blocks of one size that differ in their times and numbers only, so that any part
/// of many megabytes costs no more than itself.
struct FillerLog: Sendable {
  /// How much is wanted.
  let size: Scenario.LargeLog
  /// The time of the line before it, in tenths of a microsecond since 1970.
  let from: Int64
  /// The time of the line behind it.
  let to: Int64
  let seed: UInt64

  private static let blockSize = 1 << 16
  /// A writer begins a new block of its file after 2 MiB, each with a byte order mark.
  private static let blocksUntilMark = 32

  /// The lines; up to one block fewer than wanted.
  var content: LazyContent {
    let count = max(1, (size.bytes - (size.lineBytes ?? 0)) / Self.blockSize)
    let template = Template(seed: seed, size: Self.blockSize)
    let begin = from
    let step = max(0, to - from) / Int64(count + 1)
    let blocks = LazyContent(count: count * Self.blockSize) { range in
      var result = Data(capacity: range.count)
      let first = range.lowerBound / Self.blockSize
      for index in first...((range.upperBound - 1) / Self.blockSize) {
        let block = template.block(
          index, from: begin + Int64(index) * step, step: step,
          isMarked: (index + 1) % Self.blocksUntilMark == 0)
        let start = index * Self.blockSize
        let low = max(range.lowerBound, start) - start
        let high = min(range.upperBound, start + Self.blockSize) - start
        block.withUnsafeBufferPointer { result.append(contentsOf: $0[low..<high]) }
      }
      return result
    }
    guard let line = size.lineBytes else { return blocks }
    return LazyContent(joining: [blocks, longLine(line)])
  }

  /// One line of any length, as a tool writes that prints its whole state as JSON.
  private func longLine(_ count: Int) -> LazyContent {
    let head = Array("\(Timestamp.isoOfLogLine(ticks: to)) ##[debug]{\"items\":[".utf8)
    let pattern = Array("{\"sku\":\"A-10482\",\"이름\":\"장바구니\",\"qty\":3},".utf8)
    return LazyContent(count: max(count, head.count + 1)) { range in
      let last = max(count, head.count + 1) - 1
      return Data(
        range.map { place in
          place == last
            ? UInt8(ascii: "\n")
            : place < head.count ? head[place] : pattern[(place - head.count) % pattern.count]
        })
    }
  }
}

/// The lines that a block repeats, with places for what differs.
private struct Template: Sendable {
  private var bytes: [UInt8] = []
  /// Where lines begin, which is where their times stand.
  private var starts: [Int] = []
  /// Where the number of the block stands.
  private var numberPlace = 0
  private static let timeLength = 28
  private static let digits = 8
  private static let mark = [UInt8](JobLog.byteOrderMark)

  init(seed: UInt64, size: Int) {
    var chance = Randomness(seed: seed, "filler")
    bytes.reserveCapacity(size)
    var number = 0
    while bytes.count < size - 400 {
      add(Self.line(number, chance: &chance))
      number += 1
    }
    add("##[endgroup]")
    // The three bytes that are left out of a block with a mark.
    let padding = size - bytes.count - Self.timeLength - 2 - Self.mark.count
    add(String(repeating: ".", count: padding) + "   ")
  }

  private mutating func add(_ text: String) {
    starts.append(bytes.count)
    bytes += [UInt8](repeating: UInt8(ascii: "0"), count: Self.timeLength) + [UInt8(ascii: " ")]
    if let place = text.firstRange(of: "@@@@@@@@") {
      numberPlace = bytes.count + text[..<place.lowerBound].utf8.count
    }
    bytes += Array(text.utf8) + [UInt8(ascii: "\n")]
  }

  private static func line(_ number: Int, chance: inout Randomness) -> String {
    let name = StepScript.packages[number % StepScript.packages.count]
    switch number {
    case 0: return "##[group]묶음 @@@@@@@@: npm run build --workspaces"
    case 60: return "##[group]안쪽 묶음"
    case 90: return "##[endgroup]"
    case 120: return "##[warning]\(name) 패키지가 곧 지원 종료됩니다"
    case let number where number % 9 == 4:
      return "\u{1B}[32m✓\u{1B}[39m 주문 \(chance.number(in: 1000...9999)) 처리 완료 "
        + "(\(chance.number(in: 2...900)) ms)"
    case let number where number % 17 == 3:
      return "  at Object.<anonymous> (/app/node_modules/\(name)/dist/index.js:"
        + "\(chance.number(in: 1...4000)):\(chance.number(in: 1...120)))"
    default:
      return "#6 \(number).\(chance.number(in: 10...99)) npm http fetch GET 200 "
        + "https://registry.npmjs.org/\(name)/-/\(name)-\(chance.number(in: 0...22)).1.\(number % 9)"
        + ".tgz \(chance.number(in: 12...640))ms (cache miss)"
    }
  }

  /// A block of the template's size.
  func block(_ index: Int, from: Int64, step: Int64, isMarked: Bool) -> [UInt8] {
    var block = bytes
    let gap = step / Int64(starts.count + 1)
    block.withUnsafeMutableBufferPointer { buffer in
      for (line, start) in starts.enumerated() {
        Self.write(from + gap * Int64(line), to: buffer, at: start)
      }
      var rest = index
      for place in (numberPlace..<(numberPlace + Self.digits)).reversed() {
        buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
    }
    guard isMarked else { return block }
    // The mark stands before the last line, which gives up as much of its end.
    let last = starts[starts.count - 1]
    let end = block.count - Self.mark.count - 1
    return block[..<last] + Self.mark + block[last..<end] + [UInt8(ascii: "\n")]
  }

  private static func write(
    _ ticks: Int64, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) {
    var text = Timestamp.isoOfLogLine(ticks: ticks)
    text.withUTF8 { digits in
      for index in 0..<min(digits.count, timeLength) { buffer[start + index] = digits[index] }
    }
  }
}
