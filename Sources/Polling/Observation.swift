package import AWS
package import Deploys
package import Foundation
package import GitHub

/// What came of an action.
package enum Observation: Sendable {
  /// A page of runs.
  case runs(Fetched<RunPage>)
  /// A repository's workflows.
  case workflows(Fetched<[Workflow]>)
  /// One run.
  case run(Fetched<WorkflowRun>)
  /// The jobs of the attempt that was asked for.
  case jobs(Fetched<[Job]>)
  /// The projects that exist among those asked for.
  case projects([Project])
  /// Build ids, newest first.
  case buildIDs([String])
  /// The builds that exist among those asked for.
  case builds([Build])
  /// A marker.
  case marker(Marker)
  /// No answer, and why.
  case failure(PollFailure)
}

/// Why an action brought nothing, as far as the schedule and the operator care.
package struct PollFailure: Error, Sendable, Hashable {
  /// What failed and why.
  package var message: String
  /// What to do about it.
  package var remedy: String
  /// Not before this time may it be tried again; `nil` where the schedule decides.
  package var retryAt: Date?
  /// Whether everything on GitHub has to wait until then.
  package var pausesGitHub: Bool
  /// Whether the thing asked for does not exist (any more).
  package var isNotFound: Bool
  /// Whether the server only asked for patience, so that the next try may well succeed.
  package var isThrottled: Bool

  /// Creates a failure.
  package init(
    message: String, remedy: String, retryAt: Date? = nil, pausesGitHub: Bool = false,
    isNotFound: Bool = false, isThrottled: Bool = false
  ) {
    self.message = message
    self.remedy = remedy
    self.retryAt = retryAt
    self.pausesGitHub = pausesGitHub
    self.isNotFound = isNotFound
    self.isThrottled = isThrottled
  }
}

/// What a new snapshot changed for one run.
package enum Change: Sendable, Hashable {
  /// A run is on the board that was not.
  case appeared(RunKey)
  /// A run went from one state to another.
  case moved(RunKey, from: DeployState, to: DeployState)
  /// A run is not on the board any more.
  case vanished(RunKey)
}
