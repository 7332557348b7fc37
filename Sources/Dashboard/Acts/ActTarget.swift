import Deploys
import Foundation

/// A run that something is done to, as the operator saw it when the dialog was opened.
struct ActTarget: Sendable, Equatable {
  let id: DeployID
  /// The attempt that the operator saw.
  let attempt: Int
  let label: String
  let service: String
  let ref: String
  let workflowName: String
  let createdAt: Date
  let isProtected: Bool

  init(_ deploy: Deploy, isProtected: Bool) {
    id = deploy.boardID
    attempt = deploy.run.attempt
    label = deploy.run.label
    service = deploy.service
    ref = deploy.run.ref ?? String(deploy.run.headSHA.prefix(7))
    workflowName = deploy.run.workflowName
    createdAt = deploy.run.createdAt
    self.isProtected = isProtected
  }

  var run: RunKey { id.run }
  var environment: String { id.environment }
  /// What it is called in titles and lists.
  var name: String { "\(service) \(label) in \(environment)" }

  /// Why it is no longer what the operator saw, so that the mutation may not be sent; `nil` while
  /// it is.
  func change(in snapshot: Snapshot, for mutation: Mutation) -> String? {
    guard let deploy = snapshot.deploy(id) else {
      // What is over grows too old for the board, and is read again before it is run again.
      if case .retry = mutation { return nil }
      return "the run is no longer on the board"
    }
    if deploy.run.attempt != attempt {
      return "somebody else was faster: attempt \(deploy.run.attempt) exists"
    }
    switch mutation {
    case .retry: return deploy.state.isOver ? nil : "it is going on again"
    case .cancel: return deploy.state.isOver ? "it is over by now: \(deploy.state.longWord)" : nil
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
    snapshot.deploys
      .filter { other in
        guard other.environment == environment, other.service == service,
          other.run.createdAt > createdAt
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

  /// What is to be known of a mutation before it is sent; `nil` for nothing.
  ///
  /// A retry of an old run is a rollback that nobody may make by mistake.
  func caution(in snapshot: Snapshot, for mutation: Mutation) -> String? {
    guard case .retry = mutation, let newer = newerRun(in: snapshot) else { return nil }
    return "\(newer.run.label) is newer (\(newer.state.conclusion?.rawValue ?? newer.state.name)): "
      + "this puts the older commit back"
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
