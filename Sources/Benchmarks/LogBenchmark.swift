import ArgumentParser
import Foundation

/// The pager on long logs, beside less and grep.
struct LogBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Opening, jumping, searching and memory of the log pager, beside less and grep.",
    discussion: """
      Every program is started anew for each run on a terminal of 120x40, with the file in the \
      page cache. Times count until the awaited line has been written to the terminal; the table \
      has their medians.
      """)

  @Option(help: "The sizes of the generated logs, in MB, apart by commas.")
  var sizes = "1,20,200"

  @Option(help: "The length of the log that is one line, in MB; 0 for none.")
  var line = 10

  @Option(help: "How many times to measure each program.")
  var runs = 5

  @Option(help: "How many seconds to wait for a screen before it counts as not coming.")
  var limit = 60

  @Flag(help: "Measure less and grep alone.")
  var peersOnly = false

  func validate() throws {
    guard runs > 0, limit > 0 else {
      throw ValidationError("--runs and --limit must be at least 1")
    }
    guard sizes.split(separator: ",").allSatisfy({ Int($0).map { $0 > 0 } ?? false }) else {
      throw ValidationError("--sizes takes whole numbers of MB, such as 1,20,200")
    }
  }

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "cdtop-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var samples = sizes.split(separator: ",").compactMap { Int($0) }.map { size in
      LogSample(name: "\(size) MB", size: size * 1_000_000, isOneLine: false)
    }
    if line > 0 {
      samples.append(
        LogSample(name: "one line of \(line) MB", size: line * 1_000_000, isOneLine: true))
    }
    let pagers = try Self.pagers(peersOnly: peersOnly)
    let hasGrep = try !shell("command -v grep").isEmpty
    if !hasGrep { print("grep is not installed: its column is left out") }
    for sample in samples {
      let path = folder.appending(path: "sample.log").path(percentEncoded: false)
      try sample.write(to: path)
      // Into the page cache, for everybody alike.
      try shell("cat '\(path)' > /dev/null")
      var rows: [PagerFigures] = []
      for pager in pagers {
        rows.append(try measure(pager, on: path))
      }
      let grep = hasGrep ? try Self.grep(path, runs: runs) : nil
      report(sample, rows: rows, grep: grep)
      try FileManager.default.removeItem(atPath: path)
    }
  }

  /// A program that shows a file and takes less's keys.
  private struct Pager {
    var name: String
    var arguments: [String]
  }

  private static func pagers(peersOnly: Bool) throws -> [Pager] {
    var pagers: [Pager] = []
    if !peersOnly { pagers.append(Pager(name: "cdtop", arguments: [Siblings.cdtop, "view"])) }
    if try shell("command -v less").isEmpty {
      print("less is not installed: its column is left out")
    } else {
      // With colours and without folding, as cdtop begins; folding a long line takes less minutes.
      pagers.append(Pager(name: "less", arguments: ["less", "-R", "-S"]))
    }
    return pagers
  }

  private static let environment = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "LESSHISTFILE": "-", "HOME": "/nonexistent",
  ]

  /// Measures a pager on a file; stops where a screen does not come.
  private func measure(_ pager: Pager, on path: String) throws -> PagerFigures {
    var figures = PagerFigures(name: pager.name)
    for _ in 0..<runs {
      let terminal = try PseudoTerminal(pager.arguments + [path], environment: Self.environment)
      defer { terminal.end() }
      func time(_ keys: String?, until text: String) throws -> Duration? {
        if let keys { terminal.send(keys) }
        return try terminal.wait(for: text, limit: .seconds(limit))
      }
      guard let open = try time(nil, until: LogSample.top) else { break }
      figures.open.append(open)
      guard let end = try time("G", until: LogSample.bottom) else { break }
      figures.end.append(end)
      guard try time("g", until: LogSample.top) != nil,
        let search = try time("/\(LogSample.word)\r", until: LogSample.bottom)
      else { break }
      figures.search.append(search)
      let memory = try PeakMemory(of: terminal.pid)
      figures.peak.append(memory.resident)
      figures.own.append(memory.anonymous)
    }
    return figures
  }

  /// How long `grep -c` takes for the same word.
  private static func grep(_ path: String, runs: Int) throws -> Duration {
    let times = try (0..<runs).map { _ in
      let start = ContinuousClock.now
      let count = try shell("LC_ALL=C.UTF-8 exec grep -c \(LogSample.word) '\(path)'")
      guard count.trimmingCharacters(in: .whitespacesAndNewlines) == "1" else {
        throw BenchmarkError(description: "grep counted \(count)")
      }
      return ContinuousClock.now - start
    }
    return times.sorted()[times.count / 2]
  }

  private func report(_ sample: LogSample, rows: [PagerFigures], grep: Duration?) {
    print("\(sample.name)")
    print(Self.row(["", "first screen", "to the end", "search", "peak RSS", "own memory"]))
    for row in rows {
      print(
        Self.row([
          row.name, text(row.open), text(row.end), text(row.search), Self.text(row.peak),
          Self.text(row.own),
        ]))
    }
    if let grep { print(Self.row(["grep -c", "", "", text([grep]), "", ""])) }
    guard let own = rows.first(where: { $0.name == "cdtop" }) else { return }
    if let less = rows.first(where: { $0.name == "less" }) {
      print(
        Self.row([
          "cdtop/less", Self.ratio(own.open, less.open), Self.ratio(own.end, less.end),
          Self.ratio(own.search, less.search), Self.ratio(own.peak, less.peak),
          Self.ratio(own.own, less.own),
        ]))
    }
    if let grep {
      print(Self.row(["cdtop/grep", "", "", Self.ratio(own.search, [grep]), "", ""]))
    }
  }

  private static func row(_ cells: [String]) -> String {
    let padded = cells.enumerated().map { index, cell in
      let gap = String(repeating: " ", count: max(0, (index == 0 ? 12 : 14) - cell.count))
      return index == 0 ? cell + gap : gap + cell
    }
    return "  " + padded.joined()
  }

  private func text(_ times: [Duration]) -> String {
    guard let median = times.median else { return "> \(limit) s" }
    return String(format: "%.1f ms", median.seconds * 1000)
  }

  private static func text(_ sizes: [Double]) -> String {
    sizes.median.map { String(format: "%.1f MiB", $0) } ?? "-"
  }

  private static func ratio(_ left: [Duration], _ right: [Duration]) -> String {
    ratio(left.map(\.seconds), right.map(\.seconds))
  }

  private static func ratio(_ left: [Double], _ right: [Double]) -> String {
    guard let left = left.median, let right = right.median, right > 0 else { return "-" }
    return String(format: "%.2f", left / right)
  }
}

/// What was measured of a pager, one entry a run.
private struct PagerFigures {
  var name: String
  var open: [Duration] = []
  var end: [Duration] = []
  var search: [Duration] = []
  /// The most that was resident, files that are mapped included; MiB.
  var peak: [Double] = []
  /// What is resident and stands in no file; MiB.
  var own: [Double] = []
}

/// What the kernel says of a process's memory (proc(5), `/proc/PID/status`).
private struct PeakMemory {
  /// The most that has been resident; MiB.
  var resident: Double
  /// What is resident now and stands in no file; MiB.
  var anonymous: Double

  init(of pid: pid_t) throws {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    func value(_ name: String) throws -> Double {
      let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      guard let line, let kibibytes = Double(line.split(whereSeparator: \.isWhitespace)[1]) else {
        throw BenchmarkError(description: "no \(name) in /proc/\(pid)/status")
      }
      return kibibytes / 1024
    }
    resident = try value("VmHWM")
    anonymous = try value("RssAnon")
  }
}

extension Array where Element: Comparable {
  /// The middle one of the sorted elements; `nil` where nothing was measured.
  fileprivate var median: Element? { isEmpty ? nil : sorted()[count / 2] }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
