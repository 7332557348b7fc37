package import Foundation

/// What names a workflow run across repositories.
package struct RunKey: Sendable, Hashable, Comparable {
  /// The repository that the run belongs to.
  package let repository: RepositoryName
  /// GitHub's id of the run; attempts of one run share it.
  package let id: Int64

  /// Creates a key.
  package init(repository: RepositoryName, id: Int64) {
    self.repository = repository
    self.id = id
  }

  /// Orders by repository, then by id, which is also the order of creation.
  package static func < (left: Self, right: Self) -> Bool {
    (left.repository, left.id) < (right.repository, right.id)
  }
}

/// A workflow run in its newest known attempt.
package struct WorkflowRun: Sendable, Hashable, Identifiable {
  /// The repository and GitHub's id.
  package var key: RunKey
  /// The attempt that the other fields describe, counted from 1.
  package var attempt: Int
  /// The number that people see, counted per workflow.
  package var number: Int
  /// GitHub's id of the workflow.
  package var workflowID: Int64
  /// The workflow's name; its path where the file gives none.
  package var workflowName: String
  /// The workflow file's path, without any `@ref`.
  package var path: String
  /// The run's own title: `run-name`, or the commit's first line.
  package var title: String
  /// What started the run, such as `push` or `workflow_dispatch`.
  package var event: String
  /// The branch or tag; `nil` where GitHub gives none.
  package var ref: String?
  /// The commit.
  package var headSHA: String
  /// The status as GitHub gives it, which follows the least advanced job.
  package var status: RunStatus
  /// How it ended; `nil` while it goes on.
  package var conclusion: Conclusion?
  /// Who started the newest attempt, else who started the run; empty where GitHub names nobody.
  package var actor: String
  /// When the run was created.
  package var createdAt: Date
  /// When this attempt started; the time of creation where GitHub does not say.
  package var startedAt: Date
  /// When GitHub last changed the run.
  package var updatedAt: Date
  /// The run's page for people.
  package var url: String

  /// What names the run.
  package var id: RunKey { key }

  /// Whether the run may still change by itself.
  ///
  /// Anything but `completed` counts, for a half-finished run can read `queued` (cli/cli#13972).
  package var isActive: Bool { status != .completed }

  /// Creates a run.
  package init(
    key: RunKey, attempt: Int, number: Int, workflowID: Int64, workflowName: String,
    path: String, title: String, event: String, ref: String?, headSHA: String,
    status: RunStatus, conclusion: Conclusion?, actor: String, createdAt: Date,
    startedAt: Date, updatedAt: Date, url: String
  ) {
    self.key = key
    self.attempt = attempt
    self.number = number
    self.workflowID = workflowID
    self.workflowName = workflowName
    self.path = path
    self.title = title
    self.event = event
    self.ref = ref
    self.headSHA = headSHA
    self.status = status
    self.conclusion = conclusion
    self.actor = actor
    self.createdAt = createdAt
    self.startedAt = startedAt
    self.updatedAt = updatedAt
    self.url = url
  }
}
