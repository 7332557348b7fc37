import Deploys
import Foundation

/// How a run can be run again.
struct RetryWays: Sendable, Equatable {
  /// After how long GitHub no longer runs a run again.
  ///
  /// Source: GitHub documentation, "Re-running workflows and jobs".
  private static let limit: Duration = .seconds(30 * 86_400)

  /// The run's newest attempt.
  var deploy: Deploy

  /// Why GitHub will refuse whatever is asked; `nil` where it will not.
  func whyNone(at now: Date) -> String? {
    guard deploy.state.isOver else {
      return "\(deploy.state == .waiting ? "waits for approval" : "still \(deploy.state.word)"): "
        + "cancel comes first (x)"
    }
    guard Duration(from: deploy.run.createdAt, to: now) > Self.limit else { return nil }
    return "older than 30 days: GitHub does not run it again; d dispatches anew"
  }

  /// The jobs that GitHub counts among the failed.
  var failedJobs: [DeployJob] {
    deploy.jobs.filter {
      $0.job.conclusion?.isFailure == true || $0.job.conclusion == .cancelled
    }
  }

  /// Whether GitHub could run the failed jobs alone.
  var hasFailure: Bool {
    if deploy.hasJobs { return !failedJobs.isEmpty }
    // The jobs of an older run may not have been read; GitHub knows them.
    return deploy.state.conclusion?.isFailure == true || deploy.state.conclusion == .cancelled
  }

  /// The jobs that have run, and so can run again alone.
  var singleJobs: [DeployJob] {
    // Of a single job there is nothing to choose: it is all jobs.
    guard deploy.jobs.count > 1 else { return [] }
    let over = deploy.jobs.filter {
      $0.job.status == .completed && $0.job.conclusion != .skipped
    }
    return over.filter { $0.job.conclusion != .success }
      + over.filter { $0.job.conclusion == .success }
  }

  /// What is to run again, in words.
  func words(_ scope: RetryRequest.Scope) -> String {
    switch scope {
    case .failedJobs:
      let names = failedJobs.map(\.job.name).joined(separator: ", ")
      return "\(names.isEmpty ? "those that failed" : names), and what depends on them"
    case .allJobs:
      return deploy.jobs.isEmpty
        ? "all, from the start" : "all \(deploy.jobs.count), from the start"
    case .job(_, let name): return "\(name), and what depends on it"
    }
  }

  /// The choices, the most likely first; the job that was pointed at comes before other jobs.
  func options(pointed: Int64?) -> [ActOption] {
    let failed = ActOption(
      deed: .retry(.failedJobs), name: "failed jobs", words: words(.failedJobs),
      whyNot: hasFailure ? nil : "none failed")
    let all = ActOption(deed: .retry(.allJobs), name: "all jobs", words: words(.allJobs))
    let jobs = singleJobs.filter { $0.id == pointed } + singleJobs.filter { $0.id != pointed }
    return [failed, all]
      + jobs.map { item in
        let scope = RetryRequest.Scope.job(id: item.id, name: item.job.name)
        return ActOption(deed: .retry(scope), name: "one job", words: words(scope))
      }
  }
}
