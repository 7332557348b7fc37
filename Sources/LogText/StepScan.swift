/// What one pass over a job's log has found of where its steps begin.
struct StepScan {
  /// A line that may begin a step.
  struct Heading {
    var offset: Int
    var time: LogTime
    var kind: Kind
    var text: String
  }

  /// What a line may begin.
  enum Kind: Equatable {
    /// A step of the workflow.
    case run
    /// What an action does after the job.
    case post
    /// The end of the job.
    case end
  }

  /// So many headings are looked at.
  private static let headingLimit = 20_000

  /// The lines that may begin a step, in order.
  private(set) var headings: [Heading] = []
  /// The first line at or after each of the moments.
  private(set) var firstLines: [Int?]
  /// The first error line in each second that has one, in order.
  private(set) var errors: [(offset: Int, time: LogTime)] = []
  /// Whether any line says when it was written.
  private(set) var hasTimes = false

  /// The moments, in the order of time, so that a line is held against one of them.
  private let order: [(time: LogTime, step: Int)]
  private var next = 0
  /// The hour, minute and second of the last line whose time was read, as they are written.
  private var lastTime: UInt64 = 0

  /// Reads a log.
  /// - Parameters:
  ///   - file: The log.
  ///   - count: How many of its bytes are read.
  ///   - moments: The whole seconds whose first lines are looked for.
  init(_ file: LogFile, count: Int, moments: [LogTime]) {
    firstLines = moments.map { _ in nil }
    order = moments.enumerated().map { ($0.element, $0.offset) }.sorted { $0.time < $1.time }
    LineReader(file, bounds: 0..<count).forEachHead { offset, head in take(head, at: offset) }
  }

  private mutating func take(_ head: UnsafeRawBufferPointer, at offset: Int) {
    guard let base = head.baseAddress else { return }
    if LogLine.hasUsualTimestamp(base, length: head.count),
      !Self.mayBeHeading(head, at: LogLine.usualTimestamp)
    {
      // Steps begin with a second: a line of the same second as the last tells nothing.
      let time = head.loadUnaligned(fromByteOffset: 11, as: UInt64.self)
      if time == lastTime { return }
      lastTime = time
    }
    let length = min(head.count, LogLine.parsedLength)
    let line = LogLine(UnsafeRawBufferPointer(rebasing: head[0..<length]))
    guard !line.timestamp.isEmpty,
      let time = LogTime(UnsafeRawBufferPointer(rebasing: head[line.timestamp]))
    else { return }
    hasTimes = true
    while next < order.count, order[next].time <= time {
      firstLines[order[next].step] = offset
      next += 1
    }
    if line.kind == .error { takeError(at: offset, time) }
    guard headings.count < Self.headingLimit, let kind = Self.kind(of: line, in: head) else {
      return
    }
    let text = String(decoding: head[line.textStart..<length], as: UTF8.self)
    headings.append(Heading(offset: offset, time: time, kind: kind, text: text))
  }

  private mutating func takeError(at offset: Int, _ time: LogTime) {
    guard errors.count < Self.headingLimit else { return }
    if let last = errors.last, last.time.second == time.second { return }
    errors.append((offset, time))
  }

  /// The first error line from a moment on, within a second.
  func error(from moment: LogTime) -> Int? {
    errors.first { moment <= $0.time && $0.time.ticks < moment.ticks + LogTime.second }?.offset
  }

  /// Whether a text may be a heading or an error, by its first byte: `#`, `P` or `C`, or a byte order mark's.
  private static func mayBeHeading(_ head: UnsafeRawBufferPointer, at start: Int) -> Bool {
    guard start < head.count else { return false }
    let first = head[start]
    return first == 0x23 || first == 0x50 || first == 0x43 || first == 0xEF
  }

  private static func kind(of line: LogLine, in head: UnsafeRawBufferPointer) -> Kind? {
    let text = head[line.textStart...]
    if line.kind == .group { return text.starts(with: "Run ".utf8) ? .run : nil }
    guard line.kind == .text else { return nil }
    if text.starts(with: "Post job cleanup.".utf8) { return .post }
    return text.starts(with: "Cleaning up orphan processes".utf8) ? .end : nil
  }
}

extension StepScan.Kind {
  /// The heading that a step is to have.
  init(of step: StepTime) {
    if step.name == "Complete job" {
      self = .end
    } else {
      self = step.name.hasPrefix("Post ") ? .post : .run
    }
  }
}
