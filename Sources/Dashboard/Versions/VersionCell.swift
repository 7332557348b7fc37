import Deploys
import Foundation

/// What is live of one service in one environment, and what goes on there.
struct VersionCell: Sendable, Equatable {
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
  /// The deploy that put there what is live.
  var source: Deploy?
  /// Why what is live may be something else.
  var doubts: [String]
  /// What was sent from here and is not on the board yet.
  var awaited: AwaitedDeploy?
  /// What is live in a word as short as it can be.
  var text = ""
  /// Whether ``text`` is from a tag of the environment's own form, which tells the commit.
  var isTag = true
  /// What is deployed by ``news``, in a word as short as it can be.
  var newsText = ""
  /// How the commit compares with the one in the environment to the left.
  var comparison = LiveVersionComparison.none

  /// What is live, where that is known.
  var version: LiveVersion? { live.value ?? nil }
  /// The deploy that is worth a look before what is live.
  var news: Deploy? { inFlight ?? failed }
  /// Whether there is something to show beside what is live.
  var hasNews: Bool { awaited != nil || news != nil }
  /// The deploy that the keys of a run act on: what is in flight, else what has failed, else what
  /// is live.
  var acted: Deploy? { news ?? source }

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
    doubts = read?.doubts ?? []
    // The newest success that the board knows is the newest of all, whatever was read before it.
    if let seen = Self.newestSuccess(of: deploys), version.map(seen.isNewer) ?? true {
      live = .loaded(seen)
    }
    if var version, let newest = deploys.first(where: { $0.id == version.run }),
      newest.run.attempt > version.attempt
    {
      // What it had deployed stays live until another deploy succeeds.
      version.retry = LiveVersion.Retry(
        attempt: newest.run.attempt, conclusion: newest.run.conclusion)
      live = .loaded(version)
    }
    let since = version?.deployedAt ?? .distantPast
    inFlight = Self.newest(deploys) { !$0.state.isOver }
    failed = Self.newest(deploys) {
      $0.state.conclusion?.isFailure == true && $0.run.updatedAt > since
    }
    let known = Set(deploys.map(\.id))
    // What goes on, the board knows first and drops last; what has failed may be too old for it.
    if let old = read?.failed, failed == nil, !known.contains(old.key), old.updatedAt > since {
      failed = Deploy(old, of: target)
    }
    source = version.map { version in
      deploys.first { $0.id == version.run } ?? Deploy(version, of: target)
    }
    text = version.map { Self.text($0.ref, target, environment.tag) } ?? ""
    isTag = version.map { Self.isTag($0.ref, target, environment.tag) } ?? true
    newsText =
      news.map { Self.text($0.run.ref, target, environment.tag) } ?? ""
  }

  private static func newestSuccess(of deploys: [Deploy]) -> LiveVersion? {
    deploys.filter { $0.state.conclusion == .success }
      .max { ($0.run.updatedAt, $0.id) < ($1.run.updatedAt, $1.id) }
      .map { LiveVersion($0.run) }
  }

  private static func newest(_ deploys: [Deploy], where test: (Deploy) -> Bool) -> Deploy? {
    deploys.filter(test).max { ($0.run.startedAt, $0.id) < ($1.run.startedAt, $1.id) }
  }

  /// Whether a ref needs no commit beside it: a tag of the environment's form.
  private static func isTag(
    _ ref: String?, _ target: WorkflowTarget, _ template: TagTemplate
  ) -> Bool {
    guard let ref, !ref.isEmpty else { return false }
    return template.isTag(ref, service: target.service, environment: target.environment)
  }

  /// The part of a tag that changes from deploy to deploy; else the ref, else that there is none.
  private static func text(
    _ ref: String?, _ target: WorkflowTarget, _ template: TagTemplate
  ) -> String {
    guard let ref, !ref.isEmpty else { return "no tag" }
    guard isTag(ref, target, template) else { return ref }
    let rest = ref.dropFirst(
      template.beginning(service: target.service, environment: target.environment).count)
    return rest.isEmpty ? ref : String(rest)
  }
}

extension Deploy {
  /// A deploy that is over and too old for the board, with as much as is known of it.
  init(_ run: WorkflowRun, of target: WorkflowTarget) {
    self.init(
      run: run, environment: target.environment, service: target.service,
      state: DeployState(run: run, jobs: []))
  }

  /// The deploy of what is live, which is too old for the board; its own screen reads the rest.
  init(_ version: LiveVersion, of target: WorkflowTarget) {
    self.init(
      WorkflowRun(
        key: version.run, attempt: version.attempt, number: version.number,
        workflowID: target.workflowID, workflowName: target.workflowName, path: target.path,
        title: target.workflowName, event: "", ref: version.ref, headSHA: version.commit,
        status: .completed, conclusion: .success, actor: version.actor,
        createdAt: version.createdAt, startedAt: version.deployedAt,
        updatedAt: version.deployedAt, url: version.url),
      of: target)
  }
}

extension LiveVersion {
  /// Whether it was deployed after another one.
  func isNewer(than other: LiveVersion) -> Bool { deployedAt > other.deployedAt }

  /// The tag or branch with its commit, for a person.
  var words: String {
    guard let ref, !ref.isEmpty else { return "\(commit.shortCommit), without a tag or branch" }
    return "\(ref) (\(commit.shortCommit))"
  }
}

extension String {
  /// The beginning of a commit's hash, as the board shows it.
  var shortCommit: String { String(prefix(7)) }
}
