/// Everything that a key can ask for.
///
/// Its row in ``entry`` is the one place that names its keys and says what it does: keys, footer,
/// help and `docs/keys.md` are all read from there.
package enum Command: String, Sendable, Hashable, CaseIterable {
  case up, down, pageUp, pageDown, top, bottom
  case nextSection, previousSection, goToSection, nextNeedingPerson
  case openOrClose, expand, collapse, filter, nextMatch, previousMatch, toggleActive
  case dispatch, retry, open, copy, refresh
  case goOn, previousField, toggle, send, decline
  case keepFilter
  case cursorLeft, cursorRight, cursorHome, cursorEnd
  case deleteBackward, deleteForward, deleteToStart, deleteWord
  case help, back, quit, suspend, interrupt
}

extension Command {
  /// Where a command stands in the help.
  package enum Group: String, Sendable, Hashable, CaseIterable {
    case acting = "Acting"
    case looking = "Looking"
    case moving = "Moving"
    case forms = "Forms and questions"
    case editing = "Editing a line"
    case program = "The program"
  }

  /// Whether a command can be given now.
  package enum Availability: Sendable, Hashable {
    /// It can.
    case enabled
    /// It cannot, and why.
    case disabled(String)
    /// It has no sense here, and is not spoken of.
    case hidden
  }
}
