/// A change of the world that an operator has confirmed; sent at most once.
package enum Mutation: Sendable, Hashable {
  /// Start a workflow.
  case dispatch(DispatchRequest)
  /// Run a run, its failed jobs or one job again.
  case retry(RetryRequest)
  /// End a run.
  case cancel(CancelRequest)
  /// End a build whose job is gone.
  case stopBuild(StopBuildRequest)
  /// Let waiting jobs go on, or end them.
  case review(ReviewRequest)
  /// Create a tag, which starts a deploy.
  case tag(TagRequest)

  /// The environment that it concerns, as configured.
  package var environment: String {
    switch self {
    case .dispatch(let request): request.environment
    case .retry(let request): request.environment
    case .cancel(let request): request.environment
    case .stopBuild(let request): request.environment
    case .review(let request): request.environment
    case .tag(let request): request.environment
    }
  }

  /// The other environments whose names were typed or given to confirm it, as configured.
  package var confirmed: [String] {
    switch self {
    case .dispatch(let request): request.confirmed
    case .stopBuild(let request): request.confirmed
    case .review(let request): request.confirmed
    case .retry, .cancel, .tag: []
    }
  }

  /// The run that it changes; `nil` where it makes one.
  package var run: RunKey? {
    switch self {
    case .dispatch, .tag: nil
    case .retry(let request): request.run
    case .cancel(let request): request.run
    case .stopBuild(let request): request.run
    case .review(let request): request.run
    }
  }
}
