import Deploys
import Foundation
import GitHub

extension Operator {
  /// Beyond which age GitHub surely retries no run, whatever this machine's clock says.
  ///
  /// GitHub's own limit is 30 days by its own clock; in the day between it decides itself.
  private static let oldest: Duration = .seconds(31 * 86_400)

  /// Looks at the run, and at the job where one is meant.
  func errand(
    retrying request: RetryRequest, in environment: Environment, by login: String?
  ) async throws -> Errand {
    let run = try await unchangedRun(request.run, attempt: request.attempt)
    let service = try service(of: run.workflowName, deployingTo: environment)
    try checkRetry(of: run, request)
    if case .job(let id, let name) = request.scope {
      try await checkJob(id, named: name, of: run)
    }
    let what =
      "\(request.scope.words) of \(run.shortName)\(request.isDebug ? " with debug logs" : "")"
    return Errand(summary: "retry \(what)", service: service) { _ in
      Deed(message: "retrying \(what), attempt \(run.attempt + 1)", run: run.key)
    } look: {
      let newer = try await github.currentRun(request.run)
      guard newer.attempt > run.attempt else {
        return .open("no attempt after \(run.attempt) is listed yet")
      }
      return Self.sight(of: newer, after: run, what, by: login)
    }
  }

  /// What a newer attempt tells about a retry whose answer was lost.
  private static func sight(
    of newer: WorkflowRun, after run: WorkflowRun, _ what: String, by login: String?
  ) -> Sight {
    let isOurs = login.map { newer.actor.lowercased() == $0.lowercased() }
    if newer.attempt == run.attempt + 1, isOurs != false {
      let doubt = isOurs == nil ? " (it may be somebody else's: the token names nobody)" : ""
      return .settled(
        .done(
          message: "retrying \(what): the answer was lost, and attempt \(newer.attempt) is "
            + "there\(doubt)", run: run.key))
    }
    // A server that names an attempt's actor at all names another one than the attempt before had.
    if newer.attempt == run.attempt + 1, newer.actor.lowercased() != run.actor.lowercased() {
      return .settled(
        .refused(
          message: "\(newer.actor) was faster: attempt \(newer.attempt) of \(run.shortName) is "
            + "theirs, and GitHub makes no two at once",
          remedy: "Look at the newest attempt."))
    }
    return .open("attempt \(newer.attempt) is there, and by \(newer.actor)")
  }

  private func checkRetry(of run: WorkflowRun, _ request: RetryRequest) throws(Refusal) {
    if run.status != .completed {
      throw Refusal(
        message: "\(run.shortName) is still \(run.standing)",
        remedy: "Wait until it ends, or cancel it first.")
    }
    if request.scope == .failedJobs {
      switch run.conclusion {
      case .success, .neutral, .skipped:
        throw Refusal(
          message: "\(run.shortName) has no failed jobs", remedy: "Retry all jobs instead.")
      case .failure, .cancelled, .timedOut, .actionRequired, .startupFailure, .stale, .other, nil:
        break
      }
    }
    if Duration.seconds(serverTime.timeIntervalSince(run.createdAt)) > Self.oldest {
      throw Refusal(
        message: "\(run.shortName) is older than 30 days: GitHub does not retry it",
        remedy: "Dispatch the workflow, or push the tag, anew.")
    }
  }

  private func checkJob(_ id: Int64, named name: String, of run: WorkflowRun) async throws {
    let job = try await github.job(id, of: run.key)
    guard job.runID == run.key.id else {
      throw Refusal(
        message: "the job \(name) belongs to another run, not to \(run.shortName)",
        remedy: "Choose a job of its newest attempt.")
    }
    guard job.attempt == run.attempt else {
      throw Refusal(
        message: "the job \(name) belongs to attempt \(job.attempt), and the newest of "
          + "\(run.shortName) is \(run.attempt)",
        remedy: "Choose a job of the newest attempt.")
    }
    guard job.status == .completed else {
      throw Refusal(
        message: "the job \(name) is still \(job.status.rawValue.replacing("_", with: " "))",
        remedy: "Wait until it ends.")
    }
  }
}
