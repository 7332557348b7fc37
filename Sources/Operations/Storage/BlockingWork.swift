import Dispatch
import Synchronization

/// Work that keeps a thread busy, such as unpacking, done beside the threads that await.
enum BlockingWork {
  /// Whether the work is still wanted.
  final class Need: Sendable {
    private let isOver = Atomic(false)

    /// Stops the work where nobody wants it any more.
    /// - Throws: `CancellationError`.
    func check() throws {
      if isOver.load(ordering: .relaxed) { throw CancellationError() }
    }

    fileprivate func end() { isOver.store(true, ordering: .relaxed) }
  }

  /// Does some work on a thread of its own and waits for it.
  /// - Parameter work: Calls ``Need/check()`` from time to time, to be stopped with the task.
  /// - Returns: What the work returns.
  /// - Throws: What the work throws.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable (Need) throws -> Value
  ) async throws -> Value {
    let need = Need()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global(qos: .userInitiated).async {
          continuation.resume(with: Result { try work(need) })
        }
      }
    } onCancel: {
      need.end()
    }
  }
}
