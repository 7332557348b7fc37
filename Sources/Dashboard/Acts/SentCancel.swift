import Foundation

/// A cancel that was sent from here.
struct SentCancel: Sendable, Equatable {
  /// The attempt that it was sent for.
  var attempt: Int
  var at: Date
}
