import Deploys
import GitHub

extension Mutation {
  /// Whose change it is.
  enum Change: Sendable {
    case github(GitHubChange)
    case stopBuild(BuildKey)
  }

  /// The change that is sent.
  var change: Change {
    switch self {
    case .dispatch(let request):
      .github(
        .dispatch(
          workflow: request.workflowID, repository: request.repository, ref: request.ref,
          inputs: Dictionary(
            request.inputs.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })))
    case .retry(let request):
      switch request.scope {
      case .failedJobs: .github(.rerunFailedJobs(request.run, isDebug: request.isDebug))
      case .allJobs: .github(.rerun(request.run, isDebug: request.isDebug))
      case .job(let id, _):
        .github(.rerunJob(request.run.repository, id: id, isDebug: request.isDebug))
      }
    case .cancel(let request):
      .github(request.isForced ? .forceCancel(request.run) : .cancel(request.run))
    case .stopBuild(let request): .stopBuild(request.build)
    case .review(let request):
      .github(
        .review(
          request.run, environmentIDs: request.targets.map(\.id),
          isApproval: request.isApproval, comment: request.comment))
    case .tag(let request):
      .github(.createTag(request.repository, name: request.tag, commit: request.commit))
    }
  }
}

extension Mutation {
  /// What the audit log calls it.
  var action: AuditAction {
    switch self {
    case .dispatch: .dispatch
    case .retry: .retry
    case .cancel(let request): request.isForced ? .forceCancel : .cancel
    case .stopBuild: .stopBuild
    case .review(let request): request.isApproval ? .approve : .reject
    case .tag: .tag
    }
  }

  /// What the audit log says that it is done to.
  var target: AuditTarget {
    switch self {
    case .dispatch(let request): .workflow(path: request.path, ref: request.ref)
    case .retry(let request):
      switch request.scope {
      case .failedJobs, .allJobs: .run(id: request.run.id, attempt: request.attempt)
      case .job(let id, _): .run(id: request.run.id, attempt: request.attempt, job: id)
      }
    case .cancel(let request): .run(id: request.run.id, attempt: request.attempt)
    case .stopBuild(let request): .build(id: request.build.id)
    case .review(let request): .run(id: request.run.id, attempt: request.attempt)
    case .tag(let request): .tag(name: request.tag, sha: request.commit)
    }
  }

  /// The repository that it concerns; `nil` for a build that belongs to no known run.
  var repository: RepositoryName? {
    switch self {
    case .dispatch(let request): request.repository
    case .tag(let request): request.repository
    case .retry, .cancel, .stopBuild, .review: run?.repository
    }
  }
}
