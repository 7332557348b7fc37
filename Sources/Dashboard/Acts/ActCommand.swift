import Canvas

/// What only the dialogs for acting on runs know.
package enum ActCommand: Sendable, Hashable, CaseIterable {
  /// Call back what was confirmed, before it is sent.
  case undo
  /// Send what was confirmed without waiting any longer.
  case sendNow
  /// Have the runners write their debug logs, or not.
  case debug

  /// The command's row in the table.
  package var entry: CommandEntry {
    switch self {
    case .undo:
      .init(
        "undo", "Call back what was confirmed, before it is sent.", .forms, footer: 1,
        [([.undo], ["u"])])
    case .sendNow:
      .init(
        "send now", "Send what was confirmed without waiting any longer.", .forms, footer: 2,
        [([.undo], ["s"])])
    case .debug:
      .init(
        "debug logs", "Have the runners of a retry write their debug logs, or not.", .forms,
        footer: 2, [([.choice], ["D"])])
    }
  }

  /// Whether the command can be given now, and why not.
  package func availability(in model: Model) -> Command.Availability {
    switch self {
    case .undo: return .enabled
    case .sendNow:
      guard case .bulk(let dialog) = model.screens.last, let window = dialog.window else {
        return .hidden
      }
      // Neither a key that is held nor what was typed ahead takes the time away to notice.
      return window.hasBegun ? .enabled : .disabled("it was only just confirmed: a moment")
    case .debug: return model.asksForRetry ? .enabled : .hidden
    }
  }
}
