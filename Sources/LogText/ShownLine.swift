/// Where a line stands in the file, and what of it is shown.
struct ShownLine: Sendable, Hashable {
  /// A line that is longer is read piece by piece.
  static let longest = 16 * 1024
  /// So many bytes of a long line are read at a time, from one place that is remembered to the
  /// next.
  static let stretch = 8 * 1024

  /// Where the line begins.
  var start: Int
  /// Where the next line begins; the end of the log after the last.
  var next: Int
  /// The bytes of the timestamp; empty where there is none.
  var timestamp: Range<Int>
  /// Where the command before the text begins, or the text where there is none.
  var commandStart: Int
  /// The bytes of the text: after timestamp, command and what a carriage return has overwritten.
  var text: Range<Int>
  /// What the line is.
  var kind: LogLine.Kind
  /// Whether a command stands before the text, for which a word is shown.
  var hasCommand: Bool
  /// Whether a line feed ends the line.
  var isTerminated: Bool

  /// Whether the line is read piece by piece.
  var isLong: Bool { text.count > Self.longest }

  /// Whether nothing of the line is shown, as it only ends a group.
  var isHidden: Bool { kind == .endGroup && hasCommand && text.isEmpty }

  /// What is shown in place of the command.
  var word: StaticString { hasCommand ? kind.word : "" }
}
