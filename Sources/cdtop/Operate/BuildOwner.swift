import AWS
import Deploys
import Foundation
import GitHub
import Settings

/// Finds the run that a build was started for, and reads no more than can tell.
///
/// The build does not name its run, so its project's builds are held against the jobs of the runs
/// that went on about when it was asked for, as the board does it.
struct BuildOwner {
  let session: Session
  /// The environment whose account the build runs in.
  let environment: Deploys.Environment
  /// When looking is given up.
  let deadline: Date

  /// How long before a run begins and after it ends a build may be asked for that could be mistaken
  /// for one of its own.
  private static let margin: TimeInterval = 600

  /// The run, under its workflow's name as listed; `nil` where none is surely known.
  /// - Throws: `AWSError` where the builds cannot be read. What GitHub does not tell leaves the run
  ///   unknown.
  func run(of key: BuildKey) async throws -> WorkflowRun? {
    let client = try session.aws.client(for: key.scope)
    let ids = try await client.listBuilds(project: key.project)
    let builds = try await client.builds(ids: ids.contains(key.id) ? ids : ids + [key.id])
    guard let build = builds.first(where: { $0.key == key }), build.isActive,
      let start = build.startedAt
    else { return nil }
    var runs: [Int64: WorkflowRun] = [:]
    var jobs: [Job] = []
    for run in await candidates(at: start) {
      // With a part of the jobs another one could look like the build's.
      guard Date() < deadline,
        let all = try? await session.github.jobs(of: run.key, inAttempt: run.attempt)
      else { return nil }
      let asking = all.filter { RunnerKind(of: $0).label?.project == key.project }
      for job in asking { runs[job.id] = run }
      jobs += asking
    }
    let links = Correlator.correlate(jobs: jobs, builds: builds)
    func first(_ link: (Correlation) -> BuildLink?) -> WorkflowRun? {
      let job = jobs.first { job in
        guard let link = links[job.id].flatMap(link) else { return false }
        return link.build == key && link.tier != .ambiguous
      }
      return job.flatMap { runs[$0.id] }
    }
    return first(\.requested) ?? first(\.ranOn)
  }

  /// The runs that deploy to an environment of the same account and went on about a time.
  private func candidates(at time: Date) async -> [WorkflowRun] {
    var found: [WorkflowRun] = []
    for repository in session.configuration.github.repositories where Date() < deadline {
      guard
        let runs = try? await session.github.currentRuns(in: repository).filter({ run in
          let isOver = run.status == .completed
          return run.startedAt.addingTimeInterval(-Self.margin) <= time
            && (!isOver || time <= run.updatedAt.addingTimeInterval(Self.margin))
        }), !runs.isEmpty,
        let workflows = try? await session.github.currentWorkflows(in: repository)
      else { continue }
      let names = Dictionary(
        workflows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
      found += runs.compactMap { run in
        var run = run
        run.workflowName = names[run.workflowID] ?? run.workflowName
        let place = session.finder.place(of: run.workflowName)
        return place?.environment.aws == environment.aws ? run : nil
      }
    }
    return found
  }
}
