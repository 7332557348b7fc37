import Deploys

/// A run that something is done to, as the operator saw it when the dialog was opened.
struct ActTarget: Sendable, Equatable {
  let id: DeployID
  /// The attempt that the operator saw.
  let attempt: Int
  let label: String
  let service: String
  let ref: String
  let workflowName: String
  let isProtected: Bool

  init(_ deploy: Deploy, isProtected: Bool) {
    id = deploy.boardID
    attempt = deploy.run.attempt
    label = deploy.run.label
    service = deploy.service
    ref = deploy.run.ref ?? String(deploy.run.headSHA.prefix(7))
    workflowName = deploy.run.workflowName
    self.isProtected = isProtected
  }

  var run: RunKey { id.run }
  var environment: String { id.environment }
  /// What it is called in titles and lists.
  var name: String { "\(service) \(label) in \(environment)" }

  /// Why it is no longer what the operator saw, so that the mutation may not be sent; `nil` while
  /// it is.
  func change(in snapshot: Snapshot, for mutation: Mutation) -> String? {
    guard let deploy = snapshot.deploy(id) else { return "the run is no longer on the board" }
    if deploy.run.attempt != attempt {
      return "somebody else was faster: attempt \(deploy.run.attempt) exists"
    }
    switch mutation {
    case .retry: return deploy.state.isOver ? nil : "it is going on again"
    case .cancel: return deploy.state.isOver ? "it is over by now: \(deploy.state.word)" : nil
    case .stopBuild(let request):
      return deploy.jobs.contains { $0.idleBuild?.key == request.build }
        ? nil : "the build has ended by itself, or a job needs it"
    case .review:
      return deploy.waitsForReview ? nil : "it waits for nobody any more: somebody has answered"
    case .dispatch, .tag: return nil
    }
  }

  /// The newest run of the same service and environment that came after this one and counts.
  func newerRun(in snapshot: Snapshot) -> Deploy? {
    guard let own = snapshot.deploy(id) else { return nil }
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

extension Snapshot {
  /// A deploy of the board.
  func deploy(_ id: DeployID) -> Deploy? {
    sections.first { $0.environment.name == id.environment }?.deploys.first { $0.id == id.run }
  }
}

extension Deploy {
  /// Whether an environment on GitHub holds it, or a job of it, back.
  var waitsForReview: Bool {
    guard !state.isOver else { return false }
    return state == .waiting || jobs.contains { $0.job.status == .waiting }
  }
}
