import Deploys
import GitHub

extension Operator {
  /// Looks whether the run still goes on.
  func errand(
    cancelling request: CancelRequest, in environment: Environment
  ) async throws -> Errand {
    let run = try await unchangedRun(request.run, attempt: request.attempt)
    let service = try service(of: run.workflowName, deployingTo: environment)
    guard run.status != .completed else {
      throw Refusal(
        message: "\(run.shortName) is \(run.standing) already", remedy: "Look at how it ended.")
    }
    let name = run.shortName
    let word = request.isForced ? "force-cancel" : "cancel"
    return Errand(summary: "\(word) \(name)", service: service) { _ in
      Deed(
        message: request.isForced
          ? "GitHub ends \(name) by force" : "GitHub cancels \(name): its jobs end one by one",
        run: run.key)
    } look: {
      let newer = try await github.currentRun(request.run)
      if newer.attempt == run.attempt, newer.status == .completed, newer.conclusion == .cancelled {
        return .settled(
          .done(
            message: "\(name) is cancelled: the answer was lost, so it may also have been "
              + "somebody else", run: run.key))
      }
      // A run that goes on a moment after a cancel proves nothing: jobs take their time to end.
      guard newer.attempt == run.attempt else {
        return .open("\(name) is at attempt \(newer.attempt)")
      }
      return .open("\(name) is \(newer.standing)")
    }
  }
}
