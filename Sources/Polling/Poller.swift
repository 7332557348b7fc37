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
  private let now: @Sendable () -> Date
  private var waiter: CheckedContinuation<Void, Never>?
  private var wakeTimer: Task<Void, Never>?
  private var isWakePending = false
  private var publishedAt = Date.distantPast

  /// Creates an engine that has not started.
  /// - Parameters:
  ///   - state: What to watch, and how.
  ///   - github: Answers for the repositories.
  ///   - aws: Answers for the environments' accounts.
  ///   - now: The clock.
  package init(
    state: PollState, github: GitHubClient, aws: AWSClients,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.state = state
    self.github = github
    self.aws = aws
    self.now = now
    (snapshots, publisher) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Polls until the task is cancelled.
  package func run() async {
    await poll { _, _ in false }
    publisher.finish()
  }

  /// Polls until everything was asked once, or until a time; then returns what is known.
  package func settle(until deadline: Date) async -> Snapshot {
    await poll { state, now in state.isSettled(at: now) || now >= deadline }
    return state.snapshot(at: now())
  }

  /// When a repository's runs will next be listed; `nil` while a listing is under way.
  package func nextListing() -> Date? { state.nextListing(after: now()) }

  /// Follows a run that an operation has just created or changed.
  package func track(_ key: RunKey) {
    state.track(key, at: now())
    wake()
  }

  /// Reads a run that somebody looks at, and goes on showing it however old it is.
  package func show(_ key: RunKey) {
    state.show(key, at: now())
    wake()
  }

  /// Watches a repository closely for a run whose id is not known.
  package func expectRun(in repository: RepositoryName) {
    state.expectRun(in: repository, at: now())
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
    state.joined(run, jobs: jobs, at: now())
  }

  // MARK: - The loop

  private func poll(until isDone: (PollState, Date) -> Bool) async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled, !isDone(state, now()) {
        for action in state.due(at: now()) {
          group.addTask { await self.perform(action) }
        }
        await sleep(until: state.nextWake(after: now()))
      }
      group.cancelAll()
    }
  }

  /// Waits for ``wake()`` or a time, at least long enough not to spin on a clock that is behind.
  private func sleep(until wakeAt: Date?) async {
    if isWakePending {
      isWakePending = false
      return
    }
    let pause = max(0.01, min(1, wakeAt?.timeIntervalSince(now()) ?? 1))
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
    } catch {
      guard !Task.isCancelled else { return }
      observation = .failure(PollFailure(error, now: now()))
    }
    let isNews = state.apply(
      observation, of: action, rateLimit: github.latestRateLimit, at: now())
    // Ages and findings move on by themselves; once a second is enough for those.
    if isNews || now().timeIntervalSince(publishedAt) >= 1 {
      publishedAt = now()
      publisher.yield(state.snapshot(at: now()))
    }
    wake()
  }

  private nonisolated func answer(to action: PollAction) async throws -> Observation {
    switch action {
    case .listRuns(let repository, let page):
      .runs(try await github.runs(in: repository, page: page))
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
  init(_ error: any Error, now: Date) {
    switch error {
    case let error as GitHubError:
      self.init(message: error.message, remedy: error.remedy)
      switch error {
      case .rateLimited(let until, _):
        retryAt = until
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
