import Deploys
import Foundation
import Transport

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

  /// Only a finished job has a log, one that never had a runner has none, and old ones are gone.
  @Sendable static func logs(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    let (run, attempt, job) = try call.job(in: world)
    guard job.status(at: call.now) == .completed, !job.steps.isEmpty else { throw .notFound }
    let page = "https://docs.github.com/rest/actions/workflow-jobs"
    try RunEndpoints.checkAge(
      of: attempt, run: run, in: world,
      page: "\(page)#download-job-logs-for-a-workflow-run")
    return .redirect(to: BlobLink(kind: .jobLog, id: String(job.id)).url(for: call, in: &world))
  }

  /// The remarks of a job; fine-grained tokens may not read them (cli/cli#8842).
  @Sendable static func annotations(
    world: inout World, call: GitHubCall
  ) throws(GitHubFailure) -> GitHubAnswer {
    guard call.token?.hasPrefix("github_pat_") != true else {
      throw GitHubFailure(
        status: 403, message: "Resource not accessible by personal access token",
        documentation: "https://docs.github.com/rest/checks/runs#list-check-run-annotations",
        headers: ["X-Accepted-GitHub-Permissions": "checks=read"])
    }
    let (run, _, job) = try call.job(in: world)
    guard job.status(at: call.now) == .completed else { return .json([]) }
    var remarks = JobLog(job, of: run, in: world).remarks
    if job.lostAt != nil {
      remarks.insert(
        LogScript.Remark(
          level: .failure,
          message: "The self-hosted runner: \(job.runner?.name ?? "") lost communication with the "
            + "server. Verify the machine is running and has a healthy network connection."), at: 0)
    }
    let renderer = GitHubRenderer(world, call)
    let page = GitHubPage(
      of: remarks, call: call, repositoryID: world.catalogue.repositories[run.repository].id)
    return .json(
      .array(page.elements.map { renderer.annotation($0, of: run) }), headers: page.headers)
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
