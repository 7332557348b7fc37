import Deploys

/// A workflow run with everything that will become of it, unless somebody interferes.
///
/// A plan holds absolute moments, so what a client sees is a pure function of the plan and of now.
struct RunPlan: Sendable {
  let id: Int64
  /// The repository's place in the catalogue.
  let repository: Int
  /// The workflow's place in the repository.
  let workflow: Int
  let number: Int
  let event: String
  let ref: String
  let commit: SimulatedCommit
  let title: String
  let actor: SimulatedPerson
  let createdAt: Instant
  var attempts: [AttemptPlan]

  /// The hash of the commit.
  var sha: String { commit.sha }
  /// What the commit says; a push is shown under it.
  var message: String { event == "push" ? title : commit.subject }
}

/// One attempt of a run.
struct AttemptPlan: Sendable {
  let number: Int
  let startedAt: Instant
  let actor: SimulatedPerson
  /// How it is meant to go.
  let fate: RunFate
  /// Whether the runner writes its debug logs.
  var isDebug = false
  /// When somebody cancelled it: jobs that come to be later are cancelled at once.
  var cancelledAt: Instant?
  /// The jobs whose moments are known; others follow once those they need have an end.
  var jobs: [JobPlan] = []
}

/// A job of one attempt.
struct JobPlan: Sendable {
  let id: Int64
  /// Its key in the workflow file.
  let key: String
  let name: String
  var labels: [String]
  /// The attempt in its label, which may be older than its own.
  var labelAttempt: Int
  /// The GitHub environment whose rules hold it back.
  let environment: String?
  let createdAt: Instant
  /// When it began to ask for a runner; `nil` while it waits for a review that nobody has given.
  var queuedAt: Instant?
  /// When a runner took it; `nil` where none ever will.
  var pickedUpAt: Instant?
  var completedAt: Instant?
  var conclusion: Conclusion?
  var steps: [StepPlan] = []
  var runner: RunnerPlan?
  /// The build that was started for it.
  var requestedBuild: String?
  /// The build that it runs on.
  var ranOn: String?
  /// When its runner went away, which GitHub notices only later.
  var lostAt: Instant?
  /// Whether the runner writes its debug logs.
  var isDebug = false
  /// When a review let it go on, which a wait timer may outlast.
  var approvedAt: Instant?
  /// What makes it fail, where a step does.
  var cause: FailureCause?
  /// The job of an earlier attempt that did the work.
  var carriedFrom: Int64?

  /// Whether an earlier attempt did the work.
  var isCarried: Bool { carriedFrom != nil }
  /// The id of the job that did the work.
  var workID: Int64 { carriedFrom ?? id }

  func status(at now: Instant) -> RunStatus {
    if let completedAt, completedAt <= now { return .completed }
    if let pickedUpAt, pickedUpAt <= now { return .inProgress }
    guard let queuedAt, queuedAt <= now else { return .waiting }
    return .queued
  }

  /// The newest of its moments that has come.
  func changedAt(by now: Instant) -> Instant {
    [createdAt, queuedAt, pickedUpAt, completedAt].compactMap { $0 }.filter { $0 <= now }.max()
      ?? createdAt
  }
}

/// A runner as GitHub names it.
struct RunnerPlan: Sendable, Hashable {
  var id: Int64
  var name: String
  var groupID: Int64
  var group: String
}

/// A step of a job.
struct StepPlan: Sendable, Hashable {
  let number: Int
  let name: String
  var startedAt: Instant
  var completedAt: Instant
  var conclusion: Conclusion
  /// Whether somebody wrote it into the file, which an interruption skips.
  let isWritten: Bool

  func status(at now: Instant) -> RunStatus {
    completedAt <= now ? .completed : startedAt <= now ? .inProgress : .queued
  }
}
