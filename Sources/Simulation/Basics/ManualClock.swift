package import Foundation
import Synchronization

/// A clock that moves when it is told to, for tests.
package final class ManualClock: Sendable {
  private let time: Mutex<Date>

  /// Creates a clock that stands at a time.
  package init(_ time: Date) { self.time = Mutex(time) }

  /// The time that it shows.
  package var now: Date { time.withLock { $0 } }

  /// Moves it on.
  package func advance(by length: Duration) {
    let parts = length.components
    time.withLock {
      $0 += Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
  }
}
