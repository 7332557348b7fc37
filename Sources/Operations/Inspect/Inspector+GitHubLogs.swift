import Deploys
import Foundation
import GitHub

extension Inspector {
  /// How long GitHub may take to put a log together after the end.
  private static let composing = Duration.minutes(2)
  /// How far apart two looks at what goes on are.
  private static let lookInterval = Duration.seconds(10)
  /// How far apart two tries for the log of something that has just ended are.
  private static let tryInterval = Duration.seconds(3)

  /// How far something has come that leaves a log at its end.
  private enum Progress {
    case goesOn
    case ended(Date?)
    case neverRan
  }

  /// Brings the log of a job, which GitHub gives when the job is over.
  func bring(job: Int64, of run: RunKey, to thing: Bringing) async throws {
    try await retrying(thing, "this job") {
      try await show(
        .gitHub(github, .jobLog(run.repository, job: job)), kind: "log", in: thing)
    } looking: {
      let job = try await github.job(job, of: run)
      guard job.status == .completed else { return .goesOn }
      return job.runningSince == nil ? .neverRan : .ended(job.completedAt)
    }
  }

  /// Brings the logs of all jobs of an attempt, one after another.
  func bring(attempt: Int, of run: RunKey, to thing: Bringing) async throws {
    try await retrying(thing, "attempt \(attempt)") {
      let zip = try folder.makeFile("zip")
      let receiver = Receiver(zip.bytes, .replacing) { thing.fetching($0) }
      try await Remote.gitHub(github, .attemptLogs(run, attempt: attempt))
        .download(into: receiver)
      try await join(zip, to: thing)
    } looking: {
      let run = try await github.run(run, attempt: attempt)
      return run.status == .completed ? .ended(run.updatedAt) : .goesOn
    }
  }

  /// Fetches a log, and waits for it where what writes it goes on.
  private func retrying(
    _ thing: Bringing, _ name: String, fetch: () async throws -> Void,
    looking look: () async throws -> Progress
  ) async throws {
    var tries = 0
    while true {
      do {
        return try await fetch()
      } catch let error as GitHubError where error.isGone {
        throw Self.gone(name)
      } catch let error as GitHubError where error.isMissing && thing.log == nil {
        switch try await look() {
        case .neverRan:
          throw ReadFailure(
            message: "\(name) never had a runner, so it has no log",
            remedy: "Look at the runner: its build and the findings say why it did not come.")
        case .ended(let end):
          tries += 1
          let patience = Int(
            Self.composing.components.seconds / Self.tryInterval.components.seconds)
          let isFresh = end.map { abs(now().timeIntervalSince($0)) < 300 } ?? true
          guard isFresh, tries <= patience else { throw Self.gone(name) }
          if tries == 1 { thing.fetching(Transfer(received: 0)) }
          try await sleep(Self.tryInterval)
        case .goesOn:
          thing.wait(
            for: ReadFailure(
              .notYet, message: "\(name) still goes on: GitHub gives a log when all is over",
              remedy: "It opens by itself then; the runner's own log can be read meanwhile."))
          try await end(of: look)
        }
      }
    }
  }

  /// Waits until something has ended.
  ///
  /// A look that fails in passing is followed by the next.
  private func end(of look: () async throws -> Progress) async throws {
    var failures = 0
    while true {
      try await sleep(Self.lookInterval)
      do {
        guard case .goesOn = try await look() else { return }
        failures = 0
      } catch let error as GitHubError where error.mayPass {
        failures += 1
        if failures > 5 { throw error }
      }
    }
  }

  private static func gone(_ name: String) -> ReadFailure {
    ReadFailure(
      .gone, message: "GitHub keeps no log of \(name)",
      remedy: "Logs are kept for as long as the repository's settings for Actions say, 90 days "
        + "unless they were changed, or until somebody deletes them.")
  }
}
