import Deploys
import Foundation
import GitHub

extension Inspector {
  /// For so long after the end a log that is missing is not there yet, rather than gone.
  private static let composing = Duration.minutes(10)
  /// How far apart two looks at what goes on are.
  private static let lookInterval = Duration.seconds(10)
  /// How far apart the tries for the log of something that has just ended are; the last one goes on.
  private static let tryIntervals = [2, 3, 5, 8, 12, 20, 30].map(Duration.seconds)

  /// How far something has come that leaves a log at its end.
  private enum Progress {
    case goesOn
    case ended(Date?)
    case neverRan
  }

  /// Brings the log of a job, which GitHub gives when the job is over.
  func bring(job: Int64, of run: RunKey, to thing: Bringing) async throws {
    try await retrying(thing, .job) {
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
    try await retrying(thing, .attempt(attempt)) {
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

  /// Fetches a log, and waits for it where what writes it goes on or has just ended.
  private func retrying(
    _ thing: Bringing, _ log: MissingLog, fetch: () async throws -> Void,
    looking look: () async throws -> Progress
  ) async throws {
    var tries = 0
    var since: Date?
    while true {
      do {
        return try await fetch()
      } catch let error as GitHubError where error.isGone {
        // Its age tells why; who cannot be told it is told that it is gone all the same.
        guard case .ended(let end)? = try? await look() else { throw log.gone(age: nil) }
        throw log.gone(age: end.map { now().timeIntervalSince($0) })
      } catch let error as GitHubError where error.isMissing && thing.log == nil {
        switch try await look() {
        case .neverRan:
          throw ReadFailure(
            message: "\(log.owner) never had a runner, so it has no log",
            remedy: "Look at the runner: its build and the findings say why it did not come.")
        case .ended(let end):
          let first = since ?? now()
          since = first
          let age = now().timeIntervalSince(end ?? first)
          // A clock that is behind GitHub's must not make it wait for ever.
          let patience = Self.composing.timeInterval
          guard age < patience, now().timeIntervalSince(first) < patience else {
            throw log.gone(age: age)
          }
          thing.wait(for: log.notComposed)
          try await sleep(Self.tryIntervals[min(tries, Self.tryIntervals.count - 1)])
          tries += 1
        case .goesOn:
          thing.wait(for: log.goesOn)
          try await self.end(of: look)
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
}

/// A log that GitHub does not give, and why.
private enum MissingLog {
  case job
  case attempt(Int)

  /// What the log is of.
  var owner: String {
    switch self {
    case .job: "this job"
    case .attempt(let number): "attempt \(number)"
    }
  }

  /// What writes it goes on.
  var goesOn: ReadFailure {
    ReadFailure(
      .notYet, message: "\(owner) still goes on: GitHub gives a log when all is over",
      remedy: "The runner's own log can be read meanwhile.")
  }

  /// It has just ended.
  var notComposed: ReadFailure {
    let log =
      switch self {
      case .job: "the job's log"
      case .attempt: "the logs of \(owner)"
      }
    return ReadFailure(
      .notYet, message: "GitHub has not put \(log) together yet",
      remedy: "That takes some moments after the end.")
  }

  /// There is none any more, or there never was one.
  /// - Parameter age: The seconds since the end; `nil` where that is not known.
  /// - Returns: What to say, which fits the age.
  func gone(age: TimeInterval?) -> ReadFailure {
    // The shortest time that GitHub lets anybody keep logs is a day.
    guard let age, age < 86_400 else {
      let usual = age == nil ? "" : ", 90 days unless they were changed"
      return ReadFailure(
        .gone, message: "GitHub keeps no log of \(owner)",
        remedy: "Logs are kept for as long as the repository's settings for Actions say\(usual), "
          + "or until somebody deletes them.")
    }
    return ReadFailure(
      .gone, message: "GitHub has no log of \(owner), which ended less than a day ago",
      remedy: "Somebody has deleted it, or the runner was lost before it could send it; "
        + "the runner's own log may be there.")
  }
}

extension Duration {
  fileprivate var timeInterval: TimeInterval { TimeInterval(components.seconds) }
}
