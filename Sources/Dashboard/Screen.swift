/// Something that lies over the board; the last one has the keys.
enum Screen: Sendable, Equatable {
  /// The list of keys.
  case help
  /// A run; fills the screen.
  case detail(RunDetail)
  /// A text; fills the screen.
  case pager(Pager)
  /// Files to look into; fills the screen.
  case files(FileBrowser)
  case dispatch(DispatchDialog)
  case retry(RetryDialog)

  /// What the keys act on while it is the last one.
  var focus: Focus {
    switch self {
    case .help: .help
    case .detail: .detail
    case .pager(let pager): pager.prompt == nil ? .pager : .prompt
    case .files(let files): files.prompt == nil ? .files : .prompt
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
