package import Deploys
import Foundation

extension Operator {
  /// The least time from one mutation of a bulk action to the next.
  ///
  /// Source: GitHub REST, "Best practices": at least a second between requests that change
  /// something.
  private static let pace: Duration = .seconds(1)

  /// Makes several changes, one after the other, and tells how each of them ended.
  ///
  /// Where a server asks to be left alone it waits for as long, and goes on with the one that was
  /// not taken. One that fails does not keep the others back. Where the consuming task is cancelled,
  /// the one that is on its way is carried to its end and no other is sent.
  /// - Parameters:
  ///   - mutations: What an operator has confirmed, in order.
  ///   - bulk: What the audit log calls the whole.
  /// - Returns: What happens, as it happens, up to ``BulkNews/finished``.
  package func performAll(_ mutations: [Mutation], bulk: String) -> AsyncStream<BulkNews> {
    AsyncStream { continuation in
      let task = Task {
        await performAll(mutations, bulk: bulk) { news in continuation.yield(news) }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// The same in the calling task: where that is cancelled, the end of the one that is on its way
  /// and ``BulkNews/finished`` are told all the same.
  package func performAll(
    _ mutations: [Mutation], bulk: String, tell: @Sendable (BulkNews) async -> Void
  ) async {
    var lastSent: Date?
    do {
      for (place, mutation) in mutations.enumerated() {
        var isOpen = true
        while isOpen {
          try await waitForTurn(after: lastSent)
          try Task.checkCancellation()
          await tell(.sending(place))
          let passage = await pass(mutation, bulk: bulk)
          lastSent = passage.sentAt ?? lastSent
          if let limit = passage.limit {
            await tell(.paused(until: limit.until, why: limit.why))
            try await sleep(.seconds(max(1, limit.until.timeIntervalSince(now()))))
          } else {
            await tell(passage.isCalledBack ? .calledBack(place) : .ended(place, passage.outcome))
            isOpen = false
          }
        }
      }
    } catch {
      // Only waiting fails, where nobody wants the rest any more.
    }
    await tell(.finished)
  }

  /// Waits until a second has passed since the last sending; the re-read comes after that.
  private func waitForTurn(after lastSent: Date?) async throws {
    guard let lastSent else { return }
    let passed = Duration.seconds(now().timeIntervalSince(lastSent))
    // A clock that was set meanwhile makes nobody wait for longer than that.
    let rest = min(max(Self.pace - passed, .zero), Self.pace)
    if rest > .zero { try await sleep(rest) }
  }
}
