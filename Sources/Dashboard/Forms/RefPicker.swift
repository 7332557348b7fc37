import Deploys
import Foundation

/// Choosing a branch or a tag of a repository.
struct RefPicker: Sendable, Equatable {
  /// What the ref is for.
  enum Purpose: Sendable, Equatable {
    /// The dispatch form below.
    case dispatch
    /// The tag's dialog below.
    case tag
  }

  /// With fewer hits than this, more pages are read by themselves.
  private static let fewHits = 10
  /// So many pages of a kind are read by themselves; more, where the cursor asks for them.
  private static let ownPages = 10
  /// So many pages are read by themselves until a tag of the service and environment is found.
  private static let pagesForOwnTag = 5
  /// How near its end the cursor may come before more of the list is read.
  private static let margin = 8

  let repository: RepositoryName
  let purpose: Purpose
  let service: String
  let environment: String
  private let preferred: TagTemplate?
  /// When the newest run that is known was started, by the ref's name.
  private let recent: [String: Date]
  private(set) var field = TextField()
  private(set) var pages: [GitRef.Kind: RefPages] = [.branch: RefPages(), .tag: RefPages()]
  private var entries: [RefEntry] = []
  private var known: Set<GitRef.ID> = []
  /// What has what was typed, in the order of the list.
  private(set) var hits: [RefEntry] = []
  /// The place among the hits that the keys act on.
  private(set) var cursor = 0
  /// Whether the operator has put the cursor where it is.
  private var isPinned = false

  init(
    _ repository: RepositoryName, for purpose: Purpose, preferred: TagTemplate?, service: String,
    environment: String, recent: [String: Date]
  ) {
    self.repository = repository
    self.purpose = purpose
    self.preferred = preferred
    self.service = service
    self.environment = environment
    self.recent = recent
  }

  /// What the keys act on; `nil` where nothing is listed.
  var selected: GitRef? { hits.indices.contains(cursor) ? hits[cursor].ref : nil }
  /// How many refs have been read.
  var count: Int { entries.count }
  /// Whether a page is being read.
  var isReading: Bool { pages.values.contains { $0.asked != nil } }
  /// Whether there is more than what has been read.
  var hasMore: Bool { pages.values.contains(where: \.hasMore) }

  /// What GitHub is told of a ref: its name, or the whole where a branch and a tag share it.
  func name(of ref: GitRef) -> String {
    let other = GitRef(kind: ref.kind == .branch ? .tag : .branch, name: ref.name, commit: "")
    guard known.contains(other.id) else { return ref.name }
    return (ref.kind == .branch ? "refs/heads/" : "refs/tags/") + ref.name
  }

  /// Asks for the next page of every kind.
  mutating func askForMore() -> [Effect] { GitRef.Kind.allCases.flatMap { ask(for: $0) } }

  /// Reads everything anew, and keeps what was typed.
  mutating func reload() -> [Effect] {
    pages = [.branch: RefPages(), .tag: RefPages()]
    entries = []
    known = []
    isPinned = false
    narrow()
    return askForMore()
  }

  /// Takes in a page.
  mutating func take(_ kind: GitRef.Kind, page: Int, _ answer: RefPage.Answer) -> [Effect] {
    guard let refs = pages[kind]?.take(page, answer) else { return [] }
    let before = selected?.id
    for ref in refs where known.insert(ref.id).inserted {
      let isOwnTag =
        kind == .tag
        && preferred?.isTag(ref.name, service: service, environment: environment) == true
      entries.append(RefEntry(ref, isOwnTag: isOwnTag, runAt: recent[ref.name]))
    }
    entries.sort(by: RefEntry.comesFirst)
    narrow(keeping: isPinned ? before : nil)
    return askWhereNeeded()
  }

  private mutating func ask(for kind: GitRef.Kind) -> [Effect] {
    guard let page = pages[kind]?.ask() else { return [] }
    return [.loadRefs(repository, kind, page: page)]
  }

  /// Asks for what is likely to be wanted, without being told to.
  private mutating func askWhereNeeded() -> [Effect] {
    let isLookingFor = !field.isEmpty && hits.count < Self.fewHits
    let lacksOwnTag = preferred != nil && !entries.contains { $0.place == .ownTag }
    return GitRef.Kind.allCases.flatMap { kind -> [Effect] in
      guard let pages = pages[kind], pages.failure == nil else { return [] }
      let isWanted =
        isLookingFor && pages.count < Self.ownPages
        || lacksOwnTag && kind == .tag && pages.count < Self.pagesForOwnTag
      return isWanted ? ask(for: kind) : []
    }
  }

  private mutating func narrow(keeping id: GitRef.ID? = nil) {
    let pattern = FuzzyPattern(field.text)
    if pattern.isEmpty {
      hits = entries
    } else {
      let found = entries.enumerated().compactMap { place, entry in
        pattern.distance(from: entry.folded).map { (distance: $0, place: place) }
      }
      hits = found.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }
        .map { entries[$0.place] }
    }
    let kept = id.flatMap { id in hits.firstIndex { $0.ref.id == id } }
    cursor = kept ?? (id == nil ? 0 : min(cursor, max(0, hits.count - 1)))
  }
}

extension RefPicker: Dialog {
  var screen: Screen { .refs(self) }
  var focus: Focus { .picker }

  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] {
    let before = field.text
    change(&field)
    guard field.text != before else { return [] }
    isPinned = false
    narrow()
    return askWhereNeeded()
  }

  mutating func choose(by count: Int, in model: Model) -> [Effect] {
    cursor = min(max(0, cursor + count), max(0, hits.count - 1))
    isPinned = true
    return count > 0 && cursor >= hits.count - Self.margin ? askForMore() : []
  }

  mutating func goOn(in model: Model) -> [Effect] { [] }
  mutating func send(in model: Model) -> [Effect] { [] }
  mutating func goBack() -> Bool { false }
  mutating func end(_ ending: Ending) {}
  func sheet(in model: Model) -> Sheet { RefPickerView(model: model, picker: self).sheet }
}
