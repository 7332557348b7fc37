import Deploys
import GitHub

extension Operator {
  /// Looks whether the run still waits for every one of the environments.
  func errand(
    reviewing request: ReviewRequest, in environment: Environment
  ) async throws -> Errand {
    let run = try await unchangedRun(request.run, attempt: request.attempt)
    let service = try service(of: run.workflowName, deployingTo: environment)
    guard run.status != .completed else {
      throw Refusal(
        message: "\(run.shortName) is \(run.standing) already: it waits for nothing",
        remedy: "Look at how it ended.")
    }
    let waiting = try await waitingJobs(of: run)
    let places = try checkTargets(
      of: request, among: try await github.pendingDeployments(of: request.run), run)
    let verb = request.isApproval ? "approve" : "reject"
    return Errand(summary: "\(verb) \(places) for \(run.shortName)", service: service) { _ in
      Deed(
        message: "\(request.isApproval ? "approved" : "rejected") \(places) for \(run.shortName)",
        run: run.key)
    } look: {
      let open = try await github.pendingDeployments(of: request.run).filter { pending in
        request.targets.contains { $0.id == pending.target.id }
      }
      guard open.isEmpty else {
        return .open("\(open.map(\.target.name).joined(separator: ", ")) still waits")
      }
      return try await sight(of: waiting, in: run, isApproval: request.isApproval, places)
    }
  }

  /// Refuses where an environment does not wait any more, or where the answer is not ours to give.
  /// - Returns: The environments' names.
  private func checkTargets(
    of request: ReviewRequest, among pending: [PendingDeployment], _ run: WorkflowRun
  ) throws(Refusal) -> String {
    guard !request.targets.isEmpty else {
      throw Refusal(
        message: "no environment of \(run.shortName) is named to answer for",
        remedy: "Choose one that it waits for.")
    }
    for target in request.targets {
      guard let found = pending.first(where: { $0.target == target }) else {
        throw Refusal(
          message: "\(run.shortName) does not wait for \(target.name) any more: somebody has "
            + "answered", remedy: "Look at the run again.")
      }
      guard found.canApprove else {
        let reviewers = found.reviewers.joined(separator: ", ")
        throw Refusal(
          message: "the token's user may not answer for \(target.name)",
          remedy: reviewers.isEmpty
            ? "Ask somebody who may." : "Ask one of its reviewers: \(reviewers).")
      }
    }
    return request.targets.map(\.name).joined(separator: ", ")
  }

  private func waitingJobs(of run: WorkflowRun) async throws -> Set<Int64> {
    let jobs = try await github.jobs(of: run.key, inAttempt: run.attempt)
    return Set(jobs.filter { $0.status == .waiting }.map(\.id))
  }

  /// What has become of the jobs that waited tells which answer was given, though not by whom.
  private func sight(
    of waiting: Set<Int64>, in run: WorkflowRun, isApproval: Bool, _ places: String
  ) async throws -> Sight {
    let moved = try await github.jobs(of: run.key, inAttempt: run.attempt)
      .filter { waiting.contains($0.id) && $0.status != .waiting }
    let rejected = moved.filter { $0.status == .completed && $0.runningSince == nil }
    let isAsAsked =
      isApproval
      ? rejected.isEmpty
      : rejected.count == moved.count
        && rejected.allSatisfy { $0.conclusion == .failure }
    guard !moved.isEmpty, isAsAsked else {
      return .open("\(places) does not wait any more, and by which answer cannot be told")
    }
    let word = isApproval ? "approved" : "rejected"
    return .settled(
      .done(
        message: "\(places) is \(word) for \(run.shortName): the answer was lost, so it may also "
          + "have been somebody else", run: run.key))
  }
}
