import Deploys

/// The commits of a repository: one line of work, and branches that leave it.
///
/// A commit is a function of the seed, the repository and its place, so that the past and what is
/// still to come need no memory.
struct CommitHistory: Sendable {
  /// Where a commit stands.
  struct Place: Sendable, Hashable {
    /// Its number on the main line, or that of the commit where its branch leaves it.
    var index: Int
    /// The branch; `nil` for the main line.
    var branch: String?
    /// Its number on the branch, from 1; 0 on the main line.
    var depth = 0
  }

  /// A branch beside the main line.
  struct Branch: Sendable, Hashable {
    var name: String
    /// How many commits before the world's start it leaves the main line.
    var behind: Int
    /// How many commits of its own it has.
    var count: Int
  }

  /// What lies between two commits.
  struct Comparison: Sendable, Hashable {
    /// The newest commit that both have.
    var mergeBase: Place
    /// What only the later one has, the oldest first.
    var ahead: [Place]
    /// How many commits only the earlier one has.
    var behindCount: Int
  }

  let seed: UInt64
  let repository: String
  let branches: [Branch]

  /// How far commits of the main line are apart, about.
  private static let step = Duration.seconds(3600)
  /// When the first commit was made, about.
  private static let begin = Instant.start + .seconds(-45 * 86_400)

  /// The number of the newest commit of the main line.
  func newest(at now: Instant) -> Int {
    let index = max(0, Int((now - Self.begin) / Self.step))
    return index > 0 && date(ofIndex: index) > now ? index - 1 : index
  }

  /// The newest commit of the main line.
  func head(at now: Instant) -> SimulatedCommit { commit(Place(index: newest(at: now))) }

  /// The newest commit of a branch beside the main line.
  func tip(of branch: Branch) -> SimulatedCommit {
    commit(Place(index: fork(of: branch), branch: branch.name, depth: branch.count))
  }

  func commit(_ place: Place) -> SimulatedCommit {
    var chance = stream(of: place)
    let sha = chance.hex(40)
    let subject = Self.subject(place.index * 3 + place.depth)
    let author = chance.pick(SimulatedPerson.team) ?? .viewer
    return SimulatedCommit(
      sha: sha, subject: subject, author: subject.hasPrefix("Bump ") ? .bot : author,
      date: date(of: place))
  }

  /// The commit before one; `nil` before the first.
  func parent(of place: Place) -> Place? {
    if place.depth > 1 {
      return Place(index: place.index, branch: place.branch, depth: place.depth - 1)
    }
    if place.depth == 1 { return Place(index: place.index) }
    return place.index > 0 ? Place(index: place.index - 1) : nil
  }

  /// Where a commit stands, by its hash or the first seven digits of it or more.
  func place(of sha: String, at now: Instant) -> Place? {
    guard (7...40).contains(sha.utf8.count) else { return nil }
    for index in stride(from: newest(at: now), through: 0, by: -1) {
      let place = Place(index: index)
      if isMeant(place, by: sha) { return place }
    }
    for branch in branches {
      for depth in 1...max(1, branch.count) {
        let place = Place(index: fork(of: branch), branch: branch.name, depth: depth)
        if isMeant(place, by: sha) { return place }
      }
    }
    return nil
  }

  func compare(_ base: Place, with head: Place) -> Comparison {
    if let branch = base.branch, branch == head.branch {
      let shared = min(base.depth, head.depth)
      return Comparison(
        mergeBase: Place(index: base.index, branch: branch, depth: shared),
        ahead: places(on: head, from: shared + 1), behindCount: base.depth - shared)
    }
    let shared = min(base.index, head.index)
    let main = head.index > shared ? (shared + 1...head.index).map { Place(index: $0) } : []
    return Comparison(
      mergeBase: Place(index: shared), ahead: main + places(on: head, from: 1),
      behindCount: base.index - shared + base.depth)
  }

  /// The places on a commit's branch up to it.
  private func places(on head: Place, from depth: Int) -> [Place] {
    guard head.depth >= depth else { return [] }
    return (depth...head.depth).map {
      Place(index: head.index, branch: head.branch, depth: $0)
    }
  }

  private func fork(of branch: Branch) -> Int { max(0, newest(at: .start) - branch.behind) }

  private func isMeant(_ place: Place, by sha: String) -> Bool {
    var chance = stream(of: place)
    let first = chance.hex(16)
    guard first.hasPrefix(sha.prefix(16)) else { return false }
    return sha.utf8.count <= 16 || commit(place).sha.hasPrefix(sha)
  }

  private func stream(of place: Place) -> Randomness {
    Randomness(
      seed: seed, "commit", repository, place.branch ?? "", String(place.index),
      String(place.depth))
  }

  private func date(of place: Place) -> Instant {
    let date = date(ofIndex: place.index)
    guard let branch = branches.first(where: { $0.name == place.branch }) else { return date }
    return date + (.start - date) * place.depth / (branch.count + 1)
  }

  private func date(ofIndex index: Int) -> Instant {
    var chance = Randomness(seed: seed, "commit date", repository, String(index))
    return Self.begin + Self.step * index + chance.seconds(0...2900)
  }
}
