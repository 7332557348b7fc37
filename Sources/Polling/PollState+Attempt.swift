package import Deploys
package import Foundation

extension PollState {
  /// Joins one attempt of a run, the newest or an older one, with the builds and markers that are
  /// known.
  ///
  /// The other shown deploys of the environment stand beside it, so that it gets no build that is
  /// rather theirs. An attempt that a newer one has followed needs no person: its findings say so.
  /// - Parameters:
  ///   - run: The run as it was in the attempt.
  ///   - jobs: The attempt's jobs.
  ///   - now: The time.
  /// - Returns: The attempt as a deploy; `nil` where the run deploys to no environment.
  package mutating func joined(_ run: WorkflowRun, jobs: [Job], at now: Date) -> Deploy? {
    guard let place = classify(run) else { return nil }
    let known = runs[run.key]
    var record = RunRecord(run: run)
    record.jobs = jobs.map { known?.released($0) ?? $0 }
    record.jobsAttempt = run.attempt
    let environment = environments[place.environment]
    let others = joined[place.environment].compactMap { Self.rival($0, of: record) }
    var all = [deploy(record, place)] + others
    if let scope = environment.aws {
      link(&all, scope: scope, marker: environment.marker, at: now)
    }
    var deploy = all[0]
    let newest = max(known?.run.attempt ?? 1, run.attempt, focus?.newestAttempt ?? 1)
    let isFollowed = run.attempt < newest
    var head = deploy
    // An attempt tells its own beginning as the run's creation; the run's own decides what is newer.
    head.run.createdAt = known?.run.createdAt ?? run.createdAt
    let heads = Self.heads(ofAll: [head] + others.filter { $0.id != run.key })
    deploy.findings = Diagnosis.findings(
      in: deploy, isSuperseded: isFollowed || !heads.contains(run.key), limits: limits,
      at: time(at: now))
    if isFollowed {
      for index in deploy.findings.indices {
        deploy.findings[index].needsPerson = false
        deploy.findings[index].action = "Attempt \(newest) of the run has followed; see that one."
      }
    }
    return deploy
  }

  /// A shown deploy as far as it can claim builds beside an attempt; `nil` for the attempt itself.
  private static func rival(_ deploy: Deploy, of record: RunRecord) -> Deploy? {
    guard deploy.id == record.run.key else { return deploy }
    guard deploy.run.attempt != record.run.attempt else { return nil }
    var rival = deploy
    // A job that was not run again stands in each attempt.
    rival.jobs.removeAll { item in
      record.jobs.contains { job in
        job.id == item.id
          || (job.name == item.job.name && job.runningSince != nil
            && job.runningSince == item.job.runningSince)
      }
    }
    return rival
  }
}

extension RunRecord {
  /// A job with the moment of its release, where that was seen.
  fileprivate func released(_ job: Job) -> Job {
    var job = job
    job.releasedAt = job.releasedAt ?? jobs.first { $0.id == job.id }?.releasedAt
    return job
  }
}
