import Deploys

/// Something that lies over the screen, asks, and may act on the world in the end.
///
/// Shared code drives every dialog by these few steps, and knows no dialog by its name.
protocol Dialog: Sendable, Equatable {
  /// The screen that it is.
  var screen: Screen { get }
  /// What the keys act on.
  var focus: Focus { get }
  /// The question that is open; setting it while none is has no effect.
  var confirmation: Confirmation? { get set }
  /// What it has sent and waits for.
  var sending: Mutation? { get }

  /// Changes the line of text that has the keys; the confirmation's is changed elsewhere.
  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect]
  /// Takes the answer that stands there, and goes on.
  mutating func goOn(in model: Model) -> [Effect]
  /// Goes back to the field before.
  mutating func goToPreviousField()
  /// Whether there is a field before this one; `nil` where there are no fields.
  var hasPreviousField: Bool? { get }
  /// Moves a choice by so many places.
  mutating func choose(by count: Int, in model: Model) -> [Effect]
  /// Takes the next value of a choice.
  mutating func toggle(in model: Model)
  /// Why the value cannot be changed; `nil` where it can.
  var whyNoToggle: String? { get }
  /// Why what was confirmed may not be sent any more; `nil` where it may.
  func whyNotSent(in model: Model) -> String?
  /// Sends what was confirmed, once.
  mutating func send(in model: Model) -> [Effect]
  /// Goes back by one step.
  /// - Returns: `false` where there is none, so that the dialog closes.
  mutating func goBack() -> Bool
  /// Takes in what a mutation would send.
  mutating func take(_ preview: [PlannedRequest], of mutation: Mutation)
  /// Takes in that what was sent did not go as wished.
  mutating func end(_ ending: Ending)
  /// The `cdtop` command that would send the same; `nil` while no question is open.
  var commandLine: String? { get }
  /// What it asks of the outside after it has taken in an end.
  mutating func followUp(in model: Model) -> [Effect]
  /// What is shown again when it is left and nothing was sent; `nil` for what lies below it.
  var behind: Screen? { get }
  /// Draws it.
  func sheet(in model: Model) -> Sheet
}

extension Dialog {
  /// A dialog that only chooses asks nothing and sends nothing.
  var confirmation: Confirmation? {
    get { nil }
    set { _ = newValue }
  }
  var sending: Mutation? { nil }
  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] { [] }
  mutating func goToPreviousField() {}
  var hasPreviousField: Bool? { nil }
  mutating func choose(by count: Int, in model: Model) -> [Effect] { [] }
  mutating func toggle(in model: Model) {}
  var whyNoToggle: String? { nil }
  func whyNotSent(in model: Model) -> String? { nil }
  mutating func take(_ preview: [PlannedRequest], of mutation: Mutation) {}
  mutating func followUp(in model: Model) -> [Effect] { [] }
  var commandLine: String? { nil }
  var behind: Screen? { nil }
}
