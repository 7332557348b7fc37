import Deploys
import Foundation

/// A task that the state wants to recur.
struct Desire: Sendable, Hashable {
  /// The task.
  var task: PollTask
  /// How long to leave between two starts.
  var interval: Duration
  /// Whether the answer so far is known to be incomplete.
  var isUrgent = false
}

extension PollState {
  /// Everything that is wanted now; the schedule says when.
  func desires(at now: Date) -> [Desire] {
    var desires: [Desire] = []
    if let focus {
      desires += focusDesires(focus)
    } else {
      for repository in repositories { desires += repositoryDesires(repository) }
    }
    for key in awaited.keys where runs[key] == nil {
      desires.append(Desire(task: .run(key), interval: schedule.active))
    }
    for deploy in joined.joined() where isLookedAt(deploy.id) {
      desires += runDesires(deploy, at: now)
    }
    for (scope, wanted) in projectDemand(at: now) {
      desires += accountDesires(scope, wanted: wanted)
    }
    desires += markerDesires()
    return desires
  }

  // MARK: - GitHub

  private func repositoryDesires(_ repository: RepositoryName) -> [Desire] {
    let isLively =
      hot[repository] != nil
      || joined.joined().contains { $0.run.key.repository == repository && !$0.state.isOver }
    return [
      Desire(
        task: .runs(repository),
        interval: hot[repository] != nil
          ? schedule.active : isLively ? schedule.active * 2 : schedule.quiet),
      Desire(task: .workflows(repository), interval: workflowInterval(repository)),
    ] + searchDesires(repository)
  }

  /// A workflow that the listing does not know yet is worth a look within a minute.
  private func workflowInterval(_ repository: RepositoryName) -> Duration {
    guard let known = workflows[repository] else { return schedule.slow }
    let isNew = runs.values.contains {
      $0.run.key.repository == repository && $0.run.isActive && known[$0.run.workflowID] == nil
    }
    return isNew ? min(.seconds(60), schedule.slow) : schedule.slow
  }

  private func runDesires(_ deploy: Deploy, at now: Date) -> [Desire] {
    guard let record = runs[deploy.id], !record.areJobsFinal else { return [] }
    var desires = [
      Desire(task: .jobs(deploy.id), interval: jobInterval(deploy, at: now))
    ]
    let isDone = record.hasJobs && record.currentJobs.allSatisfy { $0.status == .completed }
    if record.run.isActive, !record.isOnNewestPage || isDone || focus != nil {
      desires.append(Desire(task: .run(deploy.id), interval: schedule.active))
    }
    return desires
  }

  private func jobInterval(_ deploy: Deploy, at now: Date) -> Duration {
    switch deploy.state {
    case .running, .completed, .other:
      return schedule.active
    case .pending, .waiting:
      // Only a person or another run moves it on.
      return max(schedule.active, min(schedule.quiet, schedule.active * 3))
    case .queued:
      let waited = Duration(from: deploy.run.startedAt, to: time(at: now))
      return waited < .minutes(10) ? schedule.active : schedule.active * 3
    }
  }

  // MARK: - AWS

  /// Why an account's project has to be asked, and how urgently.
  struct ProjectDemand {
    /// How long to leave between two listings; `nil` where none is needed.
    var listing: Duration?
  }

  /// The projects that the shown jobs name, by account.
  func projectDemand(at now: Date) -> [AWSScope: [ProjectKey: ProjectDemand]] {
    var demand: [AWSScope: [ProjectKey: ProjectDemand]] = [:]
    for (index, environment) in environments.enumerated() {
      guard let scope = environment.aws else { continue }
      for deploy in joined[index] {
        for item in deploy.jobs {
          guard let label = item.kind.label, item.job.status != .waiting,
            isRunnerWanted(of: item.id)
          else { continue }
          let key = ProjectKey(scope: scope, name: label.project)
          var entry = demand[scope]?[key] ?? ProjectDemand()
          if let wanted = listingInterval(item, project: key, at: now) {
            entry.listing = min(entry.listing ?? wanted, wanted)
          }
          demand[scope, default: [:]][key] = entry
        }
      }
    }
    return demand
  }

  private func listingInterval(
    _ item: DeployJob, project: ProjectKey, at now: Date
  ) -> Duration? {
    let now = time(at: now)
    let isListed = projects[project]?.isListed == true
    let isOver = item.job.status == .completed
    let age = Duration(from: item.job.queuedSince ?? now, to: now)
    if item.build == nil, !isOver {
      return age < .minutes(3)
        ? schedule.active : age < .minutes(15) ? schedule.active * 5 : schedule.active * 10
    }
    if !isOver { return schedule.active * 10 }
    if !isListed { return schedule.quiet }
    let ended = Duration(from: item.job.completedAt ?? .distantPast, to: now)
    return item.build == nil && ended < .minutes(2) ? schedule.active * 5 : nil
  }

  private func accountDesires(
    _ scope: AWSScope, wanted: [ProjectKey: ProjectDemand]
  ) -> [Desire] {
    var desires: [Desire] = []
    let isUnknown = wanted.keys.contains { projects[$0]?.exists == nil }
    let isMissing = wanted.keys.contains { projects[$0]?.exists == false }
    desires.append(
      Desire(
        task: .projects(scope),
        interval: isUnknown
          ? schedule.active : isMissing ? min(.seconds(60), schedule.slow) : schedule.slow,
        isUrgent: isUnknown))
    for (key, demand) in wanted where projects[key]?.exists != false {
      guard let interval = demand.listing else { continue }
      desires.append(Desire(task: .buildList(key), interval: interval))
    }
    let isFresh = !undescribedBuilds(of: scope).isEmpty
    if isFresh || !openBuilds(of: scope).isEmpty {
      desires.append(
        Desire(
          task: .builds(scope), interval: isFresh ? .milliseconds(200) : schedule.active,
          isUrgent: isFresh))
    }
    return desires
  }

  /// Ids of an account's builds that were listed and not described, newest first.
  func undescribedBuilds(of scope: AWSScope) -> [String] {
    projects.filter { $0.key.scope == scope }.sorted { $0.key.name < $1.key.name }
      .flatMap(\.value.undescribed)
  }

  /// Ids of an account's builds that can still change.
  func openBuilds(of scope: AWSScope) -> [String] {
    projects.filter { $0.key.scope == scope }.sorted { $0.key.name < $1.key.name }
      .flatMap { $0.value.open.sorted() }
  }

  // MARK: - Markers

  private func markerDesires() -> [Desire] {
    guard areMarkersWanted else { return [] }
    var seen: Set<BuildKey> = []
    var desires: [Desire] = []
    for deploy in joined.joined() {
      for item in deploy.jobs {
        guard let build = item.build, item.markerLocation != nil, isMarkerWanted(item, build),
          seen.insert(build.key).inserted
        else { continue }
        desires.append(Desire(task: .marker(build.key), interval: schedule.active * 5))
      }
    }
    return desires
  }

  /// A marker can appear once a step has failed, and is looked for once more after the build's end.
  private func isMarkerWanted(_ item: DeployJob, _ build: Build) -> Bool {
    if markers[build.key]?.isFinal == true { return false }
    guard build.isActive else { return true }
    return item.job.status == .completed || item.job.failedStep != nil
  }

  // MARK: - Actions

  /// The request that serves a task now; `nil` where there is nothing to ask.
  func action(for task: PollTask) -> PollAction? {
    switch task {
    case .runs(let repository): return .listRuns(repository, page: 1)
    case .olderRuns(let repository, let page): return .listRuns(repository, page: page)
    case .workflowRuns(let repository, let workflow):
      return .listWorkflowRuns(
        repository, workflow: workflow, count: min(100, max(30, schedule.recent)))
    case .activeRuns(let repository, let status): return .listActiveRuns(repository, status)
    case .workflows(let repository): return .listWorkflows(repository)
    case .run(let key): return .loadRun(key)
    case .jobs(let key): return runs[key].map { .loadJobs(key, attempt: $0.run.attempt) }
    case .projects(let scope):
      let names = Set(projectDemand(at: .distantPast)[scope]?.keys.map(\.name) ?? [])
      return names.isEmpty ? nil : .loadProjects(scope, names: names.sorted())
    case .buildList(let project): return .listBuilds(project)
    case .builds(let scope):
      // Those that can change come first: history can wait for the next batch.
      let ids = openBuilds(of: scope) + undescribedBuilds(of: scope)
      return ids.isEmpty ? nil : .loadBuilds(scope, ids: Array(ids.prefix(100)))
    case .marker(let build):
      for deploy in joined.joined() {
        for item in deploy.jobs where item.build?.key == build {
          if let location = item.markerLocation { return .readMarker(build, location) }
        }
      }
      return nil
    }
  }
}
