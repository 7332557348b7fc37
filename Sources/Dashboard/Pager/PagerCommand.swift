import Canvas

/// What a key can ask for on the pager and nowhere else.
package enum PagerCommand: String, Sendable, Hashable, CaseIterable {
  /// Break long lines, or let them run on.
  case toggleWrap

  /// The command's row in the table.
  var entry: CommandEntry {
    switch self {
    case .toggleWrap: .init("toggleWrap", "Break long lines, or let them run on.", .looking, [([.pager], ["w"])])
    }
  }
}
