package import AWS
package import Deploys
package import Foundation
package import GitHub
import Synchronization

/// Performs what ``PollState`` asks for and publishes a snapshot after every change.
///
/// Nothing is thrown at the reader of ``snapshots``: a failing source is a part of the snapshot.
package actor Poller {
  /// The newest snapshot, and after it each newer one; a slow reader skips those between.
  package nonisolated let snapshots: AsyncStream<Snapshot>

  private let publisher: AsyncStream<Snapshot>.Continuation
  private var state: PollState
  private let github: GitHubClient
  private let aws: AWSClients
  /// This machine's clock, which may be wrong, and may be set while the engine runs.
  private let now: @Sendable () -> Date
  private let start: (time: Date, instant: ContinuousClock.Instant)
  /// How far the servers' clock is ahead of the schedule's, in seconds; `nil` while nobody knows.
  private var serverLead: TimeInterval?
  private var waiter: CheckedContinuation<Void, Never>?
  private var wakeTimer: Task<Void, Never>?
  private var isWakePending = false
  private var publishedAt = Date.distantPast

  /// Creates an engine that has not started.
  /// - Parameters:
  ///   - state: What to watch, and how.
  ///   - github: Answers for the repositories.
  ///   - aws: Answers for the environments' accounts.
  ///   - now: This machine's clock. The schedule goes by one of its own, which nobody sets.
  package init(
    state: PollState, github: GitHubClient, aws: AWSClients,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.state = state
    self.github = github
    self.aws = aws
    self.now = now
    start = (now(), .now)
    (snapshots, publisher) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    // Who has asked with the same client before has heard the time already.
    serverLead = github.clockOffset.map { $0 / .seconds(1) }
    let clock = Self.clock(at: start.time, machine: start.time, serverLead)
    self.state.setClock(clock.time, error: clock.error, at: start.time)
  }

  /// Polls until the task is cancelled.
  package func run() async {
    await poll { _, _ in false }
    publisher.finish()
  }

  /// Polls until everything was asked once, or until a time; then returns what is known.
  package func settle(until deadline: Date) async -> Snapshot {
    await poll { [now] state, moment in state.isSettled(at: moment) || now() >= deadline }
    setClock()
    return state.snapshot(at: moment)
  }

  /// When a repository's runs will next be listed, as a snapshot tells times; `nil` while a listing is
  /// under way.
  package func nextListing() -> Date? { state.nextListing(after: moment).map(state.time) }

  /// Follows a run that an operation has just created or changed.
  package func track(_ key: RunKey) {
    state.track(key, at: moment)
    wake()
  }

  /// Reads a run that somebody looks at, and goes on showing it however old it is.
  package func show(_ key: RunKey) {
    state.show(key, at: moment)
    wake()
  }

  /// Watches a repository closely for a run whose id is not known.
  package func expectRun(in repository: RepositoryName) {
    state.expectRun(in: repository, at: moment)
    wake()
  }

  /// Asks for everything anew.
  package func refresh() {
    state.refreshAll()
    wake()
  }

  /// Joins one attempt of a run with the builds and markers that are known by now; `nil` where the
  /// run deploys to no environment.
  ///
  /// Asks nobody. What it finds of an attempt that a newer one has followed needs no person.
  package func joined(_ run: WorkflowRun, jobs: [Job]) -> Deploy? {
    state.joined(run, jobs: jobs, at: moment)
  }

  // MARK: - The clocks

  /// The time by the schedule's clock: it begins with this machine's and goes on by itself, also while
  /// the machine sleeps or its clock is set.
  private var moment: Date {
    start.time.addingTimeInterval(start.instant.duration(to: .now) / .seconds(1))
  }

  /// A time of this machine's clock by the schedule's.
  private func scheduled(_ date: Date) -> Date {
    let gap = now().timeIntervalSince(moment)
    return abs(gap) > 1 ? date.addingTimeInterval(-gap) : date
  }

  /// Takes in what GitHub's newest answer has told about the clocks.
  private func noteClock() {
    guard let offset = github.clockOffset else { return }
    serverLead = now().timeIntervalSince(moment) + offset / .seconds(1)
  }

  /// Sets the clock that is gone by, which changes too where somebody sets this machine's.
  private func setClock() {
    let clock = Self.clock(at: moment, machine: now(), serverLead)
    state.setClock(clock.time, error: clock.error, at: moment)
  }

  private static func clock(
    at moment: Date, machine: Date, _ serverLead: TimeInterval?
  ) -> (time: Date, error: ClockError?) {
    let error = serverLead.flatMap { lead in
      ClockError(ahead: .seconds(machine.timeIntervalSince(moment) - lead))
    }
    return (error?.corrected(machine) ?? machine, error)
  }

  // MARK: - The loop

  private func poll(until isDone: (PollState, Date) -> Bool) async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled, !isDone(state, moment) {
        for action in state.due(at: moment) {
          group.addTask { await self.perform(action) }
        }
        await sleep(until: state.nextWake(after: moment))
      }
      group.cancelAll()
    }
  }

  /// Waits for ``wake()`` or a time, at least long enough not to spin on one that has just passed.
  private func sleep(until wakeAt: Date?) async {
    if isWakePending {
      isWakePending = false
      return
    }
    let pause = max(0.01, min(1, wakeAt?.timeIntervalSince(moment) ?? 1))
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiter = continuation
        wakeTimer = Task {
          try? await Task.sleep(for: .seconds(pause))
          guard !Task.isCancelled else { return }
          self.wake()
        }
      }
    } onCancel: {
      Task { await self.wake() }
    }
    isWakePending = false
  }

  private func wake() {
    wakeTimer?.cancel()
    wakeTimer = nil
    guard let waiter else {
      isWakePending = true
      return
    }
    self.waiter = nil
    waiter.resume()
  }

  private func perform(_ action: PollAction) async {
    let observation: Observation
    do {
      observation = try await answer(to: action)
      if action.task.isGitHub { noteClock() }
    } catch {
      guard !Task.isCancelled else { return }
      observation = .failure(PollFailure(error, now: moment, scheduled: scheduled))
    }
    setClock()
    var limit = github.latestRateLimit
    if let reset = limit?.resetsAt { limit?.resetsAt = scheduled(reset) }
    let isNews = state.apply(observation, of: action, rateLimit: limit, at: moment)
    // Ages and findings move on by themselves; once a second is enough for those.
    if isNews || moment.timeIntervalSince(publishedAt) >= 1 {
      publishedAt = moment
      publisher.yield(state.snapshot(at: moment))
    }
    wake()
  }

  private nonisolated func answer(to action: PollAction) async throws -> Observation {
    switch action {
    case .listRuns(let repository, let page):
      .runs(try await github.runs(in: repository, page: page))
    case .listWorkflowRuns(let repository, let workflow, let count):
      .runs(try await github.runs(ofWorkflow: workflow, in: repository, count: count))
    case .listActiveRuns(let repository, let status):
      .runs(try await github.runs(in: repository, status: status))
    case .listWorkflows(let repository):
      .workflows(try await github.workflows(in: repository))
    case .loadRun(let key):
      .run(try await github.run(key))
    case .loadJobs(let key, let attempt):
      .jobs(try await github.jobs(of: key, attempt: attempt))
    case .loadProjects(let scope, let names):
      .projects(try await aws.client(for: scope).projects(names: names))
    case .listBuilds(let project):
      .buildIDs(try await aws.client(for: project.scope).listBuilds(project: project.name))
    case .loadBuilds(let scope, let ids):
      .builds(try await aws.client(for: scope).builds(ids: ids))
    case .readMarker(let build, let location):
      .marker(try await aws.client(for: build.scope).marker(at: location))
    }
  }
}

extension PollFailure {
  /// Reads what the schedule needs from a client's error.
  /// - Parameters:
  ///   - error: The error.
  ///   - now: The time by the schedule's clock.
  ///   - scheduled: Turns a time of this machine's clock into one of the schedule's.
  init(_ error: any Error, now: Date, scheduled: (Date) -> Date) {
    switch error {
    case let error as GitHubError:
      self.init(message: error.message, remedy: error.remedy)
      switch error {
      case .rateLimited(let until, _):
        retryAt = scheduled(until)
        pausesGitHub = true
      case .unauthorized:
        retryAt = now.addingTimeInterval(30)
        pausesGitHub = true
      case .notFound:
        isNotFound = true
      default: break
      }
    case let error as AWSError:
      self.init(message: error.message, remedy: error.remedy)
      retryAt = error.retryAfter.map { now.addingTimeInterval($0.seconds) }
      if case .throttled = error { isThrottled = true }
    default:
      self.init(
        message: "unexpected: \(type(of: error))", remedy: "Report this with the steps to see it.")
    }
  }
}
