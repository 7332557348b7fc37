/// What names an entry of the audit log; later entries have greater ids.
package struct AuditID: Sendable, Hashable, Comparable, RawRepresentable, CustomStringConvertible {
  /// The number, counted from 1 and never used twice.
  package let rawValue: Int64

  /// Creates an id.
  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  /// The number.
  package var description: String { "\(rawValue)" }

  /// Orders by the order of writing.
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
