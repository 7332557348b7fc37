import Deploys
import Foundation

/// How a run, or what is left of it, can be stopped.
struct StopWays: Sendable, Equatable {
  /// After how long a cancel counts as hanging, so that force is due.
  static let patience: Duration = .seconds(90)

  /// A build whose job is gone.
  struct IdleBuild: Sendable, Equatable {
    var job: Job
    var build: Build
    /// How long it is still left to itself.
    var rest: Duration
  }

  /// The run, as last seen.
  var deploy: Deploy
  /// When a cancel was sent from here for this attempt; `nil` where none was.
  var cancelledAt: Date?
  var now: Date
  /// For how long a build is left to itself once its job is over.
  var grace: Duration

  var isOver: Bool { deploy.state.isOver }

  /// Since when a cancel is known to hang.
  ///
  /// GitHub does not say of a run that it is being cancelled. A job that was cancelled while none
  /// has failed tells that somebody has asked.
  var cancelSeen: Date? {
    if let cancelledAt { return cancelledAt }
    guard !isOver, !deploy.jobs.contains(where: { $0.job.conclusion?.isFailure == true }) else {
      return nil
    }
    return deploy.jobs.filter { $0.job.conclusion == .cancelled }.compactMap(\.job.completedAt)
      .min()
  }

  /// Whether a cancel hangs.
  var isHanging: Bool { !isOver && cancelSeen.map(hasHung) == true }

  private func hasHung(since date: Date) -> Bool {
    Duration(from: date, to: now) >= Self.patience
  }

  /// Why it cannot be ended by force; `nil` where it can.
  var whyNoForce: String? {
    if isOver { return "it is over" }
    guard let cancelSeen else { return "only where a cancel hangs, and none was asked for" }
    guard !isHanging else { return nil }
    let left = Self.patience - Duration(from: cancelSeen, to: now)
    return "once the cancel has hung for 90s: \(left.shortText) left"
  }

  /// The builds whose job is gone, and surely is the build's.
  var idleBuilds: [IdleBuild] {
    deploy.jobs.compactMap { item in
      guard let build = item.idleBuild, item.correlation.best?.tier != .ambiguous else {
        return nil
      }
      let age = item.job.completedAt.map { Duration(from: $0, to: now) } ?? .zero
      return IdleBuild(
        job: item.job, build: build, rest: max(.zero, grace - age))
    }
  }

  /// Why nothing can be stopped; `nil` where something can.
  var whyNone: String? {
    guard isOver, !idleBuilds.contains(where: { $0.rest == .zero }) else { return nil }
    guard let build = idleBuilds.map(\.rest).min() else {
      return "it is over, and no build of it goes on"
    }
    return "it is over; its build may end by itself: \(build.shortText) left"
  }

  /// What a cancel does.
  var cancelWords: String {
    var words = "its jobs are told to end; steps with always() still run"
    if let cancelledAt {
      words += "; asked for \(Duration(from: cancelledAt, to: now).shortText) ago"
    } else if let cancelSeen {
      words += "; somebody asked for it \(Duration(from: cancelSeen, to: now).shortText) ago"
    }
    return words
  }

  /// What force does.
  static let forceWords = "its jobs end at once, and no always() step runs any more"

  /// The choices, the most likely first.
  var options: [ActOption] {
    let cancel = ActOption(
      deed: .cancel, name: "cancel", words: cancelWords, whyNot: isOver ? "it is over" : nil)
    let force = ActOption(
      deed: .forceCancel, name: "force-cancel", words: Self.forceWords, whyNot: whyNoForce)
    let run = isOver ? [] : isHanging ? [force, cancel] : [cancel, force]
    return run
      + idleBuilds.map { idle in
        ActOption(
          deed: .stopBuild(idle.build.key), name: "stop build", words: Self.words(idle),
          whyNot: idle.rest == .zero
            ? nil : "it may end by itself: \(idle.rest.shortText) left")
      }
  }

  /// What stopping an idle build means.
  static func words(_ idle: IdleBuild) -> String {
    "\(idle.build.key.id), in \(idle.build.currentPhase ?? "progress") for its job \(idle.job.name), "
      + "which is over"
  }
}
