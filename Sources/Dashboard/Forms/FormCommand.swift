import Canvas

/// What only the forms know.
package enum FormCommand: Sendable, Hashable, CaseIterable {
  /// Choose the branch or tag from a list.
  case chooseRef
  /// Put the field's default there.
  case resetField
  /// Copy the `cdtop` command that would send the same.
  case copyCommand
  /// Read the list to choose from anew.
  case reloadList

  /// The command's row in the table.
  package var entry: CommandEntry {
    switch self {
    case .chooseRef:
      .init(
        "refs", "Choose the branch or tag from a list.", .forms, footer: 2,
        [([.text, .choice, .message], ["ctrl-t"])])
    case .resetField:
      .init(
        "default", "Put the field's default there.", .forms, footer: 4,
        [([.text, .choice], ["ctrl-x"])])
    case .copyCommand:
      .init(
        "copy command", "Copy the `cdtop` command that would send the same.", .forms, footer: 4,
        [([.confirm], ["c"]), ([.name], ["ctrl-l"])])
    case .reloadList:
      .init(
        "read anew", "Read the list to choose from anew.", .forms, footer: 4,
        [([.picker], ["f5"])])
    }
  }

  /// Whether the command can be given now, and why not.
  package func availability(in model: Model) -> Command.Availability {
    let screen = model.screens.last
    switch self {
    case .chooseRef:
      guard case .dispatch(let dialog) = screen, dialog.takesRef else { return .hidden }
      return .enabled
    case .resetField:
      guard case .dispatch(let dialog) = screen, let field = dialog.field else { return .hidden }
      return field.isDefault ? .disabled("that is the default already") : .enabled
    case .copyCommand:
      return screen?.dialog?.commandLine == nil ? .hidden : .enabled
    case .reloadList:
      switch screen {
      case .workflows, .refs: return .enabled
      case .help, .detail, .pager, .files, .versions, .dispatch, .tag, .act, .bulk, nil:
        return .hidden
      }
    }
  }
}
