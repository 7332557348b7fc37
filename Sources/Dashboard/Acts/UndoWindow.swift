import Deploys
import Foundation

/// The time in which several changes can be called back before they are sent.
struct UndoWindow: Sendable, Equatable {
  static let length: Duration = .seconds(3)

  private var last: Date?
  private var passed: Duration = .zero

  /// Whether a whole second has begun to count.
  ///
  /// The first tick only starts the count: the key may have come just before it.
  var hasBegun: Bool { last != nil }
  var isOver: Bool { passed >= Self.length }

  /// The seconds that are left, as people count them.
  var secondsLeft: Int {
    let left = max(.zero, Self.length - passed)
    return Int(left.components.seconds) + (left.components.attoseconds > 0 ? 1 : 0)
  }

  /// Lets time pass.
  ///
  /// A clock that was set, or a program that was stopped meanwhile, takes no more than a second of
  /// the window at once: it has to be on the screen.
  mutating func pass(to now: Date) {
    if let last { passed += min(.seconds(1), Duration(from: last, to: now)) }
    last = now
  }
}
