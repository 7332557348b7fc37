import Canvas
import Deploys

/// Retrying a run, from the first key to the answer.
struct RetryDialog: Sendable, Equatable {
  enum Stage: Sendable, Equatable {
    case choosing
    case confirming(Confirmation)
    case sending(RetryRequest)
    case ended(Ending)
  }

  let run: RunKey
  /// The attempt that the operator saw.
  let attempt: Int
  let label: String
  let environment: String
  let service: String
  let ref: String
  let workflowName: String
  let isProtected: Bool
  /// The names of the jobs that failed.
  let failedJobs: [String]
  let jobCount: Int
  /// Whether GitHub could run the failed jobs alone.
  let hasFailure: Bool
  var stage = Stage.choosing
  private(set) var scope: RetryRequest.Scope

  init(_ deploy: Deploy, isProtected: Bool) {
    run = deploy.run.key
    attempt = deploy.run.attempt
    label = deploy.run.label
    environment = deploy.environment
    service = deploy.service
    ref = deploy.run.ref ?? String(deploy.run.headSHA.prefix(7))
    workflowName = deploy.run.workflowName
    self.isProtected = isProtected
    failedJobs = deploy.jobs.filter { $0.job.conclusion?.isFailure == true }.map(\.job.name)
    jobCount = deploy.jobs.count
    // The jobs of an older run may not have been read; GitHub knows them.
    let isUnread = !deploy.hasJobs && deploy.state.conclusion?.isFailure == true
    hasFailure = !failedJobs.isEmpty || isUnread
    scope = hasFailure ? .failedJobs : .allJobs
  }

  mutating func choose(_ scope: RetryRequest.Scope) {
    if scope == .failedJobs, !hasFailure { return }
    self.scope = scope
  }

  mutating func goOn() {
    stage = .confirming(Confirmation(environment: environment, isProtected: isProtected))
  }

  /// What would be sent.
  var request: RetryRequest {
    RetryRequest(run: run, attempt: attempt, scope: scope, environment: environment)
  }

  /// Why the run is no longer what the operator saw; `nil` while it is.
  func change(in snapshot: Snapshot) -> String? {
    guard let deploy = snapshot.deploy(run) else { return "the run is no longer on the board" }
    if deploy.run.attempt != attempt {
      return "somebody else was faster: attempt \(deploy.run.attempt) exists"
    }
    return deploy.state.isOver ? nil : "it is going on again"
  }
}

extension RetryDialog {
  /// The newest run of the same service and environment that came after this one and counts.
  func newerRun(in snapshot: Snapshot) -> Deploy? {
    guard let own = snapshot.deploy(run) else { return nil }
    return snapshot.deploys
      .filter { other in
        guard other.environment == environment, other.service == service,
          other.run.createdAt > own.run.createdAt
        else { return false }
        return switch other.state.conclusion {
        case .success, nil: true
        case .failure, .neutral, .cancelled, .skipped, .timedOut, .actionRequired,
          .startupFailure, .stale, .other:
          false
        }
      }
      .max { $0.run.createdAt < $1.run.createdAt }
  }
}
