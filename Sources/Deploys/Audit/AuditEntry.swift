package import Foundation

/// One action in the audit log.
package struct AuditEntry: Sendable, Hashable, Identifiable {
  /// What names the entry.
  package var id: AuditID
  /// What the operator was about to do.
  package var intent: AuditIntent
  /// Where it came from.
  package var origin: AuditOrigin
  /// When it was about to be sent, by the clock of its machine.
  package var startedAt: Date
  /// How it ended; `nil` while it goes on, and for ever where its process was ended before.
  package var outcome: AuditOutcome?
  /// When the outcome was written; `nil` as long as there is none.
  package var finishedAt: Date?
  /// When an operator was told that there is no outcome; `nil` where nobody was.
  package var acknowledgedAt: Date?

  /// Creates an entry.
  package init(
    id: AuditID, intent: AuditIntent, origin: AuditOrigin, startedAt: Date,
    outcome: AuditOutcome? = nil, finishedAt: Date? = nil, acknowledgedAt: Date? = nil
  ) {
    self.id = id
    self.intent = intent
    self.origin = origin
    self.startedAt = startedAt
    self.outcome = outcome
    self.finishedAt = finishedAt
    self.acknowledgedAt = acknowledgedAt
  }
}
