/// Something that lies over the board; the last one has the keys.
enum Screen: Sendable, Equatable {
  /// The list of keys.
  case help
  case dispatch(DispatchDialog)
  case retry(RetryDialog)

  /// What the keys act on while it is the last one.
  var focus: Focus {
    switch self {
    case .help: .help
    case .dispatch(let dialog):
      switch dialog.stage {
      case .loading, .sending: .busy
      case .ended: .message
      case .filling: dialog.field?.isChoice == true ? .choice : .text
      case .confirming(let confirmation): confirmation.isProtected ? .name : .confirm
      }
    case .retry(let dialog):
      switch dialog.stage {
      case .choosing: .choice
      case .sending: .busy
      case .ended: .message
      case .confirming(let confirmation): confirmation.isProtected ? .name : .confirm
      }
    }
  }
}
