/// The lines of a step's log and how its time is spread over them, before there are any clocks.
struct LogScript: Sendable {
  /// A line, and the share of the step's time that has passed before it.
  struct Entry: Sendable, Hashable {
    var text: String
    var place: Double
  }

  /// A remark that becomes an annotation of the check run.
  struct Remark: Sendable, Hashable {
    /// GitHub's words for how much it matters.
    enum Level: String, Sendable {
      case notice
      case warning
      case failure
    }

    var level: Level
    var message: String
    var title = ""
    /// The file that it is about; `nil` for the workflow itself.
    var path: String?
    var line: Int?
    /// The place of its line in the step's log, counted from 1.
    var logLine = 1
  }

  private(set) var entries: [Entry] = []
  private(set) var remarks: [Remark] = []
  private var passed = 0.0

  /// Writes lines at once.
  mutating func say(_ lines: String...) { say(lines) }

  /// Writes lines at once.
  mutating func say(_ lines: [String]) {
    entries += lines.map { Entry(text: $0, place: passed) }
  }

  /// Lets time pass; how much is told by all weights of the step together.
  mutating func wait(_ weight: Double) { passed += weight }

  /// Writes a line that the runner shows as a remark, and keeps the remark.
  mutating func remark(_ remark: Remark) {
    var remark = remark
    remark.logLine = entries.count + 1
    remarks.append(remark)
    let word =
      switch remark.level {
      case .notice: "notice"
      case .warning: "warning"
      case .failure: "error"
      }
    say("##[\(word)]\(remark.message)")
  }

  /// Drops what comes after a share of the time.
  mutating func cut(at share: Double) {
    passed *= share
    entries.removeAll { $0.place > passed }
    remarks.removeAll { $0.logLine > entries.count }
  }

  /// The times of the lines, in order and each later than the one before.
  /// - Parameters:
  ///   - start: When the step starts, in tenths of a microsecond.
  ///   - end: When it ends; no line is later.
  /// - Returns: One time a line.
  func times(from start: Int64, to end: Int64) -> [Int64] {
    let count = Int64(entries.count)
    let length = max(0, end - start)
    // Lines that are written at once are a third of a millisecond apart.
    let gap = min(3371, length / (count + 1))
    let free = Double(length - gap * (count + 1))
    return entries.enumerated().map { index, entry in
      let share = passed > 0 ? entry.place / passed : 0
      return start + Int64(free * share) + gap * Int64(index + 1) - (gap > 9 ? Int64(index % 7) : 0)
    }
  }
}
