package import Foundation

/// By how much this machine's clock is wrong, as the servers' answers tell it.
///
/// The one rule for when the servers' time is gone by instead of the machine's.
package struct ClockError: Sendable, Hashable {
  /// By how much the clocks may differ before that is an error: an answer tells whole seconds, and is
  /// on its way for a while.
  package static let tolerance: Duration = .seconds(30)

  /// How far this machine's clock is ahead of the servers'; negative where it is behind.
  package let ahead: Duration

  /// What a difference of the clocks means; `nil` where it is none to speak of.
  package init?(ahead: Duration) {
    guard ahead > Self.tolerance || ahead < .zero - Self.tolerance else { return nil }
    self.ahead = ahead
  }

  /// The servers' time at a time of this machine's clock.
  package func corrected(_ machineTime: Date) -> Date {
    machineTime.addingTimeInterval(-(ahead / .seconds(1)))
  }

  /// The error in a few words, such as `60m fast` or `45s slow`.
  package var text: String { "\(amount) \(ahead > .zero ? "fast" : "slow")" }

  /// The error in a sentence for messages, without a full stop.
  package var message: String { "this machine's clock is \(text), by GitHub's" }

  /// What to do about it.
  package static let remedy =
    "Set the clock, such as with `sudo timedatectl set-ntp true`; until then the servers' time is "
    + "gone by."

  private var amount: String {
    let seconds = abs(ahead / .seconds(1))
    func rounded(_ unit: Double) -> Int { Int((seconds / unit).rounded()) }
    return switch seconds {
    case ..<120: "\(rounded(1))s"
    case ..<7_200: "\(rounded(60))m"
    case ..<172_800: "\(rounded(3_600))h"
    default: "\(rounded(86_400))d"
    }
  }
}
