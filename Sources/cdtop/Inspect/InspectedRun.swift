import Deploys
import Foundation
import GitHub
import Operations
import Polling
import Transport

/// A run that a command looks into, joined with its runners and markers.
struct InspectedRun: Sendable {
  /// The attempt that was asked for.
  var deploy: Deploy
  /// The environment that it deploys to.
  var environment: Environment
  /// The newest attempt's number.
  var newestAttempt: Int
  /// The run's earlier attempts, the first first; without the one that was asked for.
  var otherAttempts: [WorkflowRun]
  /// What was known of every source when the run was joined.
  var snapshot: Snapshot

  /// Where the run's failed builds leave files; none where nothing is configured.
  var failureFiles: [(job: DeployJob, container: FileContainer)] {
    guard let template = environment.failureArtifacts else { return [] }
    return deploy.jobs.compactMap { item in
      guard let build = item.build, item.job.conclusion?.isFailure == true else { return nil }
      return (item, .failureFiles(build.key, template.location(for: build.key)))
    }
  }
}

extension Session {
  /// Does some work, and then gives back what it has fetched and connected, however it ended.
  /// - Throws: What the work throws.
  func closing(after work: () async throws -> Void) async throws {
    let result: Result<Void, any Error>
    do {
      result = .success(try await work())
    } catch {
      result = .failure(error)
    }
    await inspector.close()
    await transport.shutdown()
    try result.get()
  }

  /// Finds a run and joins it.
  /// - Parameters:
  ///   - text: A run's id or URL, or `SERVICE@ENV`.
  ///   - attempt: The attempt; `nil` for the newest.
  ///   - patience: How many seconds to wait for slow servers.
  /// - Returns: The attempt, joined.
  /// - Throws: An exit code, after having said what is wrong.
  func inspected(
    _ text: String, attempt: Int? = nil, patience: Int = 60
  ) async throws -> InspectedRun {
    let finder = DeployFinder(configuration: configuration, github: github)
    do {
      let found = try await finder.run(text)
      return try await inspected(found, attempt: attempt, patience: patience)
    } catch let error as GitHubError {
      throw Console.failure(error.message, remedy: error.remedy)
    }
  }

  private func inspected(
    _ found: DeployFinder.FoundRun, attempt: Int?, patience: Int
  ) async throws -> InspectedRun {
    let key = found.run.key
    let newest = found.run.attempt
    if let attempt, attempt < 1 || attempt > newest {
      throw Console.failure(
        "run \(key.id) has no attempt \(attempt): it has \(newest)",
        remedy: "Leave --attempt out for the newest.")
    }
    await poller.show(key)
    let snapshot = await poller.settle(
      until: Date().addingTimeInterval(TimeInterval(max(1, patience))))
    var known = snapshot.deploy(key)
    let wanted = attempt ?? known?.run.attempt ?? newest
    if known?.run.attempt != wanted || known?.hasJobs != true {
      let run = wanted == newest ? found.run : try await github.run(key, attempt: wanted)
      known = await poller.joined(run, jobs: try await github.jobs(of: key, inAttempt: wanted))
    }
    guard let deploy = known else {
      throw Console.failure(
        "run \(key.id) could not be joined with its environment",
        remedy: "Try again; `cdtop runs` shows which source does not answer.")
    }
    var others: [WorkflowRun] = []
    // More than these nobody reads, and each one is a request.
    for number in 1...max(1, newest) where number != wanted && number > newest - 10 {
      others.append(try await github.run(key, attempt: number))
    }
    return InspectedRun(
      deploy: deploy, environment: found.environment, newestAttempt: newest,
      otherAttempts: others, snapshot: snapshot)
  }
}
