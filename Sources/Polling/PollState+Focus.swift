package import Deploys
package import Foundation

extension PollState {
  /// The one attempt of a run that a state looks at, and what it asks about it.
  package struct Focus: Sendable, Hashable {
    /// How much is asked about an attempt beside its run and its jobs.
    package enum Reach: Sendable, Hashable {
      /// Nothing.
      case jobs
      /// The builds of the projects that these jobs name, by job id.
      case builds(of: Set<Int64>)
      /// The builds of every job, their markers, and whether a newer run has followed.
      case everything
    }

    /// The run as it was in the attempt; its workflow's name is taken as it stands.
    package var run: WorkflowRun
    /// The attempt's jobs.
    package var jobs: [Job]
    /// The number of the run's newest attempt.
    package var newestAttempt: Int
    /// How much is asked.
    package var reach: Reach

    /// Creates a focus.
    package init(run: WorkflowRun, jobs: [Job], newestAttempt: Int, reach: Reach) {
      self.run = run
      self.jobs = jobs
      self.newestAttempt = newestAttempt
      self.reach = reach
    }

    /// Whether what is said of a later attempt has to be left aside.
    var isPast: Bool { run.attempt < newestAttempt }
  }

  /// Creates a state that knows one attempt of a run and asks for nothing that does not concern it.
  ///
  /// It lists no other runs but for the newest page of the run's own repository, once in a while and
  /// only where everything is asked: whether a newer run has followed decides what a person is
  /// told to do.
  /// - Parameters:
  ///   - focus: The attempt.
  ///   - environment: The environment that the run deploys to.
  ///   - schedule: How often things are asked for.
  ///   - limits: When a state becomes a finding.
  ///   - seed: Decides the jitter.
  ///   - now: The time.
  package init(
    lookingAt focus: Focus, in environment: Environment, schedule: Schedule = .standard,
    limits: Diagnosis.Limits = Diagnosis.Limits(), seed: UInt64, at now: Date
  ) {
    var schedule = schedule
    // A page of runs, none of which is shown, is all that decides what the newest run is.
    schedule.recent = max(100, schedule.recent)
    let run = focus.run
    self.init(
      environments: [environment], repositories: [run.key.repository], schedule: schedule,
      limits: limits, seed: seed)
    self.focus = focus
    workflows[run.key.repository] = [
      run.workflowID: Workflow(
        id: run.workflowID, name: run.workflowName, path: run.path, state: "")
    ]
    kept.insert(run.key)
    var record = RunRecord(run: run)
    record.isOnNewestPage = false
    record.update(jobs: focus.jobs, attempt: run.attempt, at: time(at: now))
    runs[run.key] = record
    rejoin(at: now)
  }

  /// The listings that tell whether a newer run has followed.
  func focusDesires(_ focus: Focus) -> [Desire] {
    guard focus.reach == .everything else { return [] }
    return [Desire(task: .runs(focus.run.key.repository), interval: .seconds(60))]
  }

  /// How many failures in a row are tried again before the one attempt is told without the answer.
  private static let mostTries = 4

  /// Whether a failing task is tried again before the one attempt counts as read.
  ///
  /// A board shows the failure and goes on; who asks about one run wants the answer.
  func isWorthWaiting(for clock: TaskClock) -> Bool {
    focus != nil && clock.isThrottled && (1..<Self.mostTries).contains(clock.failures)
  }

  /// Whether anything of a run is asked for.
  func isLookedAt(_ key: RunKey) -> Bool { focus.map { $0.run.key == key } ?? true }

  /// Whether the builds of a job's project are asked for.
  func isRunnerWanted(of job: Int64) -> Bool {
    switch focus?.reach {
    case .jobs: false
    case .builds(of: let jobs): jobs.contains(job)
    case .everything, nil: true
    }
  }

  /// Whether markers are looked for.
  var areMarkersWanted: Bool {
    switch focus?.reach {
    case .jobs, .builds: false
    case .everything, nil: true
    }
  }
}
