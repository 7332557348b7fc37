import Deploys

/// Choosing a workflow to dispatch.
struct WorkflowPicker: Sendable, Equatable {
  private(set) var field = TextField()
  /// What is known; `nil` until it is.
  private(set) var listing: WorkflowListing?
  private(set) var isReading = true
  /// What has what was typed, by environment in configured order.
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

  private mutating func narrow(isNewText: Bool = false) {
    let pattern = FuzzyPattern(field.text)
    let all = listing?.items ?? []
    let place = hits.firstIndex { $0.id == selectedID } ?? 0
    hits = pattern.isEmpty ? all : all.filter { pattern.fits($0.target) }
    guard selected == nil else { return }
    let index = isNewText ? 0 : min(place, max(0, hits.count - 1))
    selectedID = hits.indices.contains(index) ? hits[index].id : nil
  }
}

extension WorkflowPicker: Dialog {
  var screen: Screen { .workflows(self) }
  var focus: Focus { .picker }

  var confirmation: Confirmation? {
    get { nil }
    // It never asks.
    set { _ = newValue }
  }

  var sending: Mutation? { nil }

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
  /// Whether a workflow has what was typed.
  fileprivate func fits(_ target: WorkflowTarget) -> Bool {
    fits(
      anyOf: [
        target.service, target.environment, target.workflowName, target.repository.description,
        target.path,
      ].map(Self.folded))
  }
}
