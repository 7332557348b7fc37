import Deploys
import Foundation

extension Model {
  /// The deploy that a key acts on: on a run's own screen its newest attempt, as far as it was read.
  var actedDeploy: Deploy? {
    guard let detail, detail.isNewest else { return selectedDeploy }
    return detail.shown ?? detail.newest
  }

  /// How a run can be stopped.
  func stopWays(of deploy: Deploy) -> StopWays {
    let cancel = cancels[deploy.id].flatMap { $0.attempt == deploy.run.attempt ? $0.at : nil }
    return StopWays(
      deploy: deploy, cancelledAt: cancel, now: now, grace: limits.afterEnd)
  }

  /// Whether the selected deploy, or what is marked, can be run again.
  var retryAvailability: Command.Availability { availability(of: .retry) }

  /// Whether the selected deploy, or what is marked, can be stopped.
  var stopAvailability: Command.Availability { availability(of: .stop) }

  /// Whether the selected deploy, or what is marked, can be answered for.
  var reviewAvailability: Command.Availability { availability(of: .review) }

  /// Whether notice can be given of the selected run.
  var followAvailability: Command.Availability {
    guard let deploy = selectedDeploy else { return .disabled(whyNoDeploy) }
    // Who follows a run that has ended can still take that back.
    guard deploy.state.isOver, !watched.contains(deploy.id) else { return .enabled }
    return .disabled("it is over: \(deploy.state.longWord); there is nothing left to follow")
  }

  /// Whether it is asked what to run again.
  var asksForRetry: Bool {
    switch screens.last {
    case .act(let dialog): dialog.kind == .retry && dialog.stage == .preparing(.choosing)
    case .bulk(let dialog): dialog.kind == .retry && dialog.stage == .choosing
    case .help, .detail, .pager, .files, .versions, .dispatch, .refs, .workflows, .tag, nil: false
    }
  }

  private func availability(of kind: ActKind) -> Command.Availability {
    (actsOnMarks ? whyNoBulk : whyNo(kind)).map(Command.Availability.disabled) ?? .enabled
  }

  private var whyNoBulk: String? {
    let reasons = markedDeploys.map { snapshot.environment($0.environment)?.readOnlyReason }
    if let reason = reasons.first ?? nil, reasons.allSatisfy({ $0 != nil }) {
      return "read-only: \(reason)"
    }
    return whyNothingCanBeSent(to: nil)
  }

  private func whyNo(_ kind: ActKind) -> String? {
    guard let deploy = actedDeploy else { return whyNoDeploy }
    if let reason = snapshot.environment(deploy.environment)?.readOnlyReason {
      return "read-only: \(reason)"
    }
    return detail.flatMap { whyNo(kind, on: $0) } ?? whyNo(kind, deploy)
      ?? whyNothingCanBeSent(to: deploy.environment)
  }

  /// Why nothing can be done from a run's own screen.
  private func whyNo(_ kind: ActKind, on detail: RunDetail) -> String? {
    if kind == .retry { return detail.whyNoRetry }
    if !detail.isNewest {
      return
        "attempt \(detail.attempt) of \(detail.newest.run.attempt) is over: ] goes to the newest"
    }
    return detail.goneSince == nil ? nil : "the run is no longer on the board"
  }

  private func whyNo(_ kind: ActKind, _ deploy: Deploy) -> String? {
    switch kind {
    case .retry: return RetryWays(deploy: deploy).whyNone(at: now)
    case .stop: return stopWays(of: deploy).whyNone
    case .review:
      if deploy.waitsForReview { return nil }
      return deploy.state == .completed(.actionRequired)
        ? "GitHub asks for this approval on its own page: o opens it"
        : "it does not wait for approval"
    }
  }
}
