/// What the keys act on now.
package enum Focus: String, Sendable, Hashable, CaseIterable {
  /// The board.
  case board
  /// The filter that is being typed.
  case filter
  /// The list of keys.
  case help
  /// A run's own screen.
  case detail
  /// The pager.
  case pager
  /// The list of files.
  case files
  /// What is live where.
  case versions
  /// A list to choose from, narrowed by what is typed.
  case picker
  /// The seconds in which what was confirmed can still be called back.
  case undo
  /// A line that the screen asks for, such as what to look for.
  case prompt
  /// A text field of a form.
  case text
  /// A choice between given values.
  case choice
  /// The question whether to go through with it.
  case confirm
  /// The same question, answered by typing an environment's name.
  case name
  /// Something is under way.
  case busy
  /// Something that has ended, and has to be read.
  case message
  /// A terminal too small to show anything.
  case small

  /// What it is called in help and in the documentation.
  var title: String {
    switch self {
    case .board: "On the board"
    case .filter: "While typing a filter"
    case .help: "In the help"
    case .detail: "On a run's screen"
    case .pager: "In the pager"
    case .files: "In a list of files"
    case .versions: "In the versions"
    case .picker: "In a list to choose from"
    case .undo: "Before several changes are sent"
    case .prompt: "While typing a line for the pager or the files"
    case .text: "In a text field"
    case .choice: "In a choice"
    case .confirm: "When asked to confirm"
    case .name: "When asked for the environment's name"
    case .busy: "While something is under way"
    case .message: "When something has ended"
    case .small: "When the terminal is too small"
    }
  }

  /// Whether a printable key writes itself.
  var takesText: Bool {
    switch self {
    case .filter, .text, .name, .prompt, .picker: true
    case .board, .help, .detail, .pager, .files, .versions, .choice, .confirm, .undo, .busy,
      .message, .small:
      false
    }
  }
}
