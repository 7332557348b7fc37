import Foundation

/// What was told of one attempt of a run, or was no news.
struct EventRecord: Sendable, Hashable {
  /// How long a failed run's jobs are waited for, which say what failed.
  static let patience: TimeInterval = 20

  let attempt: Int
  var actor = ""
  /// Whether what is seen of it now may have been so before anybody watched.
  var isSilent: Bool
  private(set) var isOver = false
  private var hasBeenActive = false
  private var hasStarted = false
  /// The jobs that wait or waited for a person; 0 for the run itself.
  private var asked: Set<Int64> = []
  private var endSeenAt: Date?

  init(attempt: Int, isSilent: Bool) {
    self.attempt = attempt
    self.isSilent = isSilent
  }

  /// Takes in how the deploy is now, and gives what is new of it.
  mutating func take(_ deploy: Deploy, at now: Date) -> [DeployEvent] {
    guard !isOver else { return [] }
    guard let conclusion = deploy.state.conclusion else {
      endSeenAt = nil
      hasBeenActive = true
      let events = takeActive(deploy)
      return isSilent ? [] : events
    }
    let kind = DeployEvent.Kind(conclusion)
    guard kind.isEnd else {
      let events = ask([0], deploy)
      return isSilent ? [] : events
    }
    let isNews = !isSilent || hasBeenActive
    guard !isNews || !conclusion.isFailure || saysWhatFailed(deploy, at: now) else { return [] }
    isOver = true
    return isNews ? [DeployEvent(kind, of: deploy)] : []
  }

  private mutating func takeActive(_ deploy: Deploy) -> [DeployEvent] {
    var events: [DeployEvent] = []
    if deploy.hasStarted, !hasStarted {
      hasStarted = true
      events.append(DeployEvent(.started, of: deploy))
    }
    let waiting = deploy.jobs.filter { $0.job.status == .waiting }.map(\.id)
    return events + ask(waiting, deploy)
  }

  private mutating func ask(_ jobs: [Int64], _ deploy: Deploy) -> [DeployEvent] {
    guard let first = jobs.filter({ !asked.contains($0) }).min() else { return [] }
    asked.formUnion(jobs)
    return [DeployEvent(.needsApproval, of: deploy, job: first == 0 ? nil : first)]
  }

  /// Whether the jobs of a failed run were read after its end, or are waited for no longer.
  private mutating func saysWhatFailed(_ deploy: Deploy, at now: Date) -> Bool {
    if deploy.hasJobs, deploy.jobs.allSatisfy({ $0.job.status == .completed }) { return true }
    guard let endSeenAt else {
      endSeenAt = now
      return false
    }
    // A clock that was set back must not hold an event for as long.
    return now < endSeenAt || now.timeIntervalSince(endSeenAt) >= Self.patience
  }
}

extension Deploy {
  /// Whether a job of this attempt runs or has run; a retry of failed jobs keeps the others as they
  /// ended in the attempt before.
  fileprivate var hasStarted: Bool {
    if jobs.isEmpty { return state == .running }
    return jobs.contains { item in
      item.job.status == .inProgress || item.job.runningSince.map { $0 >= run.startedAt } == true
    }
  }
}
