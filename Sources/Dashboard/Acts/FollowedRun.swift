import Deploys

/// A run that came of an operation, and that the cursor goes to as soon as it is on the board.
enum FollowedRun: Sendable, Equatable {
  case run(RunKey)
  /// The run that a tag starts; GitHub does not tell which it is.
  case ofTag(TagRequest)

  /// What came of a mutation; `nil` where no run does, or where nobody can tell which.
  init?(_ mutation: Mutation, _ run: RunKey?) {
    switch mutation {
    case .tag(let request): self = run.map(Self.run) ?? .ofTag(request)
    case .dispatch, .retry, .cancel, .stopBuild, .review:
      guard let run else { return nil }
      self = .run(run)
    }
  }

  /// The run, where it is there; of several that a tag has started, the newest.
  func run(in snapshot: Snapshot) -> RunKey? {
    switch self {
    case .run(let key): snapshot.deploy(key)?.id
    case .ofTag(let request):
      snapshot.deploys.filter { deploy in
        deploy.run.key.repository == request.repository && deploy.run.ref == request.tag
          && deploy.run.headSHA == request.commit && deploy.environment == request.environment
          && deploy.service == request.service
      }.max { $0.run.createdAt < $1.run.createdAt }?.id
    }
  }
}
