import Synchronization
import Testing

@testable import Operations

@Suite("The pace of news")
struct PaceTests {
  /// Sleepers that wake when they are told to.
  private final class Alarm: Sendable {
    let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
    func sleep() async {
      await withCheckedContinuation { sleeper in waiting.withLock { $0.append(sleeper) } }
    }
    func ring() {
      let sleepers = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      for sleeper in sleepers { sleeper.resume() }
    }
    var count: Int { waiting.withLock { $0.count } }
  }

  @Test("The first passes at once, then the newest of each interval, and none is the last for ever")
  func newest() async {
    let alarm = Alarm()
    let seen = Mutex<[Int]>([])
    let pace = Pace<Int>(.seconds(1)) { _ in
      await alarm.sleep()
    } emit: { value in
      seen.withLock { $0.append(value) }
    }
    for value in 1...100 { pace.offer(value) }
    #expect(seen.withLock { $0 } == [1])
    await eventually { alarm.count == 1 }
    alarm.ring()
    await eventually { seen.withLock { $0 } == [1, 100] }
    await eventually { alarm.count == 1 }
    alarm.ring()
    await eventually {
      pace.offer(101)
      return seen.withLock { $0.last } == 101
    }
    pace.stop()
    alarm.ring()
    pace.offer(102)
    #expect(seen.withLock { $0.last } == 101)
    await eventually {
      alarm.ring()
      return alarm.count == 0
    }
  }
}
