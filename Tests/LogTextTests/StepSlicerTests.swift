import Foundation
import LogText
import Testing

@Suite("The steps of a job's log")
struct StepSlicerTests {
  private let log = """
    2026-11-23T04:00:00.1000000Z Current runner version: '2.330.0'
    2026-11-23T04:00:01.1000000Z ##[group]GITHUB_TOKEN Permissions
    2026-11-23T04:00:01.1000001Z ##[endgroup]
    2026-11-23T04:00:02.9000000Z ##[group]Run actions/checkout@v5
    2026-11-23T04:00:02.9000001Z ##[endgroup]
    2026-11-23T04:00:03.0000000Z Syncing repository
    2026-11-23T04:00:04.2000000Z ##[group]Run ./.github/actions/build
    2026-11-23T04:00:04.2100000Z ##[endgroup]
    2026-11-23T04:00:04.3000000Z ##[group]Run docker build .
    a line of its own
    2026-11-23T04:00:09.0000000Z ##[group]Run make deploy
    2026-11-23T04:00:09.5000000Z ##[error]Process completed with exit code 2.
    2026-11-23T04:00:10.1000000Z Post job cleanup.
    2026-11-23T04:00:10.2000000Z /usr/bin/git version
    2026-11-23T04:00:10.9000000Z Cleaning up orphan processes

    """

  private func date(_ second: Int) -> Date {
    // 2026-11-23T04:00:00Z
    Date(timeIntervalSince1970: TimeInterval(1_795_406_400 + second))
  }

  private func step(_ number: Int, _ name: String, _ start: Int?, _ end: Int?) -> StepTime {
    StepTime(
      number: number, name: name, startedAt: start.map(date), completedAt: end.map(date))
  }

  private func texts(_ steps: [StepTime], of log: String? = nil) -> [Int: String] {
    let bytes = Array((log ?? self.log).utf8)
    return StepSlicer.slices(of: LogFile(bytes: bytes), steps: steps)
      .mapValues { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test("Each step gets its lines, and a skipped one none")
  func steps() throws {
    let texts = texts([
      step(1, "Set up job", 0, 2), step(2, "Run actions/checkout@v5", 2, 4),
      step(3, "Build", 4, 9), step(4, "Smoke test", nil, nil), step(5, "Deploy", 9, 10),
      step(9, "Post Run actions/checkout@v5", 10, 10), step(10, "Complete job", 10, 10),
    ])
    #expect(texts.keys.sorted() == [1, 2, 3, 5, 9, 10])
    #expect(texts[1]?.hasPrefix("2026-11-23T04:00:00.1000000Z Current") == true)
    #expect(texts[2]?.contains("Syncing") == true)
    #expect(texts[3]?.contains("docker build") == true)
    #expect(texts[3]?.hasSuffix("a line of its own\n") == true)
    #expect(texts[5]?.contains("exit code 2") == true)
    #expect(texts[9]?.contains("git version") == true)
    #expect(texts[10]?.contains("orphan") == true)
    #expect([1, 2, 3, 5, 9, 10].compactMap { texts[$0] }.joined() == log)
  }

  @Test("A step whose heading is missing begins with the first line of its time")
  func fallback() throws {
    let texts = texts([
      step(1, "Set up job", 0, 2), step(2, "Syncing", 3, 4), step(3, "Build", 4, 9),
      step(4, "Quiet", 9, 9), step(5, "Deploy", 9, 10),
    ])
    #expect(texts[2]?.contains("Syncing") == true)
    #expect(texts[1]?.contains("checkout") == true)
    #expect(texts[3]?.contains("docker build") == true)
  }

  /// A failed step, one that was skipped, and what an action does after the job, in one second.
  private let failing = """
    2026-11-23T04:00:00.1000000Z Current runner version: '2.330.0'
    2026-11-23T04:00:02.1000000Z ##[group]Run make deploy
    2026-11-23T04:00:02.2000000Z ##[endgroup]
    2026-11-23T04:00:09.1000000Z upload failed
    2026-11-23T04:00:09.8000000Z ##[error]Process completed with exit code 1.
    2026-11-23T04:00:09.9000000Z Post job cleanup.
    2026-11-23T04:00:10.9000000Z Cleaning up orphan processes

    """

  @Test(
    "The last second of a failed step is its own, not a skipped step's", arguments: [true, false])
  func skippedAfterFailed(isTold: Bool) {
    var skipped = step(9, "Run make smoke", 9, 9)
    skipped.isSkipped = isTold
    let texts = texts(
      [
        step(1, "Set up job", 0, 2), step(8, "Deploy", 2, 9), skipped,
        step(15, "Post Run actions/checkout@v5", 9, 10), step(16, "Complete job", 10, 10),
      ], of: failing)
    #expect(texts.keys.sorted() == [1, 8, 15, 16])
    #expect(texts[8]?.hasSuffix("##[error]Process completed with exit code 1.\n") == true)
    #expect(texts[15]?.contains("Post job cleanup.") == true)
    #expect(texts.sorted { $0.key < $1.key }.map(\.value).joined() == failing)
  }

  @Test("A skipped step takes no other step's heading")
  func skippedHeading() {
    var skipped = step(3, "Smoke test", 9, 9)
    skipped.isSkipped = true
    let texts = texts([
      step(1, "Set up job", 0, 2), step(2, "Build", 2, 9), skipped, step(4, "Deploy", 9, 10),
    ])
    #expect(texts.keys.sorted() == [1, 2, 4])
    #expect(texts[4]?.contains("##[group]Run make deploy") == true)
  }

  @Test("A step without a heading begins where the second is past that it shares")
  func sharedSecond() {
    let log = """
      2026-11-23T04:00:00.1000000Z Current runner version
      2026-11-23T04:00:02.1000000Z ##[group]Run make
      2026-11-23T04:00:05.8000000Z ##[error]Process completed with exit code 1.
      2026-11-23T04:00:06.2000000Z of the next

      """
    let steps = [step(1, "Set up job", 0, 2), step(2, "Build", 2, 5), step(3, "Stop", 5, 7)]
    let shared = texts(steps, of: log)
    #expect(shared[2]?.hasSuffix("exit code 1.\n") == true)
    #expect(shared[3] == "2026-11-23T04:00:06.2000000Z of the next\n")
    // Where nothing else ran in that second, its lines are the step's own.
    let alone = texts([steps[0], step(2, "Build", 2, 4), steps[2]], of: log)
    #expect(alone[3]?.contains("exit code 1") == true)
  }

  @Test("A composite action that fails in its last second keeps its own headings")
  func failedComposite() {
    let log = """
      2026-11-23T04:00:00.1000000Z Current runner version
      2026-11-23T04:00:02.1000000Z ##[group]Run ./.github/actions/deploy
      2026-11-23T04:00:05.1000000Z ##[group]Run inner
      2026-11-23T04:00:05.2000000Z ##[error]Process completed with exit code 1.
      2026-11-23T04:00:05.3000000Z ##[group]Run tell everybody
      2026-11-23T04:00:06.3000000Z told

      """
    var failed = step(2, "Deploy", 2, 5)
    failed.hasFailed = true
    let texts = texts([step(1, "Set up job", 0, 2), failed, step(3, "Tell", 5, 6)], of: log)
    #expect(texts[2]?.hasSuffix("exit code 1.\n") == true)
    #expect(texts[3]?.hasPrefix("2026-11-23T04:00:05.3") == true)
  }

  @Test(
    "The errors of a real failed job stay with the step that failed",
    .enabled(if: RealLogs.folder != nil, "the logs are not beside the package"),
    arguments: ["gha-error_log1.log", "gha-infra_osdc_pod_failure.log", "gha-s3_access_denied.log"])
  func realFailure(name: String) throws {
    let file = try #require(try RealLogs.file(name))
    let text = String(decoding: file.read(0..<file.count), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    func second(_ line: Substring?) -> Date? {
      (line?.drop { !$0.isNumber }.prefix(19)).flatMap {
        try? Date("\($0)Z", strategy: .iso8601)
      }
    }
    let first = try #require(lines.lazy.compactMap(second).first)
    let error = try #require(lines.last { $0.contains("##[error]") })
    let last = try #require(second(error))
    var failed = StepTime(number: 1, name: "Failing", startedAt: first, completedAt: last)
    failed.hasFailed = true
    let skipped = StepTime(
      number: 2, name: "Skipped", startedAt: last, completedAt: last, isSkipped: true)
    let slices = StepSlicer.slices(of: file, steps: [failed, skipped])
    #expect(slices.keys.sorted() == [1])
    let range = try #require(slices[1])
    #expect(String(decoding: file.read(range), as: UTF8.self).contains(error))
  }

  @Test("The name decides between headings of one second")
  func names() {
    let log = """
      2026-11-23T04:00:00.1000000Z Current runner version
      2026-11-23T04:00:04.1000000Z ##[group]Run inner
      2026-11-23T04:00:04.2000000Z ##[group]Run echo b

      """
    let texts = texts([step(1, "Set up job", 0, 4), step(2, "Run echo b", 4, 4)], of: log)
    #expect(texts[2] == "2026-11-23T04:00:04.2000000Z ##[group]Run echo b\n")
  }

  @Test("A log without times has no steps, and strange times do no harm")
  func noTimes() {
    #expect(texts([step(1, "Set up job", 0, 2)], of: "a\nb\n").isEmpty)
    #expect(texts([], of: log).isEmpty)
    #expect(texts([step(1, "x", 0, 1)], of: "").isEmpty)
    let strange = StepTime(
      number: 1, name: "x", startedAt: .distantFuture, completedAt: .distantPast)
    _ = texts([strange, step(2, "y", Int(Int32.max), 0)])
    #expect(texts([step(1, "x", 0, 1)], of: "9999-99-99T99:99:99.999999999Z x\n").isEmpty)
  }

  @Test(
    "The steps of a real job are told apart, also within one second",
    .enabled(if: RealLogs.folder != nil, "the logs are not beside the package"))
  func realJob() throws {
    let file = try #require(try RealLogs.file("gha-error_log1.log"))
    // 2024-07-08T16:48:09Z
    let base = TimeInterval(1_720_457_289)
    let steps = [
      ("Set up job", 0), ("Set up runner", 5), ("Setup SSH", 5), ("Checkout PyTorch", 5),
      ("Setup Linux", 175), ("Download build artifacts", 501), ("Post Checkout PyTorch", 99_999),
    ].enumerated().map { index, step in
      StepTime(
        number: index + 1, name: step.0,
        startedAt: Date(timeIntervalSince1970: base + TimeInterval(step.1)), completedAt: nil)
    }
    let slices = StepSlicer.slices(of: file, steps: steps)
    let first = slices.mapValues { range in
      let line = file.read(range).prefix { $0 != 0x0A }
      return String(decoding: line.dropFirst(29), as: UTF8.self)
    }
    #expect(
      first == [
        1: "Current runner version: '2.317.0'",
        2: "##[group]Run '/home/ec2-user/runner-scripts/cleanup.sh'",
        3: "##[group]Run pytorch/test-infra/.github/actions/setup-ssh@main",
        4: "##[group]Run pytorch/pytorch/.github/actions/checkout-pytorch@main",
        5: "##[group]Run ./.github/actions/setup-linux",
        6: "##[group]Run ./.github/actions/download-build-artifacts",
      ])
    #expect(slices[6]?.upperBound == file.count)
  }

  @Test("Slices never overlap, whatever the times are")
  func overlap() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let steps = (1...8).map {
        step($0, "Step \($0)", generator.next(below: 4) == 0 ? nil : generator.next(below: 14), nil)
      }
      let slices = StepSlicer.slices(of: LogFile(bytes: Array(log.utf8)), steps: steps)
      let ordered = slices.sorted { $0.key < $1.key }.map(\.value)
      for (first, second) in zip(ordered, ordered.dropFirst()) {
        #expect(first.upperBound <= second.lowerBound)
      }
    }
  }
}

@Suite("The lines that tell most")
struct LogExcerptTests {
  @Test("The first errors and the last lines, in order, with their numbers")
  func excerpt() {
    var lines = (1...1000).map { "2026-11-23T04:03:53.1234567Z line \($0)" }
    lines[9] = "2026-11-23T04:03:53.1234567Z ##[error]\u{1B}[31mearly\u{1B}[0m"
    lines[998] = "##[error]Process completed with exit code 1."
    lines[999] = "##[endgroup]"
    let file = LogFile(bytes: Array(lines.joined(separator: "\n").utf8))
    let excerpt = LogExcerpt.of(file, limit: 5)
    #expect(excerpt.total == 1000)
    #expect(
      excerpt.lines == [
        .init(number: 10, text: "early", isError: true),
        .init(number: 996, text: "line 996", isError: false),
        .init(number: 997, text: "line 997", isError: false),
        .init(number: 998, text: "line 998", isError: false),
        .init(number: 999, text: "Process completed with exit code 1.", isError: true),
      ])
  }

  @Test("A part is counted from its own beginning")
  func part() {
    let file = LogFile(bytes: Array("a\nb\nc\nd\n".utf8))
    let excerpt = LogExcerpt.of(file, range: 2..<6)
    #expect(excerpt.total == 2)
    #expect(excerpt.lines.map(\.text) == ["b", "c"])
    #expect(excerpt.lines.map(\.number) == [1, 2])
    #expect(LogExcerpt.of(file, range: 8..<8).lines.isEmpty)
    #expect(LogExcerpt.of(file, range: 90..<99).total == 0)
    #expect(LogExcerpt.of(file, limit: 0).lines.isEmpty)
  }

  @Test("A long line is cut")
  func longLine() {
    let file = LogFile(bytes: Array((String(repeating: "x", count: 600_000) + "\nend").utf8))
    let excerpt = LogExcerpt.of(file)
    #expect(excerpt.total == 2)
    #expect(excerpt.lines.map(\.text.count) == [4096, 3])
  }
}
