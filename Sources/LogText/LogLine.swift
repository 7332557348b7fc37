/// One line of a log, taken apart.
package struct LogLine: Sendable, Hashable {
  /// What a line is, by the command before its text.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// Ordinary text.
    case text
    /// The heading of a group, `##[group]`.
    case group
    /// The end of a group, `##[endgroup]`.
    case endGroup
    /// An error: `##[error]`, or a step of a build that failed.
    case error
    /// A warning, `##[warning]`.
    case warning
    /// A remark, `##[notice]`.
    case notice
    /// What a runner says when it debugs, `##[debug]`.
    case debug
    /// The heading of a section, `##[section]`.
    case section
    /// A command that an action runs, `##[command]` or `[command]`.
    case command
  }

  /// What the line is.
  package var kind: Kind
  /// The bytes of the timestamp; empty where there is none.
  package var timestamp: Range<Int>
  /// How many bytes come before the command, or before the text where there is none.
  package var commandStart: Int
  /// How many bytes come before the text: timestamp, byte order marks, and the command.
  package var textStart: Int
  /// Whether a command stands before the text.
  package var hasCommand: Bool
}

extension LogLine.Kind {
  /// What is shown in place of the command that makes a line what it is.
  var word: StaticString {
    switch self {
    case .error: "Error: "
    case .warning: "Warning: "
    case .notice: "Notice: "
    case .debug: "Debug: "
    case .text, .group, .endGroup, .section, .command: ""
    }
  }
}
