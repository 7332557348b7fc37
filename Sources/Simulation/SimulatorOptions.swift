package import Foundation

/// How a simulated world is made.
package struct SimulatorOptions: Sendable {
  /// Chooses everything that is left to chance.
  package var seed: UInt64 = 7
  /// How many times faster than naturally things happen; times stay those of the real clock.
  package var speed: Double = 1
  /// What kind of world it is.
  package var scenario: Scenario = .standard
  /// The GitHub tokens that are accepted; `nil` for any.
  package var tokens: Set<String>?
  /// When the world begins; its history lies before.
  package var startedAt: Date
  /// The clock.
  package var now: @Sendable () -> Date
  /// Is told of every request.
  package var requestLog: (@Sendable (RequestLogEntry) -> Void)?

  /// Creates options.
  package init(
    seed: UInt64 = 7, speed: Double = 1, scenario: Scenario = .standard,
    tokens: Set<String>? = nil, startedAt: Date? = nil,
    now: @escaping @Sendable () -> Date = { Date() },
    requestLog: (@Sendable (RequestLogEntry) -> Void)? = nil
  ) {
    self.seed = seed
    self.speed = speed
    self.scenario = scenario
    self.tokens = tokens
    self.startedAt = startedAt ?? now()
    self.now = now
    self.requestLog = requestLog
  }

  /// Options for a test: a clock that the test moves.
  package init(
    seed: UInt64 = 7, speed: Double = 1, scenario: Scenario = .standard, clock: ManualClock,
    tokens: Set<String>? = nil, requestLog: (@Sendable (RequestLogEntry) -> Void)? = nil
  ) {
    self.init(
      seed: seed, speed: speed, scenario: scenario, tokens: tokens, startedAt: clock.now,
      now: { clock.now }, requestLog: requestLog)
  }
}
