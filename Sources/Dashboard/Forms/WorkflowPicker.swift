import Deploys

/// Choosing a workflow to dispatch.
struct WorkflowPicker: Sendable, Equatable {
  private(set) var field = TextField()
  /// What is known; `nil` until it is.
  private(set) var listing: WorkflowListing?
  private(set) var isReading = true
  /// What has what was typed: what has it in service and environment first, then the nearest; else
  /// by environment in configured order.
  private(set) var hits: [WorkflowListing.Item] = []
  private(set) var selectedID: WorkflowTarget.ID?

  /// What the keys act on; `nil` where nothing is listed.
  var selected: WorkflowListing.Item? { hits.first { $0.id == selectedID } }

  /// Reads everything anew, and keeps what is there until then.
  mutating func reload() -> [Effect] {
    guard !isReading else { return [] }
    isReading = true
    return [.loadWorkflows]
  }

  /// Takes in the list.
  mutating func take(_ listing: WorkflowListing) {
    self.listing = listing
    isReading = false
    narrow()
  }

  /// Why a workflow cannot be dispatched; `nil` where it can.
  func obstacle(to item: WorkflowListing.Item, in model: Model) -> String? {
    if let reason = model.snapshot.environment(item.target.environment)?.readOnlyReason {
      return "read-only: \(reason)"
    }
    return item.isActive ? nil : item.state.replacing("_", with: " ")
  }

  /// What is odd about a workflow that can be chosen all the same; `nil` for nothing.
  static func caution(of item: WorkflowListing.Item) -> String? {
    item.hasDispatch == false
      ? "no workflow_dispatch on the default branch; enter looks at the ref of its newest run"
      : nil
  }

  private mutating func narrow(isNewText: Bool = false) {
    let pattern = FuzzyPattern(field.text)
    let all = listing?.items ?? []
    let place = hits.firstIndex { $0.id == selectedID } ?? 0
    var ranks: [WorkflowTarget.ID: FuzzyPattern.Rank] = [:]
    if pattern.isEmpty {
      hits = all
    } else {
      let found = all.enumerated().compactMap { place, item in
        pattern.rank(of: item.target).map { (rank: $0, place: place, item: item) }
      }
      hits = found.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.item)
      ranks = Dictionary(found.map { ($0.item.id, $0.rank) }, uniquingKeysWith: { $1 })
    }
    // The best is what Enter takes, unless the cursor is on something as good.
    let isOutdone =
      isNewText
      && selected.flatMap { ranks[$0.id] } != hits.first.flatMap { ranks[$0.id] }
    guard selected == nil || isOutdone else { return }
    let index = isNewText ? 0 : min(place, max(0, hits.count - 1))
    selectedID = hits.indices.contains(index) ? hits[index].id : nil
  }
}

extension WorkflowPicker: Dialog {
  var screen: Screen { .workflows(self) }
  var focus: Focus { .picker }

  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] {
    let before = field.text
    change(&field)
    if field.text != before { narrow(isNewText: true) }
    return []
  }

  mutating func choose(by count: Int, in model: Model) -> [Effect] {
    guard let place = hits.firstIndex(where: { $0.id == selectedID }) else { return [] }
    selectedID = hits[min(max(0, place + count), hits.count - 1)].id
    return []
  }

  mutating func goOn(in model: Model) -> [Effect] { [] }
  mutating func send(in model: Model) -> [Effect] { [] }
  mutating func goBack() -> Bool { false }
  mutating func end(_ ending: Ending) {}
  func sheet(in model: Model) -> Sheet { WorkflowPickerView(model: model, picker: self).sheet }
}

extension FuzzyPattern {
  /// How well a workflow has what was typed; less is better.
  fileprivate struct Rank: Comparable {
    /// How many words stand in neither its service nor its environment.
    var strayCount = 0
    /// How far the words are from where they were found.
    var distance = 0

    static func < (left: Rank, right: Rank) -> Bool {
      (left.strayCount, left.distance) < (right.strayCount, right.distance)
    }
  }

  /// How well a workflow has every word; `nil` where it lacks one.
  fileprivate func rank(of target: WorkflowTarget) -> Rank? {
    let near = [target.service, target.environment].map(Self.folded)
    let far = [target.workflowName, target.repository.description, target.path].map(Self.folded)
    var rank = Rank()
    for word in distances(in: [near, far]) {
      guard let found = word.first(where: { $0 != nil }) ?? nil else { return nil }
      rank.distance += found
      if word[0] == nil { rank.strayCount += 1 }
    }
    return rank
  }
}
