/// Why a full-screen program cannot run here.
package enum TerminalError: Error, Sendable, Hashable {
  /// Standard output is a pipe or a file, or there is no terminal to read keys from.
  case notATerminal
  /// `TERM` is not set.
  case terminalNotNamed
  /// The system has no description of the terminal that `TERM` names.
  case unknownTerminal(String)
  /// The terminal that `TERM` names cannot place its cursor.
  case incapableTerminal(String)
  /// The system refused, with its reason.
  case system(String)
}

extension TerminalError {
  /// What failed.
  package var message: String {
    switch self {
    case .notATerminal:
      "The board needs a terminal, and standard output or input is none."
    case .terminalNotNamed:
      "TERM is not set, so nothing is known about this terminal."
    case .unknownTerminal(let name):
      "TERM is “\(name)”, and this system has no description of such a terminal."
    case .incapableTerminal(let name):
      "TERM is “\(name)”, a terminal that cannot place its cursor."
    case .system(let reason):
      "The terminal could not be taken over: \(reason)."
    }
  }

  /// What the operator can do about it.
  package var remedy: String {
    switch self {
    case .notATerminal:
      "Run it in a terminal, or use a command that prints, such as “cdtop runs”."
    case .terminalNotNamed, .unknownTerminal:
      "Try TERM=xterm-256color, or install the description (Debian: ncurses-term)."
    case .incapableTerminal:
      "Use another terminal, or a command that prints, such as “cdtop runs”."
    case .system:
      "Check that this process may read and write its terminal."
    }
  }
}
