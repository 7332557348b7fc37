package import Foundation

/// When everything of one attempt of a run went on.
package struct Timeline: Sendable, Hashable {
  /// How far a build's times may lie outside of GitHub's and still stretch the axis.
  ///
  /// A build ends after its job, and the two clocks differ; times farther off than this are drawn
  /// at the edge, so that a wrong clock cannot squash the rest.
  private static let slack = (before: 300.0, after: 900.0)

  /// The bars of every job, by the job's id.
  package let jobs: [Int64: JobBars]
  /// Where the axis begins.
  package let start: Date
  /// The latest time that is known for certain.
  private let knownEnd: Date
  /// The latest time that a build may claim.
  private let latestBuildTime: Date
  /// Whether something of GitHub's goes on.
  private let isOpen: Bool
  /// Whether a build goes on.
  private let hasOpenBuild: Bool
  /// When something was done, by any job or any runner; what goes on has no end.
  private let work: [TimeBar]

  /// Derives the timeline of a deploy.
  package init(_ deploy: Deploy) {
    var jobs: [Int64: JobBars] = [:]
    for item in deploy.jobs { jobs[item.id] = JobBars(item) }
    self.jobs = jobs
    let measured = jobs.values.flatMap(\.measuredByGitHub)
    let begin = measured.reduce(deploy.run.startedAt) { min($0, $1.start) }
    let end = measured.reduce(deploy.endedAt ?? deploy.run.startedAt) {
      max($0, $1.end ?? $1.start)
    }
    isOpen = !deploy.state.isOver || measured.contains(where: \.isOpen)
    let earliest = begin.addingTimeInterval(-Self.slack.before)
    let latest = end.addingTimeInterval(Self.slack.after)
    let phases = jobs.values.flatMap(\.phases)
    let plausible = phases.flatMap { [$0.bar.start, $0.bar.end] }.compactMap { $0 }
      .filter { (earliest...latest).contains($0) }
    latestBuildTime = latest
    start = plausible.reduce(begin, min)
    knownEnd = plausible.reduce(end, max)
    hasOpenBuild = phases.contains { $0.bar.isOpen && $0.bar.start <= end }
    work = jobs.values.compactMap(\.ran) + phases.filter { !$0.isWait }.map(\.bar)
  }

  /// Whether the axis grows with the clock.
  package var isGrowing: Bool { isOpen || hasOpenBuild }

  /// Where the axis ends for somebody who looks now; the clock here may be behind the others.
  package func end(at now: Date) -> Date {
    if isOpen { return max(knownEnd, now) }
    return hasOpenBuild ? max(knownEnd, min(now, latestBuildTime)) : knownEnd
  }

  /// The axis that shows all of it on so many columns.
  package func axis(columns: Int, at now: Date) -> TimeAxis {
    let end = end(at: now)
    return TimeAxis(start: start, end: end, gaps: gaps(until: end, at: now), columns: columns)
  }

  /// The stretches in which nobody worked and that would squash the rest.
  private func gaps(until end: Date, at now: Date) -> [TimeAxis.Gap] {
    let quiet = quietTimes(until: end, at: now)
    let worked = end.timeIntervalSince(start) - quiet.reduce(0) { $0 + $1.length }
    guard worked > 0 else { return [] }
    // Two minutes of waiting beside whatever was done are seen well enough side by side.
    let scale = max(worked, 60)
    return quiet.filter { $0.length > 2 * scale }.map {
      TimeAxis.Gap(start: $0.start, end: $0.end, shownLength: scale / 4)
    }
  }

  private func quietTimes(
    until end: Date, at now: Date
  ) -> [(start: Date, end: Date, length: TimeInterval)] {
    var quiet: [(start: Date, end: Date, length: TimeInterval)] = []
    var covered = start
    for bar in work.sorted(by: { $0.start < $1.start }) {
      let begin = min(bar.start, end)
      if begin > covered {
        quiet.append((covered, begin, begin.timeIntervalSince(covered)))
      }
      covered = max(covered, min(bar.end(at: now), end))
    }
    if end > covered { quiet.append((covered, end, end.timeIntervalSince(covered))) }
    return quiet
  }
}
