import Deploys
import Foundation
import GitHub

extension Operator {
  /// By how much the clocks may differ before the server's is gone by.
  private static let tolerance: Duration = .minutes(3)

  /// How far the server's clock is ahead of this machine's, where that is more than answers and
  /// rounding explain.
  var clockError: Duration? {
    guard let offset = github.clockOffset,
      offset > Self.tolerance || offset < .zero - Self.tolerance
    else { return nil }
    return offset
  }

  /// The time as the server has it, as far as its newest answer told: a machine whose clock is wrong
  /// must neither date a tag wrongly nor call a run too old.
  var serverTime: Date {
    guard let clockError else { return now() }
    return now().addingTimeInterval(clockError / .seconds(1))
  }
}
