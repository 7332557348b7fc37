import Deploys

extension Endpoint {
  /// Where a change is sent.
  static func change(_ change: GitHubChange) -> Endpoint {
    switch change {
    case .dispatch(let workflow, let repository, _, _):
      Endpoint(
        path: path(repository, "actions/workflows/\(workflow)/dispatches"),
        what: "the dispatch of workflow \(workflow) of \(repository)",
        permission: "Actions: write")
    case .rerun(let key, _):
      actions(key, "rerun", "the rerun of run \(key.id) of \(key.repository)")
    case .rerunFailedJobs(let key, _):
      actions(
        key, "rerun-failed-jobs",
        "the rerun of the failed jobs of run \(key.id) of \(key.repository)")
    case .rerunJob(let repository, let id, _):
      Endpoint(
        path: path(repository, "actions/jobs/\(id)/rerun"),
        what: "the rerun of job \(id) of \(repository)", permission: "Actions: write")
    case .cancel(let key):
      actions(key, "cancel", "the cancel of run \(key.id) of \(key.repository)")
    case .forceCancel(let key):
      actions(key, "force-cancel", "the forced cancel of run \(key.id) of \(key.repository)")
    case .review(let key, _, let isApproval, _):
      Endpoint(
        path: path(key.repository, "actions/runs/\(key.id)/pending_deployments"),
        what: "the \(isApproval ? "approval" : "rejection") of run \(key.id) of \(key.repository)",
        permission: "Deployments: write")
    case .createTag(let repository, let name, _):
      Endpoint(
        path: path(repository, "git/refs"), what: "the tag \(name) of \(repository)",
        permission: "Contents: write")
    }
  }

  private static func actions(_ key: RunKey, _ verb: String, _ what: String) -> Endpoint {
    Endpoint(
      path: path(key.repository, "actions/runs/\(key.id)/\(verb)"), what: what,
      permission: "Actions: write")
  }
}
