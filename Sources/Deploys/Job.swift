package import Foundation

/// One job of one attempt of a workflow run.
package struct Job: Sendable, Hashable, Identifiable {
  /// GitHub's id; a rerun gives a job a new one.
  package var id: Int64
  /// The run that it belongs to.
  package var runID: Int64
  /// The attempt that it belongs to, counted from 1.
  package var attempt: Int
  /// The job's display name, with its matrix values.
  package var name: String
  /// How far it has come.
  package var status: RunStatus
  /// How it ended; `nil` while it goes on.
  package var conclusion: Conclusion?
  /// When GitHub created it, which is when it asked for a runner.
  package var createdAt: Date?
  /// When it was seen to be let go by its environment's protection rules; `nil` where it was not.
  package var releasedAt: Date?
  /// When a runner took it.
  ///
  /// GitHub fills the field for queued jobs too; ask ``runningSince`` instead.
  package var startedAt: Date?
  /// When it ended.
  package var completedAt: Date?
  /// Its steps, in order; empty until a runner has taken it.
  package var steps: [Step]
  /// The labels that it asks of a runner.
  package var labels: [String]
  /// The runner that took it; `nil` where GitHub gives none or an empty name.
  package var runnerName: String?
  /// The runner's group; `nil` where GitHub gives none or an empty name.
  package var runnerGroup: String?
  /// The job's page for people.
  package var url: String
  /// The check run that carries the job's annotations; `nil` where GitHub names none.
  package var checkRunID: Int64?

  /// When a runner took it; `nil` where none has, also for a job that was cancelled in the queue.
  package var runningSince: Date? {
    switch status {
    case .inProgress: startedAt
    case .completed: runnerName != nil || !steps.isEmpty ? startedAt : nil
    case .requested, .pending, .waiting, .queued, .other: nil
    }
  }

  /// When it began to ask for a runner, as far as anybody can tell.
  ///
  /// A job that an environment held back keeps the time of its creation, so the moment of its
  /// release counts where it was seen.
  package var queuedSince: Date? {
    if let releasedAt { return releasedAt }
    guard status == .queued, let createdAt else { return createdAt }
    return max(createdAt, startedAt ?? createdAt)
  }

  /// The step that is running.
  package var currentStep: Step? { steps.first { $0.status == .inProgress } }

  /// The first step that failed.
  package var failedStep: Step? { steps.first { $0.conclusion?.isFailure == true } }

  /// The number of steps that are over.
  package var stepsDone: Int { steps.count { $0.status == .completed } }

  /// Creates a job.
  package init(
    id: Int64, runID: Int64, attempt: Int, name: String, status: RunStatus,
    conclusion: Conclusion? = nil, createdAt: Date? = nil, startedAt: Date? = nil,
    completedAt: Date? = nil, steps: [Step] = [], labels: [String] = [],
    runnerName: String? = nil, runnerGroup: String? = nil, url: String = "",
    checkRunID: Int64? = nil
  ) {
    self.id = id
    self.runID = runID
    self.attempt = attempt
    self.name = name
    self.status = status
    self.conclusion = conclusion
    self.createdAt = createdAt
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.steps = steps
    self.labels = labels
    self.runnerName = runnerName
    self.runnerGroup = runnerGroup
    self.url = url
    self.checkRunID = checkRunID
  }
}

/// One step of a job.
package struct Step: Sendable, Hashable {
  /// Its place in the job, counted from 1; numbers may be left out.
  package var number: Int
  /// Its display name.
  package var name: String
  /// How far it has come.
  package var status: RunStatus
  /// How it ended; `nil` while it goes on.
  package var conclusion: Conclusion?
  /// When it started; `nil` while it is queued.
  package var startedAt: Date?
  /// When it ended.
  package var completedAt: Date?

  /// Creates a step.
  package init(
    number: Int, name: String, status: RunStatus, conclusion: Conclusion? = nil,
    startedAt: Date? = nil, completedAt: Date? = nil
  ) {
    self.number = number
    self.name = name
    self.status = status
    self.conclusion = conclusion
    self.startedAt = startedAt
    self.completedAt = completedAt
  }
}
