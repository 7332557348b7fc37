import NIOCore
import NIOPosix
import Synchronization

/// Says that an operation was given up because its time had run out.
struct DeadlinePassed: Error {}

/// Runs an operation, and cancels it when its time has run out.
///
/// The timer is the event loop's, which forgets it when it is cancelled. A cancelled `Task.sleep`
/// stays queued until its time, which costs memory at every request.
/// - Throws: What the operation throws, or ``DeadlinePassed``.
func withDeadline<Value: Sendable>(
  _ limit: Duration, operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let task = Task { try await operation() }
  let alarm = Alarm()
  let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(limit)) {
    alarm.hasRung.store(true, ordering: .relaxed)
    task.cancel()
  }
  defer { timer.cancel() }
  do {
    let value = try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
    // What was cancelled in the moment of its success may be of no use: the body of an answer whose
    // head came just then breaks off.
    if alarm.hasRung.load(ordering: .relaxed) { throw DeadlinePassed() }
    return value
  } catch {
    throw alarm.hasRung.load(ordering: .relaxed) ? DeadlinePassed() : error
  }
}

/// Whether the time has run out.
private final class Alarm: Sendable {
  let hasRung = Atomic(false)
}
