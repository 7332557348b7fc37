package import Foundation

/// Something that happened to a deploy and is worth telling somebody who does not look.
package struct DeployEvent: Sendable, Hashable, Identifiable {
  /// What happened.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Its first job runs.
    case started
    /// It ended well.
    case succeeded
    /// It ended badly, or in a word that this version does not know.
    case failed
    /// It was stopped, skipped, or given up by GitHub.
    case cancelled
    /// It waits for a person.
    case needsApproval = "needs_approval"

    /// What a conclusion means for somebody who waits for the end.
    package init(_ conclusion: Conclusion) {
      self =
        switch conclusion {
        case .success, .neutral: .succeeded
        case .failure, .timedOut, .startupFailure, .other: .failed
        case .cancelled, .skipped, .stale: .cancelled
        case .actionRequired: .needsApproval
        }
    }

    /// Whether the attempt is over.
    package var isEnd: Bool {
      switch self {
      case .succeeded, .failed, .cancelled: true
      case .started, .needsApproval: false
      }
    }
  }

  /// What happened.
  package var kind: Kind
  /// The run.
  package var run: RunKey
  /// The attempt, counted from 1.
  package var attempt: Int
  /// The run's number for people.
  package var number: Int
  /// The service's name.
  package var service: String
  /// The environment's name.
  package var environment: String
  /// The branch or tag; `nil` where GitHub gives none.
  package var ref: String?
  /// Who started the attempt; empty where GitHub names nobody.
  package var actor: String
  /// How it ended; `nil` while it goes on.
  package var conclusion: Conclusion?
  /// What is wrong or worth knowing, in a line; `nil` for nothing.
  package var summary: String?
  /// The run's page for people.
  package var url: String
  /// When the attempt started.
  package var startedAt: Date
  /// When it ended; `nil` while it goes on.
  package var endedAt: Date?
  /// The first job that waits for a person; `nil` where no job is known to.
  package var job: Int64?

  /// The repository.
  package var repository: RepositoryName { run.repository }

  /// What names the event and no other, the same wherever it is seen.
  package var id: String {
    "\(repository)/\(run.id)/\(attempt)/\(kind.rawValue)" + (job.map { "/\($0)" } ?? "")
  }

  /// Tells what happened to a deploy.
  /// - Parameters:
  ///   - kind: What happened.
  ///   - deploy: The deploy as it is now.
  ///   - job: The first job that waits for a person.
  package init(_ kind: Kind, of deploy: Deploy, job: Int64? = nil) {
    let run = deploy.run
    self.kind = kind
    self.run = run.key
    attempt = run.attempt
    number = run.number
    service = deploy.service
    environment = deploy.environment
    ref = run.ref
    actor = run.actor
    conclusion = deploy.state.conclusion
    url = run.url
    startedAt = run.startedAt
    endedAt = deploy.endedAt
    self.job = job
    summary =
      switch kind {
      case .started: nil
      case .succeeded, .failed, .cancelled: deploy.findings.first?.summary
      // The summary of this finding counts how long it has waited, which is no news at first.
      case .needsApproval:
        deploy.findings.first { $0.kind == .approvalNeeded || $0.kind == .actionRequired }
          .map { $0.kind == .approvalNeeded ? $0.evidence.first ?? $0.summary : $0.summary }
      }
  }
}
