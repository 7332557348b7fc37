package import Deploys
package import Foundation
import AWS
import GitHub

extension PollState {
  /// Takes in what came of an action.
  /// - Parameters:
  ///   - observation: The answer, or why there is none.
  ///   - action: The action, as ``due(at:)`` gave it.
  ///   - rateLimit: GitHub's allowance as last told; `nil` where it was never told.
  ///   - now: The time.
  /// - Returns: Whether it changes what is shown, beside the ages of the sources.
  @discardableResult
  package mutating func apply(
    _ observation: Observation, of action: PollAction, rateLimit: RateLimit?, at now: Date
  ) -> Bool {
    if let rateLimit { self.rateLimit = rateLimit }
    let task = action.task
    let knownFailure = failing[task]?.message
    finish(task)
    if case .failure(let failure) = observation {
      fail(task, failure, at: now)
    } else {
      succeed(task, at: now)
    }
    let isNew = take(observation, of: action, at: now)
    var isNews = isNew || failing[task]?.message != knownFailure
    // Some of what is shown follows from how old an answer is.
    if isNews || now.timeIntervalSince(joinedAt) >= Self.joinLifetime { rejoin(at: now) }
    wanted = desires(at: now)
    wantedAt = now
    if !hasSettled, isSettled(at: now) {
      hasSettled = true
      isNews = true
    }
    return isNews
  }

  /// For how many seconds a join holds where no answer is new.
  private static let joinLifetime: TimeInterval = 10

  /// Takes in what an answer says.
  /// - Returns: Whether any of it is new.
  private mutating func take(
    _ observation: Observation, of action: PollAction, at now: Date
  ) -> Bool {
    switch (action, observation) {
    case (.listRuns(let repository, let page), .runs(let fetched)):
      guard let runPage = charged(fetched, at: now) else { return false }
      apply(runPage, page: page, of: repository)
    case (.listWorkflows(let repository), .workflows(let fetched)):
      guard let list = charged(fetched, at: now) else { return false }
      workflows[repository] = Dictionary(
        list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    case (.loadRun(let key), .run(let fetched)):
      awaited[key] = nil
      guard let run = charged(fetched, at: now) else { return false }
      insert(run, isOnNewestPage: nil)
    case (.loadJobs(let key, let attempt), .jobs(let fetched)):
      guard let jobs = charged(fetched, at: now) else {
        runs[key]?.settle()
        return false
      }
      runs[key]?.update(jobs: jobs, attempt: attempt, at: now)
    case (.loadProjects(let scope, let names), .projects(let found)):
      return apply(found, asked: names, in: scope)
    case (.listBuilds(let project), .buildIDs(let ids)):
      return projects[project, default: ProjectRecord()].list(ids)
    case (.loadBuilds(let scope, let ids), .builds(let found)):
      return apply(found, asked: ids, in: scope)
    case (.readMarker(let build, _), .marker(let marker)):
      let isOver = projects[build.projectKey]?.builds[build.id]?.isActive == false
      let record = MarkerRecord(marker: marker, isFinal: isOver)
      defer { markers[build] = record }
      return markers[build] != record
    default:
      return false
    }
    return true
  }

  private mutating func charged<Value>(_ fetched: Fetched<Value>, at now: Date) -> Value? {
    switch fetched {
    case .modified(let value):
      budget.charge(at: now)
      return value
    case .notModified:
      return nil
    }
  }

  // MARK: - How it went

  private mutating func finish(_ task: PollTask) {
    clocks[task]?.isInFlight = false
    if clocks[task]?.isAskedAgain == true {
      clocks[task]?.isAskedAgain = false
      clocks[task]?.lastStart = nil
    }
  }

  private mutating func succeed(_ task: PollTask, at now: Date) {
    clocks[task]?.failures = 0
    clocks[task]?.notBefore = nil
    failing[task] = nil
    lastAnswer = now
    for source in sources(of: task) { answered[source] = now }
    if case .olderRuns(let repository, _) = task { nextPage[repository] = nil }
  }

  private mutating func fail(_ task: PollTask, _ failure: PollFailure, at now: Date) {
    clocks[task]?.failures += 1
    clocks[task]?.notBefore = failure.retryAt
    clocks[task]?.isThrottled = failure.isThrottled
    if failure.pausesGitHub, let until = failure.retryAt {
      pausedUntil = max(pausedUntil ?? until, until)
    }
    if failure.isNotFound {
      switch task {
      case .run(let key), .jobs(let key):
        // A deleted run answers 404; one that was just created can do so for a moment.
        if awaited[key] == nil, (clocks[task]?.failures ?? 0) >= 3 { runs[key] = nil }
        if awaited[key] != nil { return }
      case .runs, .olderRuns, .workflows, .projects, .buildList, .builds, .marker: break
      }
    }
    if case .olderRuns(let repository, _) = task { nextPage[repository] = nil }
    failing[task] = SourceHealth.Failure(
      message: failure.message, remedy: failure.remedy, since: failing[task]?.since ?? now)
  }

  // MARK: - Runs

  private mutating func apply(_ page: RunPage, page number: Int, of repository: RepositoryName) {
    let known = page.runs.contains { runs[$0.key] != nil }
    if number == 1 {
      for key in runs.keys where key.repository == repository {
        runs[key]?.isOnNewestPage = false
      }
    }
    for run in page.runs where !(focus.map { $0.isPast && $0.run.key == run.key } ?? false) {
      insert(run, isOnNewestPage: number == 1 ? true : nil)
    }
    let isFirst = answered[.repository(repository)] != nil && !known
    nextPage[repository] = nil
    // Older pages are read when nothing on this one was known: at the start, and after a gap.
    if focus == nil, isFirst, page.hasNext, number < schedule.pages, lacksRecentRuns(of: repository)
    {
      nextPage[repository] = number + 1
    }
    forgetOldRuns(of: repository)
  }

  private mutating func insert(_ run: WorkflowRun, isOnNewestPage: Bool?) {
    var run = run
    if let name = workflows[run.key.repository]?[run.workflowID]?.name { run.workflowName = name }
    if let known = runs[run.key]?.run {
      runs[run.key]?.update(run)
      // The jobs on the way are the old attempt's.
      if run.attempt > known.attempt { askAgain(.jobs(run.key)) }
    } else {
      runs[run.key] = RunRecord(run: run)
      runs[run.key]?.isOnNewestPage = isOnNewestPage ?? false
    }
    if let isOnNewestPage { runs[run.key]?.isOnNewestPage = isOnNewestPage }
  }

  private mutating func lacksRecentRuns(of repository: RepositoryName) -> Bool {
    var counts = environments.map { _ in 0 }
    for record in runs.values where record.run.key.repository == repository {
      if let found = classify(record.run) { counts[found.environment] += 1 }
    }
    return counts.contains { $0 < schedule.recent }
  }

  /// Drops finished runs beyond what any environment can show, oldest first.
  private mutating func forgetOldRuns(of repository: RepositoryName) {
    let capacity = max(400, schedule.recent * environments.count * 4)
    let own = runs.values.filter {
      $0.run.key.repository == repository && !$0.run.isActive && !kept.contains($0.run.key)
    }
    guard own.count > capacity else { return }
    for record in own.sorted(by: { $0.run.createdAt < $1.run.createdAt })
      .prefix(own.count - capacity)
    {
      runs[record.run.key] = nil
    }
  }

  // MARK: - Builds

  /// - Returns: Whether anything is new.
  private mutating func apply(
    _ found: [Project], asked names: [String], in scope: AWSScope
  ) -> Bool {
    var isNews = false
    for name in names {
      let key = ProjectKey(scope: scope, name: name)
      let project = found.first { $0.name == name }
      isNews = isNews || projects[key]?.exists != (project != nil)
      projects[key, default: ProjectRecord()].exists = project != nil
      projects[key]?.arn = project?.arn
    }
    return isNews
  }

  /// - Returns: Whether anything is new.
  private mutating func apply(
    _ found: [Build], asked ids: [String], in scope: AWSScope
  ) -> Bool {
    var isNews = false
    for build in found {
      isNews = projects[build.key.projectKey, default: ProjectRecord()].describe(build) || isNews
    }
    // An id that the account does not describe is gone; asking for it again would never end.
    let missing = Set(ids).subtracting(found.map(\.key.id))
    guard !missing.isEmpty else { return isNews }
    for key in projects.keys where key.scope == scope {
      projects[key]?.undescribed.removeAll { missing.contains($0) }
      for id in missing { projects[key]?.forget(id) }
    }
    return true
  }
}
