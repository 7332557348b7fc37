package import Foundation

/// What is left of GitHub's hourly allowance for one credential.
///
/// Source: the `x-ratelimit-*` headers, GitHub REST "Rate limits for the REST API".
package struct RateLimit: Sendable, Hashable {
  /// Requests an hour.
  package var limit: Int
  /// Requests left until the reset.
  package var remaining: Int
  /// Requests charged since the last reset.
  package var used: Int
  /// When the count starts anew.
  package var resetsAt: Date

  /// Creates a record.
  package init(limit: Int, remaining: Int, used: Int, resetsAt: Date) {
    self.limit = limit
    self.remaining = remaining
    self.used = used
    self.resetsAt = resetsAt
  }
}
