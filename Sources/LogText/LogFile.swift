/// The bytes of a log.
package final class LogFile: Sendable {
  /// How many bytes there are now.
  package var count: Int { bytes.count }

  private let bytes: [UInt8]

  /// Creates a log from bytes in memory.
  package init(bytes: [UInt8]) { self.bytes = bytes }
}

extension LogFile: Hashable {
  /// Whether both are the same log.
  package static func == (left: LogFile, right: LogFile) -> Bool { left === right }

  /// Hashes what tells this log from others.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
