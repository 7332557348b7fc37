import Foundation

/// A generated log for measurements: the lines of a job as GitHub serves them.
///
/// The same arguments give the same bytes.
struct LogSample {
  /// Stands on a line of the first screen, and nowhere else.
  ///
  /// No other line has any of its letters, so that a cell that shows one of them has always changed.
  static let top = "ԱԲԳԴԵԶ"
  /// Stands on the last line, and nowhere else.
  static let bottom = "ՖՔՕՎՏՋ"
  /// A word of the last line that can be typed, and that stands nowhere else.
  static let word = "wolframite"

  /// What it is called in the table.
  let name: String
  /// About how long it is, in bytes.
  let size: Int
  /// Whether all of it is one line, but for a few at the beginning and the end.
  let isOneLine: Bool

  /// How many plain lines there are before and behind.
  private static let margin = 200

  /// Writes the log.
  func write(to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw BenchmarkError(description: "cannot write \(path)") }
    defer { try? file.close() }
    var writer = LineWriter(file: file)
    // More than a screen at both ends, so that each jump draws all of what is awaited.
    for number in 0..<Self.margin {
      writer.add(number == 12 ? "시작 \(Self.top)" : Self.line(number))
    }
    if isOneLine {
      try writer.addLongLine(size)
    } else {
      var number = Self.margin
      while writer.count < size {
        writer.add(Self.line(number))
        number += 1
        if writer.isFull { try writer.flush() }
      }
    }
    for number in 0..<Self.margin { writer.add(Self.line(number)) }
    writer.add("끝 \(Self.word) \(Self.bottom)")
    try writer.flush()
  }

  /// A line of a build: groups, colours, Korean, warnings, and much that is alike.
  private static func line(_ number: Int) -> String {
    switch number % 97 {
    case 0: "##[group]묶음 \(number): npm run build --workspaces"
    case 30: "##[group]안쪽 묶음"
    case 60, 90: "##[endgroup]"
    case 45: "##[warning]패키지가 곧 지원 종료됩니다 (\(number))"
    case 7, 21, 52, 77: "\u{1B}[32m✓\u{1B}[39m 주문 \(number) 처리 완료 (\(number % 900) ms)"
    case 11, 70: "  at Object.<anonymous> (/app/dist/index.js:\(number % 4000):\(number % 120))"
    default:
      "#6 \(number % 300).\(number % 90 + 10) npm http fetch GET 200 https://registry.npmjs.org/"
        + "package-\(number % 1184)/-/package-\(number % 1184)-\(number % 22).1.\(number % 9).tgz "
        + "\(number % 640 + 12)ms (cache miss)"
    }
  }
}

/// Collects lines with their times and writes them in large pieces.
private struct LineWriter {
  let file: FileHandle
  private var buffer: [UInt8] = []
  private var written = 0
  private var lines = 0

  init(file: FileHandle) { self.file = file }

  var count: Int { written + buffer.count }
  var isFull: Bool { buffer.count > 1 << 20 }

  mutating func add(_ text: String) {
    addTime()
    buffer += Array(text.utf8)
    buffer.append(UInt8(ascii: "\n"))
  }

  /// Three milliseconds and a bit after the line before.
  private mutating func addTime() {
    let ticks = lines * 30_217
    lines += 1
    let seconds = ticks / 10_000_000
    func digits(_ value: Int, _ count: Int) {
      var divisor = 1
      for _ in 1..<count { divisor *= 10 }
      var value = value
      while divisor > 0 {
        buffer.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
        value %= divisor
        divisor /= 10
      }
    }
    buffer += Array("2026-11-23T".utf8)
    digits(seconds / 3600 % 24, 2)
    buffer.append(UInt8(ascii: ":"))
    digits(seconds / 60 % 60, 2)
    buffer.append(UInt8(ascii: ":"))
    digits(seconds % 60, 2)
    buffer.append(UInt8(ascii: "."))
    digits(ticks % 10_000_000, 7)
    buffer += Array("Z ".utf8)
  }

  mutating func addLongLine(_ size: Int) throws {
    addTime()
    let pattern = Array("{\"sku\":\"A-10482\",\"이름\":\"장바구니\",\"qty\":3},".utf8)
    while count < size {
      buffer += pattern
      if isFull { try flush() }
    }
    buffer.append(UInt8(ascii: "\n"))
  }

  mutating func flush() throws {
    try file.write(contentsOf: Data(buffer))
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
