import Deploys
import Foundation

/// What is live of one service in one environment, and what goes on there.
struct VersionCell: Sendable, Equatable {
  /// How the commit compares with the one in the environment to the left.
  enum Comparison: Sendable, Equatable {
    /// One of the two is not known, or there is nothing to the left.
    case none
    /// The same commit as in the environment of this column.
    case same(column: Int)
    /// Another one.
    case differs(column: Int)

    /// The column that it was compared with.
    var column: Int? {
      switch self {
      case .none: nil
      case .same(let column), .differs(let column): column
      }
    }
  }

  /// The workflow that deploys it there.
  var target: WorkflowTarget
  /// What is live; `loaded(nil)` where nothing has ever been deployed.
  var live: Loadable<LiveVersion?>
  /// Why what is live could not be read, or not anew.
  var failure: ReadFailure?
  /// The newest deploy that goes on.
  var inFlight: Deploy?
  /// The newest deploy that has failed since what is live was deployed.
  var failed: Deploy?
  /// What is live in a word as short as it can be.
  var text = ""
  /// Whether ``text`` is from a tag of the environment's own form, which tells the commit.
  var isTag = true
  /// What is deployed by ``news``, in a word as short as it can be.
  var newsText = ""
  var comparison = Comparison.none
  /// Whether it was deployed before the other commit that it was compared with; `nil` where nothing
  /// differs or the times do not tell.
  var isOlder: Bool?

  /// What is live, where that is known.
  var version: LiveVersion? { live.value ?? nil }
  /// The deploy that is worth a look before what is live.
  var news: Deploy? { inFlight ?? failed }
  /// The page of the run that the cell opens; `nil` for none.
  var page: String? { news?.run.url ?? version?.url }

  /// Puts together what was read and what the board knows; `nil` where neither knows anything.
  init?(
    read: LiveVersions.Cell?, failure: ReadFailure?, hasRead: Bool, deploys: [Deploy],
    in environment: Environment
  ) {
    let newest = deploys.max { ($0.run.startedAt, $0.id) < ($1.run.startedAt, $1.id) }
    guard let target = read?.target ?? newest.map(WorkflowTarget.init) else { return nil }
    self.target = target
    live = read?.live ?? (hasRead ? .unasked : .loading)
    self.failure = failure
    // The newest success that the board knows is the newest of all, whatever was read before it.
    if let seen = Self.newestSuccess(of: deploys), version.map(seen.isNewer) ?? true {
      live = .loaded(seen)
    }
    let since = version?.deployedAt ?? .distantPast
    inFlight = Self.newest(deploys) { !$0.state.isOver }
    failed = Self.newest(deploys) {
      $0.state.conclusion?.isFailure == true && $0.run.updatedAt > since
    }
    text = version.map { Self.text($0.ref, $0.commit, target, environment.tag) } ?? ""
    isTag = version.map { Self.isTag($0.ref, target, environment.tag) } ?? true
    newsText =
      news.map { Self.text($0.run.ref, $0.run.headSHA, target, environment.tag) } ?? ""
  }

  private static func newestSuccess(of deploys: [Deploy]) -> LiveVersion? {
    newest(deploys) { $0.state.conclusion == .success }.map { LiveVersion($0.run) }
  }

  private static func newest(_ deploys: [Deploy], where test: (Deploy) -> Bool) -> Deploy? {
    deploys.filter(test).max { ($0.run.startedAt, $0.id) < ($1.run.startedAt, $1.id) }
  }

  /// Whether a ref needs no commit beside it: a tag of the environment's form, or none at all.
  private static func isTag(
    _ ref: String?, _ target: WorkflowTarget, _ template: TagTemplate
  ) -> Bool {
    guard let ref, !ref.isEmpty else { return true }
    return template.isTag(ref, service: target.service, environment: target.environment)
  }

  /// The part of a tag that changes from deploy to deploy; else the ref, else the commit.
  private static func text(
    _ ref: String?, _ commit: String, _ target: WorkflowTarget, _ template: TagTemplate
  ) -> String {
    guard let ref, !ref.isEmpty else { return commit.shortCommit }
    guard isTag(ref, target, template) else { return ref }
    let rest = ref.dropFirst(
      template.beginning(service: target.service, environment: target.environment).count)
    return rest.isEmpty ? ref : String(rest)
  }
}

extension LiveVersion {
  /// What a run has deployed that succeeded.
  init(_ run: WorkflowRun) {
    self.init(
      run: run.key, attempt: run.attempt, number: run.number, ref: run.ref, commit: run.headSHA,
      actor: run.actor, deployedAt: run.updatedAt, url: run.url)
  }

  /// Whether it was deployed after another one.
  func isNewer(than other: LiveVersion) -> Bool { deployedAt > other.deployedAt }

  /// The tag or branch with its commit, for a person.
  var words: String {
    guard let ref, !ref.isEmpty else { return commit.shortCommit }
    return "\(ref) (\(commit.shortCommit))"
  }
}

extension String {
  /// The beginning of a commit's hash, as the board shows it.
  var shortCommit: String { String(prefix(7)) }
}
