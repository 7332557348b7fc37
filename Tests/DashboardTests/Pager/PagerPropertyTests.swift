import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

@Suite("Whatever is pressed in the pager and whatever comes")
struct PagerPropertyTests {
  typealias My = PagerFixture

  static let sequences = 40
  static let steps = 50
  static let keys: [Key] = {
    let bound = Command.allCases.flatMap { $0.keys(in: .pager) + $0.keys(in: .prompt) }
    let kept = Set(bound).filter { $0 != "ctrl-c" && $0 != "ctrl-z" && $0 != "q" }
    return kept.sorted { "\($0)" < "\($1)" } + ["o", "결", "(", "5", "%", "y", "\u{301}", "q"]
  }()

  @Test("Frames hold together, the text fills its room, and nothing is done to the world")
  func sequencesHold() {
    var messages = 0
    for seed in 0..<Self.sequences {
      var random = SeededGenerator(seed: UInt64(seed))
      let isRunning = seed.isMultiple(of: 3)
      let job = isRunning ? My.running() : My.job
      let driver = PagerDriver(
        My.snapshot(job), glyphs: seed.isMultiple(of: 2) ? .unicode : .ascii)
      var file = My.file("")
      for _ in 0..<Self.steps {
        if driver.pager == nil {
          driver.open(Self.request(job, &random)).dropEffects()
          file = My.file(Self.text(&random))
        }
        driver.holdsWork = Bool.random(using: &random)
        driver.send(Self.message(driver, &file, &random))
        if Bool.random(using: &random) { driver.finishWork() }
        Self.check(driver, seed: seed)
        messages += 1
      }
    }
    print("pager property test: \(Self.sequences) sequences, \(messages) messages")
    #expect(messages == Self.sequences * Self.steps)
  }

  private static func request(
    _ job: DeployJob, _ random: inout SeededGenerator
  ) -> PagerRequest {
    let starts: [PagerRequest.Start] = [
      .top, .end, .firstError, .step(3), .errorInStep(3), .step(99), .byte(900), .byte(1 << 40),
    ]
    let start = starts.randomElement(using: &random) ?? .top
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .attempt(1, of: My.run, title: My.title)
    case 1: return .build(My.build(.inProgress).key, title: My.title, start: start)
    default: return .jobLog(of: job, in: My.run, title: My.title, start: start)
    }
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: ""
    case 1: "no end of line"
    case 2: My.runnerLog(1...Int.random(in: 1...300, using: &random))
    default: My.jobLog
    }
  }

  private static func message(
    _ driver: PagerDriver, _ file: inout LogFile, _ random: inout SeededGenerator
  ) -> Message {
    let source = driver.pager?.shown ?? My.source
    let failure = ReadFailure(
      Bool.random(using: &random) ? .notYet : .other, message: "it \u{1B}[2J failed\u{0}",
      remedy: "nothing\nhelps")
    switch Int.random(in: 0..<30, using: &random) {
    case 0, 1, 2: return .log(source, .opened(file))
    case 3:
      file.append(Array("more \u{1B}[31m결제\u{1B}[0m\n##[error]bad\u{202E}\r\n".utf8))
      return .log(source, .grew)
    case 4: return .log(source, .ended)
    case 5: return .log(source, .failed(failure))
    case 6:
      let total = Bool.random(using: &random) ? Int.random(in: 0...90, using: &random) : nil
      return .log(source, .fetching(Transfer(received: 50, total: total)))
    case 7, 8:
      return .resized(
        Size(
          columns: Int.random(in: 0...200, using: &random),
          rows: Int.random(in: 0...60, using: &random)))
    case 9: return .resized(Size(columns: 80, rows: 24))
    case 10: return .snapshot(My.snapshot(My.job))
    case 11: return .snapshot(My.snapshot(My.running(done: Int.random(in: 0...5, using: &random))))
    case 12:
      return .tick(Fixture.now.addingTimeInterval(Double.random(in: 0...900, using: &random)))
    case 13:
      guard let request = driver.pager?.saving?.request else { return .notice(Notice("n")) }
      let news: [SaveNews] = [
        .progress(Transfer(received: 3, total: 0)), .done(path: "/x\u{7}", remark: "r"),
        .exists(path: request.path), .failed(failure),
      ]
      return .saved(request, news.randomElement(using: &random) ?? .failed(failure))
    default: return .key(keys.randomElement(using: &random) ?? "j")
    }
  }

  private static func check(_ driver: PagerDriver, seed: Int) {
    for effect in driver.takeEffects() {
      switch effect {
      case .quit where driver.model.isTooSmall: break
      case .mutate, .mutateAll, .stopBulk, .quit, .suspend, .loadDispatchForm, .loadWorkflows,
        .loadRefs, .loadTagPlan, .loadVersions, .loadPending, .preview, .follow, .writeTerminal,
        .inspect,
        .listFiles, .closeFiles, .cancelSave, .workOnLog:
        Issue.record("seed \(seed): \(effect)")
      case .openLog, .closeLog, .lendLog, .save, .copy, .openInBrowser, .refreshNow: break
      }
    }
    let frame = driver.frame
    #expect(frame.size == driver.model.size, "seed \(seed)")
    for line in frame.lines {
      #expect(DisplayWidth.of(line) <= frame.size.columns, "seed \(seed)")
      let isClean = line.unicodeScalars.allSatisfy {
        ![.control, .format].contains($0.properties.generalCategory)
      }
      #expect(isClean, "seed \(seed): \(line)")
    }
    if let cursor = frame.cursor { #expect(frame.bounds.contains(cursor), "seed \(seed)") }
    guard let pager = driver.pager, let log = pager.text?.log else { return }
    let room = PagerLayout(pager).text.size
    #expect(log.columns == room.columns && log.height == room.rows, "seed \(seed)")
    #expect(log.rows.count <= room.rows, "seed \(seed)")
    for row in log.rows {
      let width = row.lead + row.spans.reduce(0) { $0 + $1.width }
      #expect(width <= max(room.columns, row.lead), "seed \(seed): \(row)")
    }
  }
}

@Suite("Real logs in the pager")
struct PagerRealLogTests {
  typealias My = PagerFixture

  @Test("Every log on file is paged through at 80 columns without a stray control")
  func realLogs() throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../../../shared/data/logs")
      .standardizedFileURL
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard let names = names?.filter({ $0.hasSuffix(".log") }), !names.isEmpty else {
      withKnownIssue("../shared/data/logs is not here", isIntermittent: true) {
        Issue.record("no logs")
      }
      return
    }
    var screens = 0
    for name in names.sorted() {
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      let driver = PagerDriver()
      driver.open(.jobLog(of: My.job, in: My.run, title: [name])).effects(.openLog(My.source))
      driver.news(My.source, .opened(LogFile(bytes: bytes)), .ended)
      for key in ["g", "e", "right", "t", "w", "Z", "G", "Z", "/"] as [Key] {
        driver.press(key)
        if key == "/" { driver.type("error").press("enter") }
        for _ in 0..<6 {
          let lines = driver.frame.lines
          let stray = lines.joined().unicodeScalars.first {
            [.control, .format].contains($0.properties.generalCategory)
          }
          #expect(stray == nil, "\(name)")
          #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 }, "\(name)")
          screens += 1
          driver.press("pgdn")
        }
      }
      driver.dropEffects()
    }
    print("real logs: \(names.count) files, \(screens) screens")
  }
}
