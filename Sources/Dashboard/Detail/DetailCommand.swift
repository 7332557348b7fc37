import Canvas

/// What a key can ask for on a run's screen and nowhere else.
package enum DetailCommand: String, Sendable, Hashable, CaseIterable {
  /// Go to the next pane.
  case nextPane

  /// The command's row in the table.
  var entry: CommandEntry {
    switch self {
    case .nextPane: .init("nextPane", "Go to the next pane.", .looking, [([.detail], ["tab"])])
    }
  }
}
