/// The end of a run, as an operator has confirmed it.
package struct CancelRequest: Sendable, Hashable {
  /// The run.
  package var run: RunKey
  /// The attempt that the operator saw.
  package var attempt: Int
  /// Whether jobs that would go on in spite of a cancel (`always()`) are ended too.
  package var isForced: Bool
  /// The environment that it deploys to, as configured.
  package var environment: String

  /// Creates a request.
  package init(run: RunKey, attempt: Int, isForced: Bool = false, environment: String) {
    self.run = run
    self.attempt = attempt
    self.isForced = isForced
    self.environment = environment
  }
}
