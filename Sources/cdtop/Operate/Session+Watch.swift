import Deploys
import Foundation
import GitHub
import Operations

extension Session {
  /// How often a run that was just made or retried is looked for, a second apart.
  private static let looks = 60

  /// Finds runs and workflows by what a person types.
  var finder: DeployFinder { DeployFinder(configuration: configuration, github: github) }

  /// Follows a run to its end, as `cdtop run ID --watch --exit-status` does.
  /// - Parameters:
  ///   - key: The run; `nil` where it is not known.
  ///   - attempt: The attempt that was just asked for; what is said of earlier ones is old news.
  ///   - json: Whether JSON is printed, one line a change.
  /// - Throws: An exit code, after having said what is wrong.
  func watch(_ key: RunKey?, fromAttempt attempt: Int = 1, json: Bool) async throws {
    guard let key else {
      throw Console.failure(
        "the run is not known, so it cannot be followed",
        remedy: "`cdtop runs` shows it as soon as GitHub lists it.", code: Exit.partial)
    }
    for _ in 0..<Self.looks {
      do {
        let run = try await github.currentRun(key)
        if run.attempt >= attempt {
          try await RunDisplay(
            session: self, json: json, isFollowing: true, demandsSuccess: true
          ).show(run.url)
          return
        }
      } catch GitHubError.notFound {
        // A new run is not there at once.
      }
      try await Task.sleep(for: .seconds(1))
    }
    throw Console.failure(
      "attempt \(attempt) of run \(key.id) does not appear, so it cannot be followed",
      remedy: "`cdtop run \(key.id) --watch` follows it once it is there.", code: Exit.partial)
  }

  /// Waits for the run that a new tag starts.
  /// - Throws: An exit code, after having said that none has started.
  func run(of target: WorkflowTarget, startedBy tag: String) async throws -> RunKey {
    for _ in 0..<Self.looks {
      let runs = try await github.newestRuns(
        of: target.workflowID, in: target.repository, status: nil, count: 20)
      if let run = runs.first(where: { $0.ref == tag }) { return run.key }
      try await Task.sleep(for: .seconds(1))
    }
    throw Console.failure(
      "the tag \(tag) is there, and within a minute it has started no run of "
        + target.workflowName,
      remedy: "Look whether the workflow listens to such tags.", code: Exit.partial)
  }
}
