import Dispatch
import Foundation
import Synchronization

/// What is put in order where the process ends before its work does: by `exit`, as when nobody reads
/// what it writes, or by a signal that asks it to end.
enum Leaving {
  /// What is to be done; it waits for nothing.
  typealias Duty = @Sendable () -> Void

  private static let duties = Mutex<[UUID: Duty]>([:])
  /// Registered once, by being asked for.
  private static let registration: Int32 = atexit { Leaving.settle() }
  /// The signals that ask a process to end and leave it the time to do so.
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Adds a duty, until it is dropped.
  static func add(_ duty: @escaping Duty) -> UUID {
    _ = registration
    let id = UUID()
    duties.withLock { $0[id] = duty }
    return id
  }

  /// Lets the signals that ask for an end do the duties first, until what is returned is ended.
  ///
  /// One that whoever started the process has it ignore, such as `nohup`, stays ignored.
  static func mindSignals() -> MindedSignals {
    MindedSignals(signals) { number in
      settle()
      signal(number, SIG_DFL)
      kill(getpid(), number)
    }
  }

  /// Forgets a duty, which has been done in another way.
  static func drop(_ id: UUID) {
    duties.withLock { $0[id] = nil }
  }

  /// Does all duties.
  private static func settle() {
    let all = duties.withLock { duties in
      defer { duties = [:] }
      return duties.values.map(\.self)
    }
    for duty in all { duty() }
  }
}

/// Signals that are taken by this process itself until it is told to end that.
struct MindedSignals {
  private var sources: [(number: Int32, source: any DispatchSourceSignal)] = []

  /// Takes those signals that are not ignored.
  init(_ numbers: [Int32], _ take: @escaping @Sendable (Int32) -> Void) {
    for number in numbers {
      let before = signal(number, SIG_IGN)
      // Nothing stands for what a signal usually does, which is to end the process.
      guard before == nil else {
        signal(number, before)
        continue
      }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { take(number) }
      source.resume()
      sources.append((number, source))
    }
  }

  /// Gives the signals their usual meaning back.
  func end() {
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
  }
}
