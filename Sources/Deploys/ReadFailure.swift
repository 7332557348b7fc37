/// Why something about a run could not be read.
package struct ReadFailure: Error, Sendable, Hashable {
  /// What a screen may make of it.
  package enum Kind: Sendable, Hashable {
    /// It does not exist yet, such as the log of a job that still runs.
    case notYet
    /// It existed and is kept no longer.
    case gone
    /// The token or the account may not read it.
    case denied
    /// The operator stopped it.
    case cancelled
    /// Anything else.
    case other
  }

  /// What a screen may make of it.
  package var kind: Kind
  /// What failed and why, in words for a person.
  package var message: String
  /// What to do about it.
  package var remedy: String

  /// Creates a failure.
  package init(_ kind: Kind = .other, message: String, remedy: String) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
  }
}
