import Deploys

/// A repository of the simulated world.
struct SimulatedRepository: Sendable {
  /// A branch or a tag.
  struct Ref: Sendable, Hashable {
    var name: String
    var commit: SimulatedCommit
    /// When it came to be; a ref of the future does not exist yet.
    var createdAt: Instant
    /// The hash of the tag's own object, where the tag is annotated.
    var object: String?

    /// The hash of the commit.
    var sha: String { commit.sha }
  }

  /// Somebody who may answer for an environment.
  enum Reviewer: Sendable, Hashable {
    case person(SimulatedPerson)
    /// A team, by its slug.
    case team(String)
  }

  /// A GitHub environment, which may ask for a review.
  struct DeploymentEnvironment: Sendable, Hashable {
    var id: Int64
    var name: String
    /// Who may answer; empty where nobody has to.
    var reviewers: [Reviewer] = []
    /// How many minutes every deploy waits.
    var waitTimer = 0

    /// Whether a review holds deploys back.
    var isProtected: Bool { !reviewers.isEmpty }
    /// Whether the user of the client's token may answer.
    var viewerMayReview: Bool { reviewers.contains(.person(.viewer)) }
  }

  var id: Int64
  var name: RepositoryName
  var description: String
  var workflows: [SimulatedWorkflow]
  var environments: [DeploymentEnvironment]
  var history: CommitHistory
  /// Branches that a client has made.
  var newBranches: [Ref] = []
  /// Names that listings still have, though nothing is behind them.
  var vanishedRefs: Set<String> = []
  /// For how many days it keeps logs and artifacts.
  var retentionDays = 30.0
  /// Tags in the order of their creation.
  var tags: [Ref] = []
  /// Ids of its runs in the order of their creation.
  var runIDs: [Int64] = []

  /// The name of the main line.
  static let mainBranch = "main"

  /// The names of the branches that have always been there, the main line first.
  var branchNames: [String] { [Self.mainBranch] + history.branches.map(\.name) }

  /// All branches, the main line first.
  func branches(at now: Instant) -> [Ref] {
    let old = branchNames.compactMap { listedBranch(named: $0, at: now) }
    return old + newBranches.filter { $0.createdAt <= now }
  }

  /// The ref of a name, in any of its three spellings.
  func ref(named name: String, at now: Instant) -> Ref? {
    if name.hasPrefix("refs/heads/") { return branch(named: String(name.dropFirst(11)), at: now) }
    if name.hasPrefix("refs/tags/") { return tag(named: String(name.dropFirst(10)), at: now) }
    return branch(named: name, at: now) ?? tag(named: name, at: now)
  }

  func branch(named name: String, at now: Instant) -> Ref? {
    vanishedRefs.contains(name) ? nil : listedBranch(named: name, at: now)
  }

  private func listedBranch(named name: String, at now: Instant) -> Ref? {
    if name == Self.mainBranch {
      return Ref(name: name, commit: history.head(at: now), createdAt: now)
    }
    if let branch = history.branches.first(where: { $0.name == name }) {
      return Ref(name: name, commit: history.tip(of: branch), createdAt: .start)
    }
    return newBranches.first { $0.name == name && $0.createdAt <= now }
  }

  func tag(named name: String, at now: Instant) -> Ref? {
    vanishedRefs.contains(name) ? nil : tags.last { $0.name == name && $0.createdAt <= now }
  }

  /// The commit that a branch, a tag or a hash names.
  func commit(named name: String, at now: Instant) -> SimulatedCommit? {
    if name == "HEAD" { return history.head(at: now) }
    if let ref = ref(named: name, at: now) { return ref.commit }
    return history.place(of: name, at: now).map(history.commit)
  }
}
