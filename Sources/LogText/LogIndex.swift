/// What is known of a log's lines.
package final class LogIndex: Sendable {
  /// An index that knows nothing yet.
  package init() {}
}

extension LogIndex: Hashable {
  /// Whether both are the same state of an index.
  package static func == (left: LogIndex, right: LogIndex) -> Bool { left === right }

  /// Hashes what tells this state from others.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
