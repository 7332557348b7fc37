import Deploys
import Foundation

/// A deploy that was sent from here and that the board does not show yet.
struct AwaitedDeploy: Sendable, Equatable {
  /// The tag that starts it; `nil` where a dispatch has.
  var tag: String?
  /// The run, where GitHub has told it.
  var run: RunKey?
  /// When it was sent.
  var since: Date

  /// What a mutation that was done lets happen, and in which cell; `nil` for nothing new.
  static func made(
    by mutation: Mutation, run: RunKey?, at now: Date
  ) -> (LiveVersions.CellID, AwaitedDeploy)? {
    func id(_ name: String, _ repository: RepositoryName, _ environment: String)
      -> LiveVersions.CellID
    {
      LiveVersions.CellID(
        service: VersionGrid.Service(name: name, repository: repository), environment: environment)
    }
    switch mutation {
    case .tag(let request):
      return (
        id(request.service, request.repository, request.environment),
        AwaitedDeploy(tag: request.tag, run: run, since: now)
      )
    case .dispatch(let request):
      // Without its run, which of the next ones it is cannot be told.
      guard let run else { return nil }
      return (
        id(request.service, request.repository, request.environment),
        AwaitedDeploy(tag: nil, run: run, since: now)
      )
    // What is done to a run that there is, the board shows by itself.
    case .retry, .cancel, .stopBuild, .review: return nil
    }
  }

  /// After how long a run that has not come is called missing: most come within seconds.
  private static let patience: TimeInterval = 180
  /// After how long nothing more is said of it.
  private static let end: TimeInterval = 3600

  /// Whether its run should have come by now, which a tag that starts no workflow never has.
  func isOverdue(at now: Date) -> Bool { now.timeIntervalSince(since) > Self.patience }

  /// Whether it was so long ago that nothing is awaited any more.
  func isForgotten(at now: Date) -> Bool { now.timeIntervalSince(since) > Self.end }

  /// Whether a deploy of its cell is the one.
  func isMet(by deploy: Deploy) -> Bool {
    if let run { return deploy.id == run }
    return tag != nil && deploy.run.ref == tag
  }
}
