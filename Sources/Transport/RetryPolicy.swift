/// How often a request may be sent, and how long to wait between two attempts.
///
/// It only counts and draws: whether a request may be sent again at all is its caller's decision.
package struct RetryPolicy: Sendable, Hashable {
  /// Three attempts, one second as the base, twenty seconds at most.
  package static let standard = RetryPolicy()

  /// One attempt.
  package static let none = RetryPolicy(maxAttempts: 1)

  /// How often a request is sent at most, the first time included; at least 1.
  package var maxAttempts: Int
  /// The bound of the first wait; each further wait has twice the bound.
  package var baseDelay: Duration
  /// The bound that no wait exceeds.
  package var maxDelay: Duration

  /// Creates a policy.
  package init(
    maxAttempts: Int = 3, baseDelay: Duration = .seconds(1), maxDelay: Duration = .seconds(20)
  ) {
    self.maxAttempts = max(1, maxAttempts)
    self.baseDelay = baseDelay
    self.maxDelay = maxDelay
  }

  /// Draws the wait after an attempt that failed: anything from nothing to the bound.
  ///
  /// The whole range is used ("full jitter"), so that clients that failed together do not come
  /// back together.
  /// - Parameters:
  ///   - attempt: The attempt that failed, counted from 1.
  ///   - generator: Where chance comes from.
  /// - Returns: How long to wait.
  package func delay(
    afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let bound = bound(afterAttempt: attempt)
    guard bound > .zero else { return .zero }
    return bound * Double.random(in: 0...1, using: &generator)
  }

  /// The longest wait after an attempt, counted from 1.
  package func bound(afterAttempt attempt: Int) -> Duration {
    // Beyond 2^30 every sensible base is over the cap, and a shift must not overflow.
    let doublings = min(max(attempt, 1) - 1, 30)
    return min(baseDelay * (1 << doublings), maxDelay)
  }
}
