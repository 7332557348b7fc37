import Deploys
import Foundation

/// Jobs, their logs and what was said about them, and the runners they run on.
enum JobEndpoints {
  static let routes: [GitHubRoute] = [
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runs/:run_id/jobs", list),
    GitHubRoute(
      "GET", "/repos/:owner/:repo/actions/runs/:run_id/attempts/:attempt/jobs", list),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/jobs/:job_id", get),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/jobs/:job_id/logs", logs),
    GitHubRoute("GET", "/repos/:owner/:repo/check-runs/:job_id/annotations", annotations),
    GitHubRoute("GET", "/repos/:owner/:repo/actions/runners", runners),
  ]

  @Sendable static func list(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let run = try call.run(in: world)
    var attempts = [run.attempt(at: call.now)]
    if call.captures["attempt"] != nil {
      attempts = [try RunEndpoints.find(try call.number("attempt"), of: run, at: call.now)]
    } else if call.target["filter"] == "all" {
      attempts = run.attempts.filter { $0.startedAt <= call.now }.reversed()
    }
    let all = attempts.flatMap { attempt in
      attempt.jobs.filter { $0.createdAt <= call.now }.map { (attempt, $0) }
    }
    let id = world.catalogue.repositories[run.repository].id
    let page = GitHubPage(of: all, call: call, repositoryID: id)
    let renderer = GitHubRenderer(world, call)
    return .json(
      [
        "total_count": .count(all.count),
        "jobs": .array(page.elements.map { renderer.job($0.1, of: $0.0, run: run) }),
      ], headers: page.headers)
  }

  @Sendable static func get(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let (run, attempt, job) = try call.job(in: world)
    return .json(GitHubRenderer(world, call).job(job, of: attempt, run: run))
  }

  /// Only a finished job has a log, and one that never had a runner has none.
  @Sendable static func logs(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let (_, _, job) = try call.job(in: world)
    guard job.status(at: call.now) == .completed, !job.steps.isEmpty else { throw .notFound }
    return .redirect(to: BlobLink(kind: .jobLog, id: String(job.id)).url(for: call, in: world))
  }

  @Sendable static func annotations(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let (run, _, job) = try call.job(in: world)
    let workflow = world.workflow(of: run)
    guard job.status(at: call.now) == .completed else { return .json([]) }
    func annotation(_ level: String, _ message: String) -> JSON {
      [
        "path": job.lostRunner ? ".github" : .string(workflow.path), "blob_href": "",
        "start_line": 1, "start_column": nil, "end_line": 1, "end_column": nil,
        "annotation_level": .string(level), "title": "", "message": .string(message),
        "raw_details": "",
      ]
    }
    var found: [JSON] = []
    if job.lostRunner {
      found.append(
        annotation(
          "failure",
          "The self-hosted runner: \(job.runner?.name ?? "") lost communication with the server. "
            + "Verify the machine is running and has a healthy network connection."))
    } else if job.conclusion == .failure {
      found.append(annotation("failure", "Process completed with exit code 1."))
    } else if job.conclusion == .cancelled {
      found.append(annotation("failure", "The operation was canceled."))
    }
    return .json(.array(found))
  }

  /// The runners that are there: each is gone with its job.
  @Sendable static func runners(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let place = try call.repository(in: world)
    let entry = world.catalogue.repositories[place]
    var runners: [JSON] = []
    for id in entry.runIDs {
      guard let run = world.runs[id] else { continue }
      for job in run.attempt(at: call.now).jobs
      where job.ranOn != nil && job.status(at: call.now) == .inProgress {
        guard let runner = job.runner else { continue }
        runners.append([
          "id": .int(runner.id), "name": .string(runner.name), "os": "linux",
          "status": "online", "busy": true, "ephemeral": true, "runner_group_id": 1,
          "labels": .array(job.labels.map { ["name": .string($0), "type": "custom"] }),
        ])
      }
    }
    let page = GitHubPage(of: runners, call: call, repositoryID: entry.id)
    return .json(
      ["total_count": .count(runners.count), "runners": .array(page.elements)],
      headers: page.headers)
  }
}
