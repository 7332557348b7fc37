package import Foundation

/// When a step of a job ran.
package struct StepTime: Sendable, Hashable {
  /// The step's number in its job.
  package var number: Int
  /// The step's name.
  package var name: String
  /// When it began, to the second; `nil` for a step that was skipped, and where nobody knows.
  package var startedAt: Date?
  /// When it ended, to the second.
  package var completedAt: Date?
  /// Whether it was skipped, whatever times the server names for it.
  package var isSkipped: Bool
  /// Whether it failed.
  package var hasFailed: Bool

  /// Whether it is not known when it ran, so that its lines cannot be told from the others'.
  package var isUntimed: Bool { startedAt == nil && !isSkipped }

  /// Creates a time.
  package init(
    number: Int, name: String, startedAt: Date?, completedAt: Date?, isSkipped: Bool = false,
    hasFailed: Bool = false
  ) {
    self.number = number
    self.name = name
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.isSkipped = isSkipped
    self.hasFailed = hasFailed
  }
}
