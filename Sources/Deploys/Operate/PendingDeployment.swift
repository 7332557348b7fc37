package import Foundation

/// One environment on GitHub that holds a run back.
package struct PendingDeployment: Sendable, Hashable {
  /// The environment on GitHub.
  package var target: ReviewRequest.Target
  /// How long the environment makes every deploy wait; zero for not at all.
  package var waitTimer: Duration
  /// Since when that time runs; `nil` where it does not.
  package var waitingSince: Date?
  /// Who may answer: logins, and teams as `@name`.
  package var reviewers: [String]
  /// Whether the token's user may answer.
  package var canApprove: Bool

  /// Creates a record.
  package init(
    target: ReviewRequest.Target, waitTimer: Duration = .zero, waitingSince: Date? = nil,
    reviewers: [String] = [], canApprove: Bool
  ) {
    self.target = target
    self.waitTimer = waitTimer
    self.waitingSince = waitingSince
    self.reviewers = reviewers
    self.canApprove = canApprove
  }
}
