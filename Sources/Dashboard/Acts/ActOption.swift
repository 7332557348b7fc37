import Deploys

/// One of the things that can be done to a run.
struct ActOption: Sendable, Equatable {
  /// What it is, whatever its place in the list.
  enum Deed: Sendable, Equatable {
    case retry(RetryRequest.Scope)
    case cancel
    case forceCancel
    case stopBuild(BuildKey)
  }

  var deed: Deed
  /// Two words for the list.
  var name: String
  /// What it does.
  var words: String
  /// Why it cannot be chosen now; `nil` where it can.
  var whyNot: String?

  var isOffered: Bool { whyNot == nil }
}

extension ActOption.Deed {
  /// What the question calls it, after “y to”.
  var verb: String {
    switch self {
    case .retry: "run it again"
    case .cancel: "cancel it"
    case .forceCancel: "end it by force"
    case .stopBuild: "stop the build"
    }
  }

  /// The verb of the question, at the beginning of a title.
  var title: String {
    switch self {
    case .retry: "Retry"
    case .cancel: "Cancel"
    case .forceCancel: "Force-cancel"
    case .stopBuild: "Stop the build of"
    }
  }

  /// What is sent.
  func mutation(of target: ActTarget, isDebug: Bool) -> Mutation {
    switch self {
    case .retry(let scope):
      .retry(
        RetryRequest(
          run: target.run, attempt: target.attempt, scope: scope, isDebug: isDebug,
          environment: target.environment))
    case .cancel, .forceCancel:
      .cancel(
        CancelRequest(
          run: target.run, attempt: target.attempt, isForced: self == .forceCancel,
          environment: target.environment))
    case .stopBuild(let build):
      .stopBuild(
        StopBuildRequest(build: build, run: target.run, environment: target.environment))
    }
  }
}
