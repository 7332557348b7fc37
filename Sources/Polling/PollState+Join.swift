package import Deploys
package import Foundation

extension PollState {
  /// Joins runs, jobs, builds and markers anew after something has changed.
  mutating func rejoin(at now: Date) {
    let time = time(at: now)
    var sections: [[Deploy]] = environments.map { _ in [] }
    for record in runs.values {
      guard let found = classify(record.run) else { continue }
      sections[found.environment].append(deploy(record, found))
    }
    for index in sections.indices {
      sections[index] = shown(sections[index], at: time)
      if let scope = environments[index].aws {
        link(
          &sections[index], scope: scope, marker: environments[index].marker, at: now)
      }
    }
    joined = sections
    joinedAt = now
  }

  /// A run with its jobs, not yet joined with anything.
  func deploy(
    _ record: RunRecord, _ place: (environment: Int, service: String)
  ) -> Deploy {
    var run = record.run
    if let name = workflows[run.key.repository]?[run.workflowID]?.name { run.workflowName = name }
    let jobs = record.currentJobs
    return Deploy(
      run: run, environment: environments[place.environment].name, service: place.service,
      jobs: jobs.map { DeployJob(job: $0, kind: RunnerKind(of: $0)) },
      hasJobs: record.hasJobs, state: DeployState(run: run, jobs: jobs))
  }

  /// Active deploys first, then the recent ones, and failures that nobody has followed up.
  private func shown(_ all: [Deploy], at now: Date) -> [Deploy] {
    let newest = all.sorted {
      ($0.run.createdAt, $0.run.key.id) > ($1.run.createdAt, $1.run.key.id)
    }
    let active = newest.filter { !$0.state.isOver }
    let over = newest.filter(\.state.isOver)
    let heads = Self.heads(of: newest)
    let recent = over.enumerated().filter { offset, deploy in
      offset < schedule.recent || kept.contains(deploy.id)
        || (deploy.state.conclusion?.isFailure == true && heads.contains(deploy.id)
          && Duration(from: deploy.run.updatedAt, to: now) < limits.failure)
    }
    return active + recent.map(\.element)
  }

  /// The runs that no newer run of their service has superseded, among deploys in any order.
  static func heads(ofAll deploys: [Deploy]) -> Set<RunKey> {
    heads(
      of: deploys.sorted {
        ($0.run.createdAt, $0.run.key.id) > ($1.run.createdAt, $1.run.key.id)
      })
  }

  /// The runs that no newer run of their service has superseded.
  ///
  /// A cancelled or skipped run settles nothing, so it supersedes nobody.
  private static func heads(of newestFirst: [Deploy]) -> Set<RunKey> {
    var superseded: Set<String> = []
    var heads: Set<RunKey> = []
    for deploy in newestFirst {
      if !superseded.contains(deploy.service) { heads.insert(deploy.id) }
      switch deploy.state.conclusion {
      case .cancelled, .skipped, .neutral, .stale: break
      case .success, .failure, .timedOut, .actionRequired, .startupFailure, .other, nil:
        superseded.insert(deploy.service)
      }
    }
    return heads
  }

  /// Joins the deploys of one environment with the builds and markers of its account.
  func link(
    _ deploys: inout [Deploy], scope: AWSScope, marker: MarkerTemplate, at now: Date
  ) {
    var jobsByProject: [String: [Job]] = [:]
    for deploy in deploys {
      for item in deploy.jobs {
        guard let label = item.kind.label else { continue }
        jobsByProject[label.project, default: []].append(item.job)
      }
    }
    var links: [Int64: Correlation] = [:]
    for (name, jobs) in jobsByProject {
      let builds = projects[ProjectKey(scope: scope, name: name)]?.builds.values
      links.merge(Correlator.correlate(jobs: jobs, builds: builds.map(Array.init) ?? [])) {
        first, _ in first
      }
    }
    for index in deploys.indices {
      for position in deploys[index].jobs.indices {
        guard let label = deploys[index].jobs[position].kind.label else { continue }
        let key = ProjectKey(scope: scope, name: label.project)
        complete(
          &deploys[index].jobs[position], links[deploys[index].jobs[position].id] ?? .none,
          project: key, template: marker, at: now)
      }
      deploys[index].verdict = verdict(of: deploys[index])
    }
  }

  private func complete(
    _ item: inout DeployJob, _ correlation: Correlation, project: ProjectKey,
    template: MarkerTemplate, at now: Date
  ) {
    item.correlation = correlation
    item.build = correlation.best.flatMap { projects[project]?.builds[$0.build.id] }
    let isKnown = projects[project]?.isListed == true
    item.phase = RunnerPhase(
      job: item.job, build: item.build,
      failure: buildFailure(of: project, at: now) ?? (isKnown ? nil : "not read yet"))
    if let build = item.build {
      item.markerLocation = template.location(for: build.key)
      item.marker = markers[build.key]?.marker ?? .notLooked
    }
  }

  /// The first disagreement among a deploy's jobs, else whether anything could be compared.
  private func verdict(of deploy: Deploy) -> Verdict {
    guard deploy.state.isOver else { return .undecided }
    let verdicts = deploy.jobs.map { Verdict($0) }
    if let found = verdicts.first(where: { if case .disagree = $0 { true } else { false } }) {
      return found
    }
    return verdicts.contains(.agree) ? .agree : .undecided
  }

  // MARK: - The snapshot

  /// Everything that the board shows now.
  package func snapshot(at now: Date) -> Snapshot {
    let time = time(at: now)
    let sections = joined.enumerated().map { index, deploys in
      let heads = Self.heads(ofAll: deploys)
      return Snapshot.Section(
        environment: environments[index],
        deploys: deploys.map { deploy in
          var deploy = deploy
          deploy.findings = Diagnosis.findings(
            in: deploy, isSuperseded: !heads.contains(deploy.id), limits: limits, at: time)
          return deploy
        },
        sources: shown(health(of: index, at: now)))
    }
    return Snapshot(
      takenAt: time, sections: sections, rateLimit: shownLimit,
      pausedUntil: pausedUntil.map(self.time), lastAnswer: lastAnswer.map(self.time), clock: clock,
      isComplete: hasSettled)
  }
}
