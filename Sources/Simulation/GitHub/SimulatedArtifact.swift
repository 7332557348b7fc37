import Deploys
import Foundation

/// A file that a run leaves behind.
struct SimulatedArtifact: Sendable {
  let id: Int64
  let name: String
  let createdAt: Instant
  let files: [(name: String, content: Data)]

  /// The zip that a client downloads.
  var archive: Data { StoredArchive.zip(files) }

  /// What the jobs of a run have left by now.
  static func all(of run: RunPlan, in world: World, at now: Instant) -> [SimulatedArtifact] {
    guard world.workflow(of: run).isDeploy else { return [] }
    let attempt = run.attempt(at: now)
    let jobs = attempt.jobs.filter { $0.status(at: now) == .completed && !$0.steps.isEmpty }
    return jobs.prefix(9).enumerated().compactMap { index, job in
      guard let createdAt = job.completedAt else { return nil }
      let hasFailed = job.conclusion != .success
      let text = hasFailed ? JobLog(job, of: run, in: world).text : "image: \(run.sha)\n"
      return SimulatedArtifact(
        id: run.id * 10 + Int64(index),
        name: "\(hasFailed ? "failure-logs" : "manifest")-\(job.key)", createdAt: createdAt,
        files: [(hasFailed ? "logs/build.log" : "manifest.yml", Data(text.utf8))])
    }
  }
}
