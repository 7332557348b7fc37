package import Canvas
package import Deploys
package import Foundation

/// Something that happened, which ``update(_:_:)`` makes a change of.
package enum Message: Sendable, Hashable {
  /// A key was pressed.
  case key(Key)
  /// Keys were pressed that came at once, in this order.
  case keys([Key])
  /// Text was pasted, as it came.
  case pasted(String)
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
  /// The answer to ``Effect/loadDispatchForm(_:ref:)``.
  case dispatchFormLoaded(WorkflowTarget, ref: String?, DispatchForm.Answer)
  /// The answer to ``Effect/loadWorkflows``.
  case workflowsLoaded(WorkflowListing)
  /// The answer to ``Effect/loadRefs(_:_:page:)``.
  case refsLoaded(RepositoryName, GitRef.Kind, page: Int, RefPage.Answer)
  /// The answer to ``Effect/loadTagPlan(_:)``.
  case tagPlanLoaded(TagQuery, TagPlan.Answer)
  /// The answer to ``Effect/loadVersions``.
  case versionsLoaded(LiveVersions)
  /// The answer to ``Effect/loadPending(_:)``.
  case pendingLoaded(RunKey, PendingAnswer)
  /// The answer to ``Effect/preview(_:)``.
  case previewed(Mutation, [PlannedRequest])
  /// The answer to ``Effect/mutate(_:)``.
  case mutated(Mutation, OperationOutcome)
  /// Something happened that the terminal is to draw attention to, with these bytes.
  case attention(Data)
  /// Something about the bulk action of this number.
  case bulk(Int, BulkNews)
  /// The answer to ``Effect/inspect(_:attempt:_:)``.
  case inspected(RunKey, attempt: Int, InspectionQuestion, InspectionAnswer)
  /// Something about a text that is open.
  case log(LogSource, LogNews)
  /// Something about what a container holds.
  case files(FileContainer, FilesNews)
  /// Something about what is being written.
  case saved(SaveRequest, SaveNews)
}
