#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension LogLine {
  /// As many bytes of a line as parsing ever looks at.
  static let parsedLength = 256

  /// Takes a line apart; its first ``parsedLength`` bytes suffice.
  package init(_ line: UnsafeRawBufferPointer) {
    var start = Self.skipMarks(in: line, from: 0)
    kind = .text
    hasCommand = false
    timestamp = start..<start
    if let end = Self.jobTimestampEnd(in: line, from: start) {
      timestamp = start..<end
      start = Self.skipMarks(in: line, from: Self.skipSpace(in: line, from: end))
    } else if let time = Self.buildTimestamp(in: line, from: start) {
      timestamp = time
      start = Self.skipSpace(in: line, from: time.upperBound)
      if Self.isBuildFailure(line, from: start) { kind = .error }
    }
    commandStart = start
    textStart = start
    if let (kind, end) = Self.command(in: line, at: start) {
      self.kind = kind
      textStart = end
      hasCommand = true
    }
  }

  /// How many bytes the timestamp at a line's beginning takes, with what follows it up to the text;
  /// 0 where a line has none.
  ///
  /// That is `2026-11-23T04:03:53.1234567Z ` in a job's log, with byte order marks around it, and
  /// `[Container] 2026/11/23 04:03:53.123456 ` in a build's.
  package static func timestampLength(of line: UnsafeRawBufferPointer) -> Int {
    let start = skipMarks(in: line, from: 0)
    if let end = jobTimestampEnd(in: line, from: start) {
      return skipMarks(in: line, from: skipSpace(in: line, from: end))
    }
    if let time = buildTimestamp(in: line, from: start) {
      return skipSpace(in: line, from: time.upperBound)
    }
    return 0
  }

  /// The length of a runner's usual timestamp, with seven digits of fraction and a space.
  static let usualTimestamp = 29

  /// Whether a line begins with a runner's usual timestamp, by the bytes that tell.
  @inline(__always)
  static func hasUsualTimestamp(_ line: UnsafeRawPointer, length: Int) -> Bool {
    length >= usualTimestamp
      && line.load(fromByteOffset: 28, as: UInt8.self) == 0x20
      && line.load(fromByteOffset: 27, as: UInt8.self) == 0x5A
      && line.load(fromByteOffset: 19, as: UInt8.self) == 0x2E
      && line.load(fromByteOffset: 10, as: UInt8.self) == 0x54
      && line.load(fromByteOffset: 4, as: UInt8.self) == 0x2D
      && line.load(as: UInt8.self) &- 0x30 <= 9
  }

  /// Whether a line may be anything but text behind nothing or a usual timestamp.
  ///
  /// What this refuses need not be parsed to know that it begins with its text.
  @inline(__always)
  static func mayNeedParsing(_ line: UnsafeRawPointer, length: Int, textStart: Int) -> Bool {
    guard textStart < length else { return false }
    let first = line.load(fromByteOffset: textStart, as: UInt8.self)
    // `##[`, `[command]` and `[Container]`, a byte order mark; digits begin other timestamps.
    return first == 0x23 || first == 0x5B || first == 0xEF
      || (textStart == 0 && first &- 0x30 <= 9)
  }

  private static func skipMarks(in line: UnsafeRawBufferPointer, from start: Int) -> Int {
    var start = start
    while start + 3 <= line.count, line[start] == 0xEF, line[start + 1] == 0xBB,
      line[start + 2] == 0xBF
    {
      start += 3
    }
    return start
  }

  private static func skipSpace(in line: UnsafeRawBufferPointer, from start: Int) -> Int {
    start < line.count && line[start] == 0x20 ? start + 1 : start
  }

  /// The end of `2026-11-23T04:03:53.1234567Z`, with one to nine digits of fraction or none.
  private static func jobTimestampEnd(in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < line.count, line[start] &- 0x30 <= 9,
      var end = match("0000-00-00T00:00:00", in: line, at: start)
    else { return nil }
    end = skipFraction(in: line, from: end)
    return match("Z", in: line, at: end)
  }

  /// The time in `[Container] 2026/11/23 04:03:53.123456 `.
  private static func buildTimestamp(
    in line: UnsafeRawBufferPointer, from start: Int
  ) -> Range<Int>? {
    guard let time = match("[Container] ", in: line, at: start),
      let end = match("0000/00/00 00:00:00", in: line, at: time)
    else { return nil }
    return time..<skipFraction(in: line, from: end)
  }

  private static func skipFraction(in line: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard start + 1 < line.count, line[start] == 0x2E, line[start + 1] &- 0x30 <= 9 else {
      return start
    }
    var end = start + 1
    while end < line.count, end <= start + 9, line[end] &- 0x30 <= 9 { end += 1 }
    return end
  }

  /// The index after a text where it stands in a line; a `0` in it stands for any digit.
  private static func match(
    _ text: StaticString, in line: UnsafeRawBufferPointer, at start: Int
  ) -> Int? {
    let count = text.utf8CodeUnitCount
    guard start + count <= line.count else { return nil }
    for index in 0..<count {
      let wanted = text.utf8Start[index]
      let byte = line[start + index]
      guard byte == wanted || (wanted == 0x30 && byte &- 0x30 <= 9) else { return nil }
    }
    return start + count
  }

  /// The command at a line's text, and the index after it.
  private static func command(
    in line: UnsafeRawBufferPointer, at start: Int
  ) -> (Kind, end: Int)? {
    guard start < line.count else { return nil }
    if line[start] == 0x5B {
      return match("[command]", in: line, at: start).map { (.command, $0) }
    }
    guard let word = match("##[", in: line, at: start) else { return nil }
    for (text, kind) in commands {
      if let end = match(text, in: line, at: word) { return (kind, end) }
    }
    return nil
  }

  private static let commands: [(StaticString, Kind)] = [
    ("group]", .group), ("endgroup]", .endGroup), ("error]", .error), ("warning]", .warning),
    ("notice]", .notice), ("debug]", .debug), ("section]", .section), ("command]", .command),
  ]

  /// Whether CodeBuild's agent says in a line that something went wrong.
  ///
  /// It writes `Phase complete: BUILD State: FAILED`, and in older logs `Success: false`.
  private static func isBuildFailure(_ line: UnsafeRawBufferPointer, from start: Int) -> Bool {
    if match("Command did not exit successfully", in: line, at: start) != nil { return true }
    if let phase = match("Phase complete: ", in: line, at: start) {
      let end = min(line.count, phase + 64)
      return (phase..<max(phase, end)).contains { index in
        match(" State: FAILED", in: line, at: index) != nil
          || match(" Success: false", in: line, at: index) != nil
      }
    }
    if let code = match("Phase context status code: ", in: line, at: start) {
      return code < line.count && line[code] != 0x20 && line[code] != 0x0D
    }
    return false
  }
}
