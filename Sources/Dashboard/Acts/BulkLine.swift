import Deploys
import Foundation

/// One line of the list of a bulk action: what happens to a run, or why nothing does.
struct BulkLine: Sendable, Equatable {
  var target: ActTarget
  /// What happens; why nothing does where ``mutation`` is `nil`.
  var words: String
  /// What is sent; `nil` where the run is left out.
  var mutation: Mutation?
  /// What is to be known of it before it is sent; `nil` for nothing.
  var caution: String?

  /// Whether the name of an environment has to be typed before it is sent.
  var isProtected: Bool { !protectedNames.isEmpty }

  /// The names of the environments that have to be typed before it is sent.
  var protectedNames: [String] {
    (target.isProtected ? [target.environment] : []) + (mutation?.confirmed ?? [])
  }

  /// The line as it stands by what is known now: a run that changed meanwhile is left out.
  func settled(in snapshot: Snapshot) -> BulkLine {
    guard let mutation else { return self }
    var line = self
    line.caution = target.caution(in: snapshot, for: mutation)
    let reason =
      snapshot.environment(target.environment)?.readOnlyReason.map { "read-only: \($0)" }
      ?? Self.refusal(of: mutation, in: snapshot)
      ?? target.change(in: snapshot, for: mutation)
    guard let reason else { return line }
    return BulkLine(target: target, words: reason)
  }

  /// Why nothing may be sent to another environment that a mutation reaches; `nil` where it may.
  private static func refusal(of mutation: Mutation, in snapshot: Snapshot) -> String? {
    guard case .review(let request) = mutation else { return nil }
    return snapshot.environments.guarded(by: request.targets, besides: request.environment)
      .lazy.compactMap(\.refusal).first
  }
}

/// How one line of a bulk action stands or ended.
enum BulkResult: Sendable, Equatable {
  case waiting
  case sending
  case done(String)
  case refused(String)
  case unknown(String)
  /// It was not sent and will not be.
  case notSent
  /// It was stopped after its turn had come and before it was sent.
  case calledBack

  /// How an outcome counts.
  init(_ outcome: OperationOutcome) {
    self =
      switch outcome {
      case .done(let message, _): .done(message)
      case .refused(let message, let remedy): .refused(Sentences.joined(message, remedy))
      case .unknown(let message): .unknown(message)
      }
  }
}

/// A run that is marked, as it was when the bulk action was opened.
struct BulkCandidate: Sendable, Equatable {
  var target: ActTarget
  var deploy: Deploy
  /// Why nothing may be sent to its environment; `nil` where it may.
  var readOnlyReason: String?
  /// How it could be stopped.
  var stop: StopWays
  /// The environments, as configured.
  var environments: [Environment] = []

  /// What an option does to it, where it is known what holds it back.
  func lines(
    for option: BulkOption, isDebug: Bool, pending: PendingAnswer?, comment: String
  ) -> [BulkLine] {
    if let readOnlyReason { return [leftOut("read-only: \(readOnlyReason)")] }
    switch option {
    case .failedJobs: return [retry(.failedJobs, isDebug: isDebug)]
    case .allJobs: return [retry(.allJobs, isDebug: isDebug)]
    case .cancel:
      if stop.isOver { return [leftOut("over already: \(deploy.state.longWord)")] }
      return [act(.cancel, "cancel; it \(deploy.state.predicate)")]
    case .forceCancel:
      if let reason = stop.whyNoForce { return [leftOut(reason)] }
      return [act(.forceCancel, "end by force; its cancel hangs")]
    case .stopBuilds: return builds
    case .approve, .reject:
      return [review(isApproval: option == .approve, pending: pending, comment: comment)]
    }
  }

  private func leftOut(_ why: String) -> BulkLine { BulkLine(target: target, words: why) }

  private func act(_ deed: ActOption.Deed, isDebug: Bool = false, _ words: String) -> BulkLine {
    BulkLine(
      target: target, words: words, mutation: deed.mutation(of: target, isDebug: isDebug))
  }

  private func retry(_ scope: RetryRequest.Scope, isDebug: Bool) -> BulkLine {
    let ways = RetryWays(deploy: deploy)
    if let reason = ways.whyNone(at: stop.now) { return leftOut(reason) }
    if scope == .failedJobs, !ways.hasFailure { return leftOut("none of its jobs failed") }
    return act(.retry(scope), isDebug: isDebug, "run again: \(ways.words(scope))")
  }

  private var builds: [BulkLine] {
    let due = stop.idleBuilds.filter { $0.rest == .zero }
    guard due.isEmpty else {
      return due.map { act(.stopBuild($0.build.key), "stop \(StopWays.words($0))") }
    }
    guard let rest = stop.idleBuilds.map(\.rest).min() else {
      return [leftOut("no build of it is left without a job")]
    }
    return [leftOut("its build may end by itself: \(rest.shortText) left")]
  }

  private func review(isApproval: Bool, pending: PendingAnswer?, comment: String) -> BulkLine {
    guard deploy.waitsForReview else { return leftOut("waits for nobody's approval") }
    switch pending {
    case nil: return leftOut("not known yet what holds it back")
    case .failed(let failure): return leftOut(failure.message)
    case .pending(let places):
      func refusal(_ place: PendingDeployment) -> String? {
        environments.named(onGitHub: place.target.name)?.refusal
      }
      let own = places.filter { $0.canApprove && refusal($0) == nil }.map(\.target)
      guard !own.isEmpty else {
        let words = places.map { refusal($0) ?? "\($0.target.name) has \($0.reviewerWords)" }
        return leftOut(
          words.isEmpty ? "nothing holds it back any more" : words.joined(separator: "; "))
      }
      let names = own.map(\.name).joined(separator: ", ")
      let others = places.filter { !$0.canApprove }.map { "\($0.target.name) is not yours" }
      let closed = places.filter(\.canApprove).compactMap(refusal)
      let rest = (others + closed).map { "; \($0)" }.joined()
      let guarded = environments.guarded(by: own, besides: target.environment)
      return BulkLine(
        target: target, words: "\(isApproval ? "approve" : "reject") \(names)\(rest)",
        mutation: .review(
          ReviewRequest(
            run: target.run, attempt: target.attempt, targets: own, isApproval: isApproval,
            comment: comment, environment: target.environment, confirmed: guarded.map(\.name))))
    }
  }
}
