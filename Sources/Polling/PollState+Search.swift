import Deploys
import Foundation
import GitHub

/// Finding the deploys of a repository in which a great many other workflows run.
///
/// The listing of all runs is read back to what is known, or for as many pages as the schedule
/// allows. Where that is not far enough, each workflow that deploys is asked for its own runs, once.
/// What has not ended can be older than all of these, and is asked for by its status.
extension PollState {
  /// The states of a run that is not over, in GitHub's words.
  static let activeStatuses: [RunStatus] = [.waiting, .inProgress, .queued, .pending, .requested]
  /// How many workflows of a repository are asked for their own runs.
  static let mostWorkflows = 100

  /// Takes in a page of a repository's runs.
  mutating func apply(_ page: RunPage, page number: Int, of repository: RepositoryName) {
    let newest = runs.values.filter { $0.isOnNewestPage && $0.run.key.repository == repository }
    let before = Set(newest.map(\.run.key))
    if number == 1 {
      for key in before { runs[key]?.isOnNewestPage = false }
    }
    for run in page.runs where !isPastFocus(run) {
      insert(run, isOnNewestPage: number == 1 ? true : nil)
    }
    guard focus == nil else { return }
    var search = searches[repository] ?? RunSearch()
    if number == 1 {
      search.hasOlder = page.hasNext
      let isJoined = page.runs.contains { before.contains($0.key) }
      if !isJoined {
        // Nothing on it was known: the start, or a gap. One that is looked through already goes on.
        if search.nextPage == nil { search.known = before }
        search.nextPage = 1
        for status in Self.activeStatuses { askAgain(.activeRuns(repository, status)) }
      }
    }
    if search.nextPage == number {
      let isMet = page.runs.contains { search.known.contains($0.key) }
      if isMet || !page.hasNext || !(search.isGap || lacksRecentRuns(of: repository)) {
        search.end(isCut: false)
      } else if number < schedule.pages {
        search.nextPage = number + 1
      } else {
        search.end(isCut: true)
      }
    }
    searches[repository] = search
  }

  /// Takes in a repository's runs of one status; those that deploy nowhere are passed over.
  mutating func applyActive(
    _ page: RunPage, _ status: RunStatus, of repository: RepositoryName, at now: Date
  ) {
    for run in page.runs where !isPastFocus(run) && (runs[run.key] != nil || classify(run) != nil) {
      insert(run, isOnNewestPage: nil)
    }
    partial[.activeRuns(repository, status)] =
      page.hasNext
      ? SourceHealth.Failure(
        message: "only the newest \(page.runs.count) of \(page.totalCount) "
          + "\(status.rawValue) runs of \(repository) were read",
        remedy: "Older deploys in that state may be missing: look on GitHub.", since: now)
      : nil
  }

  /// Whether a run is the one that is looked at in an attempt that a newer one has followed.
  func isPastFocus(_ run: WorkflowRun) -> Bool {
    focus.map { $0.isPast && $0.run.key == run.key } ?? false
  }

  /// The ids of the workflows that deploy somewhere.
  mutating func deployingWorkflows(among list: [Workflow]) -> [Int64] {
    var ids: [Int64] = []
    for workflow in list where classify(name: workflow.name) != nil { ids.append(workflow.id) }
    return ids.sorted()
  }

  /// The listings that a repository wants beside its newest page.
  func searchDesires(_ repository: RepositoryName) -> [Desire] {
    guard let search = searches[repository] else { return [] }
    var desires: [Desire] = []
    if let page = search.nextPage, page > 1 {
      desires.append(Desire(task: .olderRuns(repository, page: page), interval: schedule.quiet))
    }
    // A run's own name need not be its workflow's, so the workflows come first.
    let areNamed = workflows[repository] != nil || failing[.workflows(repository)] != nil
    guard areNamed, search.nextPage == nil else { return desires }
    if search.hasOlder {
      desires += Self.activeStatuses.map {
        Desire(task: .activeRuns(repository, $0), interval: schedule.slow)
      }
    }
    if search.isCut, !isAllowanceShort {
      desires += unlistedWorkflows(of: repository).prefix(
        max(0, Self.mostWorkflows - search.listed.count)
      ).map {
        Desire(task: .workflowRuns(repository, workflow: $0), interval: schedule.quiet)
      }
    }
    return desires
  }

  private func unlistedWorkflows(of repository: RepositoryName) -> [Int64] {
    let listed = searches[repository]?.listed ?? []
    return (deploying[repository] ?? []).filter { !listed.contains($0) }
  }

  /// Whether GitHub's allowance has come down to what is left for people.
  private var isAllowanceShort: Bool {
    guard let rateLimit, rateLimit.limit > 0 else { return false }
    return rateLimit.remaining * 20 < rateLimit.limit
  }

  /// Why deploys of a repository may be missing; `nil` where none is.
  func unreached(of repository: RepositoryName, at now: Date) -> SourceHealth.Failure? {
    if let search = searches[repository], search.isCut {
      let since = answered[.repository(repository)] ?? now
      let beginning =
        "more than \(schedule.pages) pages of runs of \(repository) are newer than what was known"
      if workflows[repository] == nil, let failure = failing[.workflows(repository)] {
        return SourceHealth.Failure(
          message: "\(beginning), and its workflows could not be listed: \(failure.message)",
          remedy: failure.remedy, since: since)
      }
      let missing = unlistedWorkflows(of: repository).count
      if missing > 0, isAllowanceShort || search.listed.count >= Self.mostWorkflows {
        return SourceHealth.Failure(
          message: "\(beginning), and the runs of \(missing) workflows were not read",
          remedy: isAllowanceShort
            ? "GitHub's allowance is nearly used up; they are read after its reset."
            : "Watch fewer workflows: narrow the environments' patterns.",
          since: since)
      }
    }
    guard searches[repository]?.hasOlder == true else { return nil }
    return Self.activeStatuses.lazy.compactMap { partial[.activeRuns(repository, $0)] }.first
  }

  private mutating func lacksRecentRuns(of repository: RepositoryName) -> Bool {
    var counts = environments.map { _ in 0 }
    for record in runs.values where record.run.key.repository == repository {
      if let found = classify(record.run) { counts[found.environment] += 1 }
    }
    return counts.contains { $0 < schedule.recent }
  }

  /// Drops runs that are not shown, beyond what any environment can need: those of other workflows
  /// first, then the oldest.
  mutating func forgetOldRuns() {
    let capacity = max(400, schedule.recent * environments.count * 4)
    guard runs.count > capacity else { return }
    let shown = Set(joined.joined().map(\.id))
    var counts: [RepositoryName: Int] = [:]
    var loose: [(run: WorkflowRun, deploys: Bool)] = []
    for record in runs.values {
      counts[record.run.key.repository, default: 0] += 1
      guard !record.isOnNewestPage, !shown.contains(record.run.key),
        !kept.contains(record.run.key)
      else { continue }
      let deploys = classify(record.run) != nil
      if deploys, record.run.isActive { continue }
      loose.append((record.run, deploys))
    }
    loose.sort { ($0.deploys ? 1 : 0, $0.run.createdAt) < ($1.deploys ? 1 : 0, $1.run.createdAt) }
    for (run, _) in loose where counts[run.key.repository, default: 0] > capacity {
      counts[run.key.repository, default: 0] -= 1
      runs[run.key] = nil
    }
  }
}
