import Deploys
import Foundation
import Synchronization
import Transport

/// What answers have taught about AWS's clock; all copies of a caller share it.
///
/// Requests are signed with AWS's time where this machine's is wrong, as AWS's own SDKs do.
final class SigningClock: Sendable {
  private let clock = Mutex(ServerClock())

  /// Whether an answer has told the time.
  var isKnown: Bool { clock.withLock { $0.offset != nil } }

  /// The time by AWS's clock, as far as it is known, at a time of this machine's.
  func time(at machineTime: Date) -> Date {
    let offset = clock.withLock(\.offset) ?? 0
    return ClockError(ahead: .seconds(-offset))?.corrected(machineTime) ?? machineTime
  }

  /// Takes in the time that an answer tells.
  func note(_ response: HTTPResponse, sentAt: Date, receivedAt: Date) {
    clock.withLock { $0.note(response, sentAt: sentAt, receivedAt: receivedAt) }
  }
}
