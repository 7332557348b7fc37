/// How often things are asked for.
package struct Schedule: Sendable, Hashable {
  /// Between two looks at an active run's jobs and builds.
  package var active: Duration
  /// Between two looks at a repository in which nothing happens.
  package var quiet: Duration
  /// Between two looks at things that seldom change: workflows, projects.
  package var slow: Duration
  /// How many finished runs each environment shows.
  package var recent: Int
  /// How many requests may be under way at once.
  package var concurrency: Int
  /// How many pages of runs are read at the start, in search of the recent ones.
  package var pages: Int

  /// The schedule that the configuration starts from.
  package static let standard = Schedule()

  /// Creates a schedule.
  package init(
    active: Duration = .seconds(3), quiet: Duration = .seconds(15),
    slow: Duration = .seconds(600), recent: Int = 10, concurrency: Int = 8, pages: Int = 4
  ) {
    self.active = active
    self.quiet = quiet
    self.slow = slow
    self.recent = recent
    self.concurrency = concurrency
    self.pages = pages
  }

  /// How long a failing task waits, growing with the number of failures in a row, to a minute.
  func backoff(failures: Int, interval: Duration) -> Duration {
    let factor = 1 << min(failures, 6)
    return min(interval * factor, max(.seconds(60), interval))
  }
}
