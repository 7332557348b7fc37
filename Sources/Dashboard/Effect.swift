package import Deploys
package import Foundation
package import LogText

/// Something that the outside is asked to do, as plain data.
package enum Effect: Sendable, Hashable {
  /// Ask every source now.
  case refreshNow
  /// Open a page in the operator's browser.
  case openInBrowser(String)
  /// Put a text on the operator's clipboard.
  case copy(String)
  /// Read what a workflow asks for at a branch or tag, or at the one to begin with; answered by
  /// ``Message/dispatchFormLoaded(_:ref:_:)``.
  case loadDispatchForm(WorkflowTarget, ref: String?)
  /// Read which workflows deploy; answered by ``Message/workflowsLoaded(_:)``.
  case loadWorkflows
  /// Read a page of branches or tags; answered by ``Message/refsLoaded(_:_:page:_:)``.
  case loadRefs(RepositoryName, GitRef.Kind, page: Int)
  /// Read what tag would come next, and what it would change; answered by
  /// ``Message/tagPlanLoaded(_:_:)``.
  case loadTagPlan(TagQuery)
  /// Read what is live where; answered by ``Message/versionsLoaded(_:)``.
  case loadVersions
  /// Read what holds a run back; answered by ``Message/pendingLoaded(_:_:)``.
  case loadPending(RunKey)
  /// Tell what a mutation would send; answered by ``Message/previewed(_:_:)``.
  case preview(Mutation)
  /// Change something once; answered by ``Message/mutated(_:_:)``.
  case mutate(Mutation)
  /// Change several things, one after another, each once; answered by ``Message/bulk(_:_:)`` with
  /// the same number, again and again.
  case mutateAll(Int, [Mutation])
  /// Send nothing more of what has this number.
  case stopBulk(Int)
  /// Tell, or do not tell any more, what happens to a run.
  case follow(RunKey, Bool)
  /// Read something about an attempt of a run; answered by ``Message/inspected(_:attempt:_:_:)``.
  case inspect(RunKey, attempt: Int, InspectionQuestion)
  /// Bring a text here and keep it growing until it is closed; answered by
  /// ``Message/log(_:_:)``, again and again.
  case openLog(LogSource)
  /// Nobody looks at a text any more: stop bringing it and forget it.
  case closeLog(LogSource)
  /// Do some work on a text that is open; answered by ``LogNews/worked(_:_:)``. Work of the same
  /// kind on the same text that is still under way is given up.
  case workOnLog(LogSource, LogWork)
  /// Show a text that is open in a program of the operator's, which takes the terminal meanwhile.
  case lendLog(LogSource, to: TextProgram)
  /// List what a container holds, bringing it here first where that is needed; answered by
  /// ``Message/files(_:_:)``.
  case listFiles(FileContainer)
  /// Nobody looks at a container any more: forget what was brought of it.
  case closeFiles(FileContainer)
  /// Write something to a file; answered by ``Message/saved(_:_:)``.
  case save(SaveRequest)
  /// Stop writing; what has come is kept for going on later.
  case cancelSave(SaveRequest)
  /// Write bytes to the terminal, as they are, such as its bell.
  case writeTerminal(Data)
  /// Hand the terminal back to the shell until it continues the program.
  case suspend
  /// End the program.
  case quit
}
