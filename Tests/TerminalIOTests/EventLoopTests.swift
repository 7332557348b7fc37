import Canvas
import Testing

@testable import TerminalIO

@Suite("Event loop")
struct EventLoopTests {
  /// A program that writes down what it is told.
  struct Diary: Sendable {
    var entries: [String] = []
  }

  private func run(
    _ stage: Stage, mailbox: Mailbox<Int> = Mailbox(wake: {}), interval: Duration? = nil
  ) -> (end: LoopEnd, entries: [String]) {
    let handlers = LoopHandlers<Diary, Int>(
      handle: { diary, event in
        switch event {
        case .keys(let keys):
          diary.entries.append("keys \(keys.map(\.description).joined(separator: " "))")
          if keys.contains("q") { return .quit }
          if keys.contains("z") { return .suspend }
          if keys.contains("u") { return .unchanged }
          if keys.contains("l") { return .lend {} }
        case .pasted(let text): diary.entries.append("pasted \(text)")
        case .messages(let messages): diary.entries.append("messages \(messages)")
        case .resized(let size): diary.entries.append("resized \(size.columns)x\(size.rows)")
        case .tick: diary.entries.append("tick")
        case .resumed: diary.entries.append("resumed")
        }
        return .proceed
      },
      view: { diary, size in
        var frame = Frame(size: size)
        for (row, entry) in diary.entries.enumerated() {
          frame.put(entry, at: Point(column: 0, row: row))
        }
        return frame
      },
      tickInterval: { _ in interval })
    var loop = EventLoop(
      device: ScriptedDevice(stage: stage), state: Diary(), mailbox: mailbox, handlers: handlers)
    let end = loop.run()
    return (end, stage.frames.last?.lines.filter { !$0.isEmpty } ?? [])
  }

  private func keys(_ text: String, after: Duration = .zero) -> Stage.Scene {
    Stage.Scene(input: text.utf8.map(InputToken.byte), after: after)
  }

  @Test("tells the size, draws, and quits when the program says so")
  func quit() {
    let stage = Stage([
      keys("", after: .milliseconds(50)), keys("jk", after: .milliseconds(50)), keys("q"),
    ])
    let (end, entries) = run(stage)
    #expect(end == .quit)
    #expect(entries == ["resized 80x24", "keys j k"])
    #expect(stage.log == ["frame 80x24", "frame 80x24"])
  }

  @Test("waits for ever when nothing is due, and for the next tick otherwise")
  func waits() {
    let idle = Stage([keys("u"), keys("u"), keys("q")])
    _ = run(idle)
    #expect(idle.waits == [.zero, nil, nil])
    let ticking = Stage([keys(""), keys("", after: .seconds(3)), keys("q")])
    let (_, entries) = run(ticking, interval: .seconds(1))
    #expect(entries == ["resized 80x24", "tick", "tick", "tick"])
    #expect(ticking.waits.compactMap(\.self).max() == .seconds(1))
  }

  @Test("draws a stream of changes at most every 33 ms, and the newest state last")
  func pacing() {
    let scenes = (0..<1_000).map { _ in keys("j", after: .milliseconds(1)) }
    let stage = Stage(scenes + [keys("", after: .milliseconds(40)), keys("q")])
    let (end, _) = run(stage)
    #expect(end == .quit)
    let gaps = zip(stage.frameTimes, stage.frameTimes.dropFirst()).map { $0.duration(to: $1) }
    #expect(gaps.dropFirst(FramePacer.burst).allSatisfy { $0 >= .milliseconds(33) })
    #expect((28...36).contains(stage.frames.count))
  }

  @Test("draws a key and what it brings about at once after a rest")
  func burst() {
    let stage = Stage(
      [keys(""), keys("j", after: .milliseconds(200))]
        + (0..<6).map { _ in keys("j", after: .milliseconds(1)) } + [keys("q")])
    _ = run(stage)
    let gaps = zip(stage.frameTimes, stage.frameTimes.dropFirst()).map { $0.duration(to: $1) }
    #expect(gaps.dropFirst().prefix(FramePacer.burst - 1).allSatisfy { $0 < .milliseconds(5) })
  }

  @Test("tells one size for a storm of resizes during one wait, and repaints")
  func resize() {
    let stage = Stage([
      keys(""),
      Stage.Scene(signals: [.resize], size: Size(columns: 40, rows: 10), after: .milliseconds(50)),
      Stage.Scene(signals: [.resize], after: .milliseconds(50)), keys("q"),
    ])
    let (_, entries) = run(stage)
    #expect(entries == ["resized 80x24", "resized 40x10"])
    #expect(
      stage.log == ["frame 80x24", "invalidate", "frame 40x10", "invalidate", "frame 40x10"])
  }

  @Test("stops the process and comes back to the size that is then", arguments: [true, false])
  func suspend(bySignal: Bool) {
    let stop =
      bySignal
      ? Stage.Scene(signals: [.suspend], size: Size(columns: 60, rows: 20), after: .seconds(1))
      : Stage.Scene(
        input: [.byte(UInt8(ascii: "z"))], size: Size(columns: 60, rows: 20), after: .seconds(1))
    let stage = Stage([keys(""), stop, keys("", after: .seconds(1)), keys("q")])
    let (_, entries) = run(stage)
    #expect(Array(entries.suffix(2)) == ["resized 60x20", "resumed"])
    #expect(stage.log == ["frame 80x24", "stopped", "invalidate", "frame 60x20"])
  }

  @Test("takes the terminal again when somebody else stopped the process")
  func resumed() {
    let stage = Stage([keys(""), Stage.Scene(signals: [.resume], after: .seconds(1)), keys("q")])
    let (_, entries) = run(stage)
    #expect(entries == ["resized 80x24", "resumed"])
    #expect(stage.log == ["frame 80x24", "reclaim", "invalidate", "frame 80x24"])
  }

  @Test("lends the terminal and repaints")
  func lend() {
    let stage = Stage([keys(""), keys("l", after: .seconds(1)), keys("q")])
    let (_, entries) = run(stage)
    #expect(entries == ["resized 80x24", "keys l", "resumed"])
    #expect(stage.log == ["frame 80x24", "lent", "returned", "invalidate", "frame 80x24"])
  }

  @Test("ends with a signal, a closed terminal, or a finished mailbox")
  func ends() {
    #expect(run(Stage([Stage.Scene(signals: [.end(15)], isHungUp: true)])).end == .signal(15))
    #expect(run(Stage([Stage.Scene(isHungUp: true)])).end == .hangup)
    let mailbox = Mailbox<Int>(wake: {})
    let stage = Stage([keys(""), Stage.Scene(after: .seconds(1), action: { mailbox.finish() })])
    #expect(run(stage, mailbox: mailbox).end == .finished)
  }

  @Test("tells messages in order and all that wait at once")
  func messages() {
    let mailbox = Mailbox<Int>(wake: {})
    mailbox.post(1)
    let more = Stage.Scene(
      after: .seconds(1),
      action: {
        mailbox.post(2)
        mailbox.post(3)
      })
    let stage = Stage([keys(""), more, keys("", after: .seconds(1)), keys("q")])
    let (_, entries) = run(stage, mailbox: mailbox)
    #expect(entries == ["resized 80x24", "messages [1]", "messages [2, 3]"])
    #expect(stage.waits.first == .some(.zero))
  }

  @Test("tells keys and pastes in the order in which they came")
  func paste() {
    let stage = Stage([
      keys("a\u{1B}[200~q\u{1B}[201~b"), keys("", after: .seconds(1)), keys("q"),
    ])
    let (_, entries) = run(stage)
    #expect(entries == ["resized 80x24", "keys a", "pasted q", "keys b"])
  }

  @Test("tells a flood in parts, and answers signals between them")
  func flood() {
    let flood = String(repeating: "j", count: 600)
    let told = run(
      Stage([keys(flood, after: .seconds(1)), keys("", after: .seconds(1)), keys("q")]))
    #expect(told.entries.count { $0.hasPrefix("keys j") } == 3)
    let input = (flood + "q").utf8.map(InputToken.byte)
    let keyed = Stage([Stage.Scene(input: input, lateSignals: [.end(15)])])
    #expect(run(keyed).end == .signal(15))
    let mailbox = Mailbox<Int>(wake: {})
    for number in 0..<40 { mailbox.post(number) }
    let mailed = Stage([keys("", after: .seconds(1)), keys("q")])
    #expect(run(mailed, mailbox: mailbox).entries.count { $0.hasPrefix("messages") } == 3)
  }

  @Test("tells nothing after the program has quit")
  func nothingAfterQuit() {
    let mailbox = Mailbox<Int>(wake: {})
    let stage = Stage([
      keys(""),
      Stage.Scene(
        input: "q\u{1B}[200~x\u{1B}[201~".utf8.map(InputToken.byte), after: .seconds(1),
        action: { mailbox.post(9) }),
    ])
    #expect(run(stage, mailbox: mailbox, interval: .milliseconds(1)).end == .quit)
    #expect(mailbox.take() == [9])
  }
}
