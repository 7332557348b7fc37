package import Foundation

/// Everything that the board shows, as one complete value.
package struct Snapshot: Sendable, Hashable {
  /// One environment's part.
  package struct Section: Sendable, Hashable, Identifiable {
    /// The environment.
    package var environment: Environment
    /// Its deploys: active first, then recent, newest first within each.
    package var deploys: [Deploy]
    /// The sources that it depends on.
    package var sources: [SourceHealth]

    /// The environment's name.
    package var id: String { environment.name }

    /// The sources that are failing.
    package var failures: [SourceHealth] { sources.filter { $0.failure != nil } }

    /// Creates a section.
    package init(environment: Environment, deploys: [Deploy], sources: [SourceHealth]) {
      self.environment = environment
      self.deploys = deploys
      self.sources = sources
    }
  }

  /// When it was put together; as every time in it, by the servers' clock where ``clock`` tells that
  /// this machine's is wrong.
  package var takenAt: Date
  /// The environments, in configured order.
  package var sections: [Section]
  /// GitHub's allowance, as last told; `nil` before the first answer.
  package var rateLimit: RateLimit?
  /// Until when GitHub asked us to wait; `nil` while it does not.
  package var pausedUntil: Date?
  /// When something was last read from anywhere; `nil` before the first answer.
  package var lastAnswer: Date?
  /// By how much this machine's clock is wrong; `nil` where it is right, or nobody knows.
  package var clock: ClockError?
  /// Whether everything that was wanted at first has been asked for once, and answered or failed.
  package var isComplete: Bool

  /// Nothing known yet of the given environments.
  package static func empty(_ environments: [Environment], at now: Date) -> Snapshot {
    Snapshot(
      takenAt: now,
      sections: environments.map { Section(environment: $0, deploys: [], sources: []) })
  }

  /// Creates a snapshot.
  package init(
    takenAt: Date, sections: [Section], rateLimit: RateLimit? = nil, pausedUntil: Date? = nil,
    lastAnswer: Date? = nil, clock: ClockError? = nil, isComplete: Bool = false
  ) {
    self.takenAt = takenAt
    self.sections = sections
    self.rateLimit = rateLimit
    self.pausedUntil = pausedUntil
    self.lastAnswer = lastAnswer
    self.clock = clock
    self.isComplete = isComplete
  }

  /// Every deploy of every section.
  package var deploys: [Deploy] { sections.flatMap(\.deploys) }

  /// Finds a run's deploy.
  package func deploy(_ key: RunKey) -> Deploy? {
    for section in sections {
      if let found = section.deploys.first(where: { $0.id == key }) { return found }
    }
    return nil
  }

  /// Finds an environment by name.
  package func environment(_ name: String) -> Environment? {
    sections.first { $0.environment.name == name }?.environment
  }
}
