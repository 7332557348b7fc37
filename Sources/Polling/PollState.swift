package import Deploys
package import Foundation

/// What the polling engine knows and wants, as a value: asks for actions and takes in what came.
///
/// No method waits, so no decision ever straddles a suspension; ``Poller`` performs the actions.
package struct PollState: Sendable {
  /// The environments, in configured order.
  package let environments: [Environment]
  /// The repositories to watch.
  package let repositories: [RepositoryName]
  /// How often things are asked for.
  package let schedule: Schedule
  /// When a state becomes a finding.
  package let limits: Diagnosis.Limits

  /// The one attempt that is looked at; `nil` where all runs are.
  var focus: Focus?
  var runs: [RunKey: RunRecord] = [:]
  /// Runs to be shown that no listing has brought yet, and until when they are looked for.
  var awaited: [RunKey: Date] = [:]
  /// Runs that somebody looks at, which are shown however old they are.
  var kept: Set<RunKey> = []
  var workflows: [RepositoryName: [Int64: Workflow]] = [:]
  var projects: [ProjectKey: ProjectRecord] = [:]
  var markers: [BuildKey: MarkerRecord] = [:]
  var clocks: [PollTask: TaskClock] = [:]
  var failing: [PollTask: SourceHealth.Failure] = [:]
  var answered: [SourceHealth.Source: Date] = [:]
  /// How far a repository's runs have been looked through.
  var searches: [RepositoryName: RunSearch] = [:]
  /// The workflows that deploy somewhere, by id in ascending order.
  var deploying: [RepositoryName: [Int64]] = [:]
  /// What answers that did not hold everything have left out.
  var partial: [PollTask: SourceHealth.Failure] = [:]
  /// Repositories in which a person has just done something, and until when.
  var hot: [RepositoryName: Date] = [:]
  var rateLimit: RateLimit?
  var pausedUntil: Date?
  var lastAnswer: Date?
  var budget = Budget()
  /// What was wanted when it was last asked; ages and answers change it.
  var wanted: [Desire] = []
  var wantedAt = Date.distantPast
  /// Whether everything that was wanted at first has been asked for once.
  var hasSettled = false
  /// The deploys to show, by environment, without findings.
  var joined: [[Deploy]]
  /// When they were last joined.
  var joinedAt = Date.distantPast
  /// How far the time that the servers' times are compared with is ahead of the schedule's, in
  /// seconds.
  var lead: TimeInterval = 0
  /// By how much this machine's clock is wrong; `nil` where it is right, or nobody knows.
  var clock: ClockError?
  private var classifier: Classifier
  private var jitter: Jitter

  /// Creates a state that knows nothing.
  /// - Parameters:
  ///   - environments: In configured order; a run belongs to the first that matches.
  ///   - repositories: The repositories to watch.
  ///   - schedule: How often things are asked for.
  ///   - limits: When a state becomes a finding.
  ///   - seed: Decides the jitter, so that a test can repeat itself.
  package init(
    environments: [Environment], repositories: [RepositoryName],
    schedule: Schedule = .standard, limits: Diagnosis.Limits = Diagnosis.Limits(),
    seed: UInt64
  ) {
    self.environments = environments
    self.repositories = repositories
    self.schedule = schedule
    self.limits = limits
    joined = environments.map { _ in [] }
    classifier = Classifier(environments: environments)
    jitter = Jitter(seed: seed)
  }

  // MARK: - Asking

  /// The actions to start now; they count as under way from here on.
  package mutating func due(at now: Date) -> [PollAction] {
    expire(at: now)
    let free = schedule.concurrency - clocks.values.count(where: \.isInFlight)
    guard free > 0 else { return [] }
    let ready =
      wanted
      .map { (task: $0.task, due: dueAt($0, at: now)) }
      .filter { $0.due <= now && clocks[$0.task]?.isInFlight != true }
      .sorted { $0.due < $1.due }
    var actions: [PollAction] = []
    for (task, _) in ready {
      guard actions.count < free else { break }
      guard let action = action(for: task) else { continue }
      clocks[task, default: TaskClock()].lastStart = now
      clocks[task]?.isInFlight = true
      clocks[task]?.isAskedAgain = false
      clocks[task]?.jitter = jitter.next()
      actions.append(action)
    }
    return actions
  }

  /// When ``due(at:)`` will next have something to say; `nil` while only answers can change that.
  package func nextWake(after now: Date) -> Date? {
    wanted
      .filter { clocks[$0.task]?.isInFlight != true }
      .map { dueAt($0, at: now) }
      .min()
  }

  /// When a repository's runs will next be listed; `nil` while each listing is under way.
  package func nextListing(after now: Date) -> Date? {
    wanted
      .filter { desire in
        if case .runs = desire.task { clocks[desire.task]?.isInFlight != true } else { false }
      }
      .map { dueAt($0, at: now) }
      .min()
  }

  /// Whether everything that is wanted has been asked for once and answered, well or badly.
  package func isSettled(at now: Date) -> Bool {
    (wantedAt == .distantPast ? desires(at: now) : wanted).allSatisfy { desire in
      // What a server asked to leave alone cannot be waited for.
      if desire.task.isGitHub, let pausedUntil, pausedUntil > now {
        return clocks[desire.task]?.isInFlight != true
      }
      guard let clock = clocks[desire.task] else { return false }
      guard !clock.isInFlight, clock.lastStart != nil else { return false }
      if isWorthWaiting(for: clock) { return false }
      return !desire.isUrgent || clock.failures > 0
    }
  }

  private func dueAt(_ desire: Desire, at now: Date) -> Date {
    let clock = clocks[desire.task] ?? TaskClock()
    let stretch = desire.task.isGitHub ? budget.stretch(for: rateLimit, at: now) : 1
    let due = clock.dueAt(interval: desire.interval, stretch: stretch, schedule: schedule)
    guard desire.task.isGitHub, let pausedUntil else { return due }
    return max(due, pausedUntil)
  }

  private mutating func expire(at now: Date) {
    if let until = pausedUntil, until <= now { pausedUntil = nil }
    hot = hot.filter { $0.value > now }
    awaited = awaited.filter { $0.value > now }
    if now.timeIntervalSince(wantedAt) >= 1 {
      wanted = desires(at: now)
      wantedAt = now
    }
    let tasks = Set(wanted.map(\.task))
    for (task, clock) in clocks where !clock.isInFlight && !tasks.contains(task) {
      clocks[task] = nil
      failing[task] = nil
    }
  }

  // MARK: - What a person did

  /// Follows a run that an operation has just created or changed: it is read at once.
  package mutating func track(_ key: RunKey, at now: Date) {
    hot[key.repository] = now.addingTimeInterval(90)
    if runs[key] == nil { awaited[key] = now.addingTimeInterval(120) }
    runs[key]?.areJobsFinal = false
    runs[key]?.isOnNewestPage = false
    for task in [PollTask.run(key), .jobs(key), .runs(key.repository)] { askAgain(task) }
    wantedAt = .distantPast
  }

  /// Reads a run that somebody looks at, and goes on showing it however old it is.
  package mutating func show(_ key: RunKey, at now: Date) {
    kept.insert(key)
    if runs[key] == nil { awaited[key] = now.addingTimeInterval(120) }
    rejoin(at: now)
    wantedAt = .distantPast
  }

  /// Watches a repository closely for a run whose id is not known.
  package mutating func expectRun(in repository: RepositoryName, at now: Date) {
    hot[repository] = now.addingTimeInterval(90)
    askAgain(.runs(repository))
    wantedAt = .distantPast
  }

  /// Makes everything due, except what a server has asked to wait for.
  package mutating func refreshAll() {
    for task in Array(clocks.keys) { askAgain(task) }
  }

  /// Makes a task due at once, even if an answer that may already be old is on its way.
  mutating func askAgain(_ task: PollTask) {
    guard var clock = clocks[task] else { return }
    clock.lastStart = clock.isInFlight ? clock.lastStart : nil
    clock.isAskedAgain = clock.isInFlight
    clocks[task] = clock
  }

  // MARK: - Classification

  /// The environment's index and the service that a run deploys; `nil` for other workflows.
  mutating func classify(_ run: WorkflowRun) -> (environment: Int, service: String)? {
    let listed = workflows[run.key.repository]?[run.workflowID]?.name
    return classifier.classify(listed ?? run.workflowName)
  }

  /// The environment's index and the service that a workflow deploys, by its name as listed.
  mutating func classify(name: String) -> (environment: Int, service: String)? {
    classifier.classify(name)
  }
}
