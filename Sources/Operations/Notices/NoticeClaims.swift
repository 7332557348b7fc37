import Store
import Synchronization

/// Decides who gives notice of an event: each way of each event is claimed once.
final class NoticeClaims: Sendable {
  private let ledger: NoticeLedger?
  private let own = Mutex<Set<String>>([])

  /// Creates claims.
  /// - Parameter ledger: Where all processes claim; `nil` for this one alone.
  init(ledger: NoticeLedger?) {
    self.ledger = ledger
  }

  /// Claims a notice, before it is given.
  /// - Parameters:
  ///   - event: What names the event.
  ///   - channel: The way.
  /// - Returns: Whether the caller may give it.
  /// - Throws: `StoreError`: then it may have been given by another process.
  func claim(_ event: String, _ channel: any NoticeChannel) async throws -> Bool {
    let name = channel.name
    guard own.withLock({ $0.insert("\(name)\n\(event)").inserted }) else { return false }
    guard let ledger else { return true }
    return try await BlockingWork.run { _ in try ledger.claim(event: event, channel: name) }
  }
}
