package import Canvas
package import Deploys
package import Foundation

/// Something that happened, which ``update(_:_:)`` makes a change of.
package enum Message: Sendable, Hashable {
  /// A key was pressed.
  case key(Key)
  /// The engine knows something new.
  case snapshot(Snapshot)
  /// A second has passed.
  case tick(Date)
  /// The terminal has another size, or its first one.
  case resized(Size)
  /// There is something to say to the operator.
  case notice(Notice)
  /// The engine will ask again at this time; `nil` where nobody knows.
  case nextRefresh(Date?)
  /// The answer to ``Effect/loadDispatchForm(_:)``.
  case dispatchFormLoaded(RunKey, DispatchForm.Answer)
  /// The answer to ``Effect/dispatch(_:)``.
  case dispatchFinished(DispatchRequest, OperationOutcome)
  /// The answer to ``Effect/inspect(_:attempt:_:)``.
  case inspected(RunKey, attempt: Int, InspectionQuestion, InspectionAnswer)
  /// Something about a text that is open.
  case log(LogSource, LogNews)
  /// Something about what a container holds.
  case files(FileContainer, FilesNews)
  /// Something about what is being written.
  case saved(SaveRequest, SaveNews)
  /// The answer to ``Effect/retry(_:)``.
  case retryFinished(RetryRequest, OperationOutcome)
}
