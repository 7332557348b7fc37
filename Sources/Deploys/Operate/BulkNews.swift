package import Foundation

/// Something about a bulk action that is under way.
package enum BulkNews: Sendable, Hashable {
  /// The mutation at this place of the list is being sent.
  case sending(Int)
  /// The mutation at this place has ended.
  case ended(Int, OperationOutcome)
  /// The mutation at this place was called back after its turn had come, and was not sent.
  case calledBack(Int)
  /// GitHub asks to wait until this time; then it goes on where it stopped.
  case paused(until: Date, why: String)
  /// Nothing more comes; those that had not been sent by then were not and will not be.
  case finished
}
