package import Canvas

/// How a terminal is to be used.
package struct TerminalOptions: Sendable, Hashable {
  /// The looks of the roles.
  package var theme: Theme
  /// The colours to use at most; the terminal may have fewer.
  package var colorLimit: ColorDepth
  /// The value of `TERM`.
  package var terminalName: String?

  /// Makes options from parts.
  package init(
    theme: Theme = .standard, colorLimit: ColorDepth = .indexed, terminalName: String?
  ) {
    self.theme = theme
    self.colorLimit = colorLimit
    self.terminalName = terminalName
  }

  /// Makes options from the environment.
  ///
  /// `NO_COLOR` with any value but the empty one means no colours (no-color.org).
  package init(theme: Theme = .standard, environment: [String: String]) {
    let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    self.init(
      theme: theme, colorLimit: isPlain ? .none : .indexed, terminalName: environment["TERM"])
  }

  /// The colours to use on a terminal that shows so many.
  func depth(onTerminalWith colors: Int) -> ColorDepth {
    let available = ColorDepth.allCases.last { $0.rawValue <= colors } ?? .none
    return min(available, colorLimit)
  }
}
