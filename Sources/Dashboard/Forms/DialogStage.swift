import Deploys

/// How far a dialog has come that ends with one mutation.
enum DialogStage<Step: Sendable & Equatable>: Sendable, Equatable {
  /// A step of its own, before the question.
  case preparing(Step)
  /// The question.
  case confirming(Confirmation)
  case sending(Mutation)
  /// There is nothing to do, or something went wrong; read it.
  case ended(Ending)
}

/// A dialog that asks once and sends one mutation.
protocol StagedDialog: Dialog {
  /// Its own steps before the question.
  associatedtype Step: Sendable & Equatable
  /// How far it has come.
  var stage: DialogStage<Step> { get set }
  /// What would be sent; `nil` while it is not known.
  var mutation: Mutation? { get }
  /// What the keys act on in a step of its own.
  func focus(in step: Step) -> Focus
}

extension StagedDialog {
  var focus: Focus {
    switch stage {
    case .preparing(let step): focus(in: step)
    case .confirming(let confirmation): confirmation.isProtected ? .name : .confirm
    case .sending: .busy
    case .ended: .message
    }
  }

  var confirmation: Confirmation? {
    get { if case .confirming(let confirmation) = stage { confirmation } else { nil } }
    set {
      guard let newValue, case .confirming = stage else { return }
      stage = .confirming(newValue)
    }
  }

  var sending: Mutation? {
    if case .sending(let mutation) = stage { mutation } else { nil }
  }

  var commandLine: String? {
    if case .confirming = stage { mutation?.commandLine } else { nil }
  }

  mutating func send(in model: Model) -> [Effect] {
    guard case .confirming = stage, let mutation else { return [] }
    stage = .sending(mutation)
    return [.mutate(mutation)]
  }
}
