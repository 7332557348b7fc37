import Canvas
import Deploys
import Foundation
import LogText
import Operations

/// Writes logs to standard output as they come.
struct LogOutput {
  let inspector: Inspector
  let hidesTimestamps: Bool
  let isTerminal = isatty(STDOUT_FILENO) == 1

  init(session inspector: Inspector, hidesTimestamps: Bool = false) {
    self.inspector = inspector
    self.hidesTimestamps = hidesTimestamps
  }

  /// Writes a whole text.
  /// - Parameters:
  ///   - source: The text.
  ///   - name: What people call it; `nil` where the text's own messages do.
  ///   - follows: Whether to wait for a text that is not there yet, and go on while it grows.
  /// - Throws: An exit code, after having said why there is none.
  func write(_ source: LogSource, named name: String? = nil, follows: Bool) async throws {
    var writer = LineWriter(hidesTimestamps: hidesTimestamps, isTerminal: isTerminal)
    var file: LogFile?
    var written = 0
    var failure: ReadFailure?
    reading: for await delivery in inspector.open(source) {
      switch delivery {
      case .fetching: continue
      case .opened(let opened): file = opened
      case .grew: break
      case .ended: break reading
      case .failed(let found):
        failure = take(found, of: source, named: name, follows: follows)
        if failure == nil { continue }
        break reading
      }
      if let file { written = writer.write(file, from: written) }
    }
    if let file { _ = writer.write(file, from: written) }
    writer.finish()
    inspector.close(source)
    if let failure { throw Console.failure(failure.message, remedy: failure.remedy) }
  }

  /// Writes some steps of a job's log.
  /// - Throws: An exit code, after having said why there is none.
  func write(
    _ source: LogSource, steps: [Int], of job: Job, follows: Bool
  ) async throws {
    let file = try await whole(source, named: job.name, follows: follows)
    defer { inspector.close(source) }
    let times = job.steps.map {
      StepTime(
        number: $0.number, name: $0.name, startedAt: $0.startedAt, completedAt: $0.completedAt,
        isSkipped: $0.conclusion == .skipped, hasFailed: $0.conclusion?.isFailure == true)
    }
    var writer = LineWriter(hidesTimestamps: hidesTimestamps, isTerminal: isTerminal)
    let ranges = StepSlicer.slices(of: file, steps: times)
    let wanted = times.filter { steps.contains($0.number) && !$0.isSkipped }
    if let reason = Self.indistinction(of: wanted, isSliced: !ranges.isEmpty), file.count > 0 {
      Console.complain("\(job.name): \(reason); the whole log follows")
      _ = writer.write(file, from: 0)
      writer.finish()
      return
    }
    for number in steps {
      guard let range = ranges[number] else {
        Console.complain("step \(number) of \(job.name) has written nothing")
        continue
      }
      writer.write(file, range)
    }
    writer.finish()
  }

  /// Why some steps cannot be told from the others; `nil` where they can.
  private static func indistinction(of wanted: [StepTime], isSliced: Bool) -> String? {
    let untimed = wanted.filter(\.isUntimed).map { "\($0.number)" }
    guard untimed.isEmpty else {
      return untimed.count == 1
        ? "the times of step \(untimed[0]) are not known"
        : "the times of the steps \(untimed.joined(separator: ", ")) are not known"
    }
    return isSliced || wanted.isEmpty ? nil : "its steps cannot be told apart in the log"
  }

  /// Brings a text here to its end.
  private func whole(
    _ source: LogSource, named name: String, follows: Bool
  ) async throws -> LogFile {
    var file: LogFile?
    for await delivery in inspector.open(source) {
      switch delivery {
      case .fetching, .grew: continue
      case .opened(let opened): file = opened
      case .ended:
        if let file { return file }
      case .failed(let found):
        guard let failure = take(found, of: source, named: name, follows: follows) else {
          continue
        }
        throw Console.failure(failure.message, remedy: failure.remedy)
      }
    }
    return file ?? LogFile(bytes: [])
  }

  /// Judges why a text cannot be read; says that it is waited for where that is so.
  /// - Returns: The failure in a command line's words; `nil` where it is waited for.
  private func take(
    _ failure: ReadFailure, of source: LogSource, named name: String?, follows: Bool
  ) -> ReadFailure? {
    guard failure.kind == .notYet else { return failure }
    let message = name.map { "\($0): \(failure.message)" } ?? failure.message
    if follows {
      Console.complain("\(message); waiting for it")
      return nil
    }
    return ReadFailure(.notYet, message: message, remedy: Self.waiting(for: source))
  }

  private static func waiting(for source: LogSource) -> String {
    switch source {
    case .job, .attempt: "--follow waits for it; --build shows the runner's own log."
    case .build: "--follow waits for it."
    case .file, .local: "Try again."
    }
  }
}

/// Writes bytes, or what a terminal may see of them, a line at a time where lines matter.
struct LineWriter {
  let hidesTimestamps: Bool
  let isTerminal: Bool
  /// The line that has no end yet.
  private var open: [UInt8] = []

  init(hidesTimestamps: Bool, isTerminal: Bool) {
    self.hidesTimestamps = hidesTimestamps
    self.isTerminal = isTerminal
  }

  /// Writes what a text holds from a byte on, and gives how far it is written.
  mutating func write(_ file: LogFile, from start: Int) -> Int {
    let end = file.count
    write(file, start..<end)
    return end
  }

  mutating func write(_ file: LogFile, _ range: Range<Int>) {
    var place = range.lowerBound
    while place < range.upperBound {
      let next = min(place + 262_144, range.upperBound)
      take(file.read(place..<next))
      place = next
    }
  }

  mutating func finish() {
    if !open.isEmpty { put(line: open) }
    open = []
  }

  /// Writes the next bytes of the text.
  mutating func take(_ bytes: [UInt8]) {
    guard hidesTimestamps || isTerminal else {
      Console.write(Data(bytes))
      return
    }
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      put(line: open + bytes[start...end])
      open = []
      start = end + 1
    }
    open += bytes[start...]
  }

  private func put(line: [UInt8]) {
    var line = line[...]
    if hidesTimestamps {
      line = line.dropFirst(line.withUnsafeBytes { LogLine.timestampLength(of: $0) })
    }
    guard isTerminal else {
      Console.write(Data(line))
      return
    }
    let hasEnd = line.last == 0x0A
    if hasEnd { line.removeLast() }
    Console.write(
      Data((PlainText.sanitized(String(decoding: line, as: UTF8.self)) + "\n").utf8))
  }
}
