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
  /// What is live where; fills the screen.
  case versions(VersionsScreen)
  /// A workflow that is being dispatched.
  case dispatch(DispatchDialog)
  /// A branch or tag that is being chosen.
  case refs(RefPicker)
  /// A workflow that is being chosen.
  case workflows(WorkflowPicker)
  /// A tag that is being created.
  case tag(TagDialog)
  /// A run that is being retried, stopped or reviewed.
  case act(ActDialog)
  /// Several runs that are being acted on.
  case bulk(BulkDialog)

  /// The dialog that it is; `nil` for what asks nothing.
  var dialog: (any Dialog)? {
    switch self {
    case .help, .detail, .pager, .files, .versions: nil
    case .dispatch(let dialog): dialog
    case .refs(let dialog): dialog
    case .workflows(let dialog): dialog
    case .tag(let dialog): dialog
    case .act(let dialog): dialog
    case .bulk(let dialog): dialog
    }
  }

  /// Whether it fills the screen.
  var isFull: Bool {
    switch self {
    case .detail, .pager, .files, .versions: true
    case .help, .dispatch, .refs, .workflows, .tag, .act, .bulk: false
    }
  }

  /// What the keys act on while it is the last one.
  var focus: Focus {
    switch self {
    case .help: .help
    case .detail: .detail
    case .pager(let pager): pager.prompt == nil ? .pager : .prompt
    case .files(let files): files.prompt == nil ? .files : .prompt
    case .versions: .versions
    case .dispatch, .refs, .workflows, .tag, .act, .bulk: dialog?.focus ?? .busy
    }
  }
}
