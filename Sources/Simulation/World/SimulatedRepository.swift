import Deploys

/// A repository of the simulated world.
struct SimulatedRepository: Sendable {
  /// A branch or a tag.
  struct Ref: Sendable, Hashable {
    var name: String
    var sha: String
    /// When it came to be; a ref of the future does not exist yet.
    var createdAt: Instant
  }

  /// A GitHub environment, which may ask for a review.
  struct DeploymentEnvironment: Sendable, Hashable {
    var id: Int64
    var name: String
    var isProtected: Bool
  }

  var id: Int64
  var name: RepositoryName
  var description: String
  var workflows: [SimulatedWorkflow]
  var environments: [DeploymentEnvironment]
  var branches: [Ref]
  /// For how many days it keeps logs and artifacts.
  var retentionDays = 30.0
  /// Tags in the order of their creation.
  var tags: [Ref] = []
  /// Ids of its runs in the order of their creation.
  var runIDs: [Int64] = []

  /// Whether a ref of that name is there, in any of its three spellings.
  func ref(named name: String, at now: Instant) -> Ref? {
    if name.hasPrefix("refs/heads/") { return branch(named: String(name.dropFirst(11))) }
    if name.hasPrefix("refs/tags/") { return tag(named: String(name.dropFirst(10)), at: now) }
    return branch(named: name) ?? tag(named: name, at: now)
  }

  func branch(named name: String) -> Ref? { branches.first { $0.name == name } }

  func tag(named name: String, at now: Instant) -> Ref? {
    tags.last { $0.name == name && $0.createdAt <= now }
  }
}
