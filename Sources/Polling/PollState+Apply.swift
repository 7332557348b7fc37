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
    // Only now it is known what is shown.
    if isNew, action.task.bringsRuns { forgetOldRuns() }
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
      guard let runPage = charged(fetched, at: now) else {
        if page > 1 { searches[repository]?.end(isCut: true) }
        return false
      }
      apply(runPage, page: page, of: repository)
    case (.listWorkflowRuns(let repository, let workflow, _), .runs(let fetched)):
      // Once is enough, also where the answer is as it was before.
      searches[repository]?.listed.insert(workflow)
      guard let page = charged(fetched, at: now) else { return false }
      for run in page.runs where !isPastFocus(run) { insert(run, isOnNewestPage: nil) }
    case (.listActiveRuns(let repository, let status), .runs(let fetched)):
      guard let page = charged(fetched, at: now) else { return false }
      applyActive(page, status, of: repository, at: now)
    case (.listWorkflows(let repository), .workflows(let fetched)):
      guard let list = charged(fetched, at: now) else { return false }
      workflows[repository] = Dictionary(
        list.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      deploying[repository] = deployingWorkflows(among: list)
    case (.loadRun(let key), .run(let fetched)):
      awaited[key] = nil
      guard let run = charged(fetched, at: now) else { return false }
      insert(run, isOnNewestPage: nil)
    case (.loadJobs(let key, let attempt), .jobs(let fetched)):
      guard let jobs = charged(fetched, at: now) else {
        runs[key]?.settle()
        return false
      }
      let time = time(at: now)
      runs[key]?.update(jobs: jobs, attempt: attempt, at: time)
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

  mutating func charged<Value>(_ fetched: Fetched<Value>, at now: Date) -> Value? {
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
      case .workflowRuns(let repository, let workflow):
        searches[repository]?.listed.insert(workflow)
        return
      case .runs, .olderRuns, .activeRuns, .workflows, .projects, .buildList, .builds, .marker:
        break
      }
    }
    // What the older pages would have shown is looked for by workflow.
    if case .olderRuns(let repository, _) = task { searches[repository]?.end(isCut: true) }
    failing[task] = SourceHealth.Failure(
      message: failure.message, remedy: failure.remedy, since: failing[task]?.since ?? now)
  }

  // MARK: - Runs

  mutating func insert(_ run: WorkflowRun, isOnNewestPage: Bool?) {
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
