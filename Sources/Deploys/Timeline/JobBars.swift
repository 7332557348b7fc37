import Foundation

/// What went on for one job: its waits, its run, its runner's phases and its steps.
package struct JobBars: Sendable, Hashable {
  /// A phase of the build that is the job's runner.
  package struct Phase: Sendable, Hashable {
    /// AWS's word for it, such as `PROVISIONING`.
    package var name: String
    /// How it went; `nil` while it goes on.
    package var status: BuildStatus?
    /// When.
    package var bar: TimeBar

    /// Creates a phase.
    package init(name: String, status: BuildStatus?, bar: TimeBar) {
      self.name = name
      self.status = status
      self.bar = bar
    }

    /// Whether the build waits in it for its turn, and nothing is done.
    package var isWait: Bool { name == "SUBMITTED" || name == "QUEUED" }
  }

  /// Held back by an environment's protection rules or a concurrency group.
  package var held: TimeBar?
  /// Asking for a runner and having none.
  package var queued: TimeBar?
  /// Running.
  package var ran: TimeBar?
  /// The phases of its build, in order.
  package var phases: [Phase]
  /// Its steps, by number; those that never began are left out.
  package var steps: [Int: TimeBar]

  /// Derives the bars of a joined job.
  package init(_ item: DeployJob) {
    let job = item.job
    (held, queued) = Self.waits(of: job)
    ran = job.runningSince.map { TimeBar(start: $0, end: Self.end(of: job, begun: $0)) }
    phases = item.build.map(Self.phases) ?? []
    steps = Self.steps(of: job)
  }

  /// The bars that GitHub's own clock has measured.
  var measuredByGitHub: [TimeBar] {
    [held, queued, ran].compactMap { $0 } + steps.values
  }

  private static func waits(of job: Job) -> (held: TimeBar?, queued: TimeBar?) {
    guard let created = job.createdAt else { return (nil, nil) }
    let asked = job.queuedSince ?? created
    let held = job.releasedAt.map { TimeBar(start: created, end: $0) }
    switch job.status {
    case .requested, .pending, .waiting: return (TimeBar(start: created, end: nil), nil)
    case .queued, .other: return (held, TimeBar(start: asked, end: nil))
    case .inProgress: return (held, TimeBar(start: asked, end: job.runningSince ?? asked))
    case .completed:
      if let begun = job.runningSince { return (held, TimeBar(start: asked, end: begun)) }
      // One that never ran has waited until it was given up; a skipped one has not waited at all.
      guard job.conclusion != .skipped, let end = job.completedAt else { return (held, nil) }
      return (held, TimeBar(start: asked, end: end))
    }
  }

  private static func end(of job: Job, begun: Date) -> Date? {
    guard job.status == .completed else { return nil }
    let times = job.steps.flatMap { [$0.startedAt, $0.completedAt] }
    return job.completedAt ?? times.compactMap { $0 }.max() ?? begun
  }

  private static func phases(of build: Build) -> [Phase] {
    build.phases.enumerated().compactMap { index, phase in
      guard let start = phase.startedAt else { return nil }
      let next = build.phases.dropFirst(index + 1).lazy.compactMap(\.startedAt).first
      let isOpen = phase.endedAt == nil && next == nil && build.isActive
      let end = isOpen ? nil : phase.endedAt ?? next ?? build.endedAt ?? start
      return Phase(name: phase.name, status: phase.status, bar: TimeBar(start: start, end: end))
    }
  }

  private static func steps(of job: Job) -> [Int: TimeBar] {
    var bars: [Int: TimeBar] = [:]
    // Where a step's end is missing, the next one's start is the best that is known.
    var next: Date?
    for step in job.steps.reversed() {
      guard let start = step.startedAt else { continue }
      defer { next = start }
      guard step.conclusion != .skipped else { continue }
      let isOpen = step.status == .inProgress && job.status != .completed
      let end = isOpen ? nil : step.completedAt ?? next ?? job.completedAt ?? start
      bars[step.number] = TimeBar(start: start, end: end)
    }
    return bars
  }
}
