package import Foundation

/// Which entries of the audit log are asked for; what is `nil` is not asked about.
package struct AuditFilter: Sendable, Hashable {
  /// At most so many, the newest.
  package var limit: Int?
  /// Actions on this environment, as configured.
  package var environment: String?
  /// Actions that began at this moment or later.
  package var since: Date?
  /// Actions of this kind.
  package var action: AuditAction?
  /// Actions on this run, in any attempt, and those that it came of.
  package var run: RunKey?

  /// Creates a filter.
  package init(
    limit: Int? = nil, environment: String? = nil, since: Date? = nil,
    action: AuditAction? = nil, run: RunKey? = nil
  ) {
    self.limit = limit
    self.environment = environment
    self.since = since
    self.action = action
    self.run = run
  }
}
